"""Calls and applications for tests, brought along by the people whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from portal import clock, files
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.accounts.terms import Right
from portal.casework.opinions import ReplyKind
from portal.casework.replies import Paper
from portal.classification.queries.titles import get_title_kind
from portal.enterprises.models import Enterprise
from portal.recognition.actions import (
    applications,
    calls,
    consultations,
    decisions,
    notices,
    reviews,
    scores,
)
from portal.recognition.models import (
    RecognitionApplication,
    RecognitionCall,
    RecognitionConsultation,
    RecognitionNotice,
    RecognitionReply,
)
from portal.recognition.queries.applications import get_application
from portal.recognition.queries.reviews import last_event
from portal.recognition.rules.calls import CallFacts, documents_of
from portal.recognition.terms.applications import Step
from portal.taxonomy.queries import get_department
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.files.factories import upload
from tests.scenes import scene

LEAD = "meishan-coop"
ANSWERS = {"xjj.c2": "met"}


@scene
def recogniser(name: str = "lead", department: str = LEAD, district: str | None = None) -> Person:
    """Return the officer of this name who recognises, made at the first call."""
    mail = f"{name}@recognise.example"
    found = find_confirmed(mail)
    if found:
        return found.person
    return make_officer(Right.RECOGNISE, mail=mail, department=department, district=district)


def call_facts(**changes: Any) -> CallFacts:
    """Return a believable call, open today for thirty days."""
    facts: dict[str, Any] = {
        "title_zh": "示例市2026年新经济示范企业申报",
        "title_en": "Sample call 2026",
        "document_no": "示例经合〔2026〕1号",
        "opens_on": clock.today(),
        "closes_on": clock.today() + timedelta(days=30),
        "guidance_zh": "请按要求申报。",
        "guidance_en": "Apply as asked.",
        "documents": documents_of("申报书 / Application form", "专利证书 / Patents"),
        "bodies": ["meishan-market", "meishan-tax"],
        "rule_version": "xjj.2023",
        "renewals_only": False,
        "scores_needed": 2,
        "notice_days": 5,
        "contact_zh": "企业服务科",
        "contact_en": "Enterprise Services Office",
        "phone": "028-0000 0001",
    }
    return CallFacts(**(facts | changes))


@scene
def make_call(**changes: Any) -> RecognitionCall:
    """Return an open call for the city's own title."""
    kind = get_title_kind("demonstration")
    return calls.open_call(recogniser(), kind, call_facts(**changes))


@scene
def make_firm(serial: int = 1, **changes: Any) -> Enterprise:
    """Return an enterprise in the registry whose owner is firm-<serial>@example.com."""
    mail = "reviewer@recognise.example"
    found = find_confirmed(mail)
    reviewer = found.person if found else make_officer(Right.REVIEW_ENTERPRISES, mail=mail)
    owner = make_person(f"firm-{serial}@example.com")
    return make_active(owner, reviewer, uscc=make_uscc(serial), **changes)


def owner_of(serial: int = 1) -> Person:
    """Return the owner make_firm made."""
    found = find_confirmed(f"firm-{serial}@example.com")
    assert found is not None
    return found.person


@scene
def hand_in(application: RecognitionApplication, actor: Person, slug: str = "document-1") -> None:
    """Upload one of the documents of the call."""
    stream, name = upload(name="申报书.pdf")
    with files.receiving(current_app.config["FILES"], stream, name, field="proof") as received:
        applications.add_document(actor, application, slug, received)


@scene
def make_draft(call: RecognitionCall, firm: Enterprise, actor: Person) -> RecognitionApplication:
    """Return a complete draft."""
    draft = applications.start(actor, call, firm)
    applications.save(actor, draft, draft.version, "示例：储能产品已应用于多个场景。")
    hand_in(draft, actor)
    return get_application(draft.id)


@scene
def make_submitted(call: RecognitionCall | None = None, serial: int = 1) -> RecognitionApplication:
    """Return a submitted application; in the first review where the district has an officer."""
    call = call or make_call()
    firm = make_firm(serial, name=f"示例申报{serial}公司")
    draft = make_draft(call, firm, owner_of(serial))
    applications.submit(owner_of(serial), draft, draft.version, declared=True)
    return get_application(draft.id)


@scene
def decide(application: RecognitionApplication, actor: Person, step: Step, **how: Any) -> None:
    """Let an officer decide on what stands now."""
    seen = how.pop("seen", last_event())
    version = how.pop("version", application.version)
    reviews.decide(actor, application, reviews.Said(step, version, seen, **how))


@scene
def give_score(application: RecognitionApplication, name: str, **answers: str) -> None:
    """Let an officer of the lead department score."""
    scores.score(recogniser(name), application, application.version, ANSWERS | answers, "同意")


@scene
def make_scored(serial: int = 1, call: RecognitionCall | None = None) -> RecognitionApplication:
    """Return an application under review with two scores."""
    application = make_submitted(call, serial)
    give_score(application, "lead")
    give_score(application, "second")
    return application


@scene
def ask(application: RecognitionApplication, *slugs: str, due_on: date | None = None) -> None:
    """Ask bodies for their opinion."""
    decide(
        application,
        recogniser(),
        Step.ASK_BODIES,
        bodies=[get_department(slug) for slug in slugs],
        due_on=due_on or clock.today() + timedelta(days=10),
    )


@scene
def record_paper_reply(asked: RecognitionConsultation, ground: str = "") -> RecognitionReply:
    """Record a body's letter of today as the lead officer, with an opinion where a ground is
    given."""
    said = consultations.Said(ReplyKind.OPINION if ground else ReplyKind.NO_OPINION, ground)
    stream, filename = upload(name="复函.pdf")
    folder = Path(current_app.config["FILES"])
    with files.receiving(folder, stream, filename, field="scan") as scan:
        paper = Paper("示例局长", "局长", clock.today(), "示例函〔2026〕1号", scan)
        return consultations.record_reply(recogniser(), asked, said, paper)


@scene
def make_noticed(*serials: int) -> tuple[RecognitionNotice, list[RecognitionApplication]]:
    """Return a notice with applications proposed and published by the lead officer."""
    call = make_call()
    found = [make_scored(serial, call) for serial in serials]
    for application in found:
        decide(application, recogniser(), Step.PROPOSE, opinion="同意推荐")
    notice = notices.publish_notice(recogniser(), call, found, "示例公示〔2026〕1号")
    return notice, found


@scene
def recognise(application: RecognitionApplication, actor: Person) -> None:
    """Decide for the title, today."""
    said = decisions.Decided(
        "示例府函〔2026〕9号", clock.today(), application.version, last_event()
    )
    decisions.recognise(actor, application, said)


def make_recognised(wait: Callable[..., None], serial: int = 1) -> RecognitionApplication:
    """Return an application recognised by the decider on the day after its notice."""
    _notice, (application,) = make_noticed(serial)
    wait(days=6)
    recognise(application, recogniser("decider"))
    return get_application(application.id)
