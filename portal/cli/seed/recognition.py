"""The demonstration's call for the city's own title, with applications in every stage."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import current_app

from portal import clock, files
from portal.casework import replies
from portal.casework.opinions import ReplyKind
from portal.casework.scoring import SheetKind
from portal.classification.queries.titles import get_title_kind
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.cli.seed.members import LETTER
from portal.recognition.actions import applications, calls, consultations, decisions, notices
from portal.recognition.actions import reviews as reviewing
from portal.recognition.actions.scores import score
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.queries.applications import find_live, get_application
from portal.recognition.queries.calls import calls as all_calls
from portal.recognition.queries.reviews import consultations_of, last_event
from portal.recognition.rules.calls import CallFacts, documents_of
from portal.recognition.terms.applications import Step
from portal.taxonomy.queries import get_department

Item = dict[str, Any]
LEAD, SECOND, DECIDER = (
    "cooperation-recogniser",
    "second-cooperation-recogniser",
    "deciding-recogniser",
)
PLAIN = (
    "title_zh",
    "title_en",
    "document_no",
    "guidance_zh",
    "guidance_en",
    "bodies",
    "rule_version",
    "scores_needed",
    "notice_days",
    "contact_zh",
    "contact_en",
    "phone",
)


def ago(days: int) -> date:
    """Return the day so many days before today."""
    return clock.today() - timedelta(days=days)


class Recognition:
    """Plays the call and what becomes of each application."""

    def __init__(self, registry: Registry, content: Item) -> None:
        self.registry, self.people, self.content = registry, registry.people, content

    def plan(self, history: History) -> None:
        """Put the call and every step into the history."""
        call = self.content["call"]
        closes = clock.today() + timedelta(days=call["closes_in"])
        history.on(ago(call["opened"]), partial(self.open, closes))
        steps = (
            ("submitted", self.submit),
            ("passed", partial(self.decide, "dongpo-recogniser", Step.PASS_ON)),
            ("scored", self.give_scores),
            ("asked", partial(self.decide, LEAD, Step.ASK_BODIES)),
            ("answered", self.answer),
            ("proposed", partial(self.decide, LEAD, Step.PROPOSE)),
            ("returned", partial(self.decide, LEAD, Step.RETURN)),
            ("recognised", self.recognise),
        )
        noticed: dict[int, list[str]] = {}
        for item in self.content["applications"]:
            for name, act in steps:
                if name in item:
                    history.on(ago(item[name]), partial(act, item["enterprise"]))
            if "noticed" in item:
                noticed.setdefault(item["noticed"], []).append(item["enterprise"])
        for days, codes in noticed.items():
            history.on(ago(days), partial(self.publish, codes))

    def open(self, closes: date) -> None:
        """Make the call known."""
        call = self.content["call"]
        facts = CallFacts(
            opens_on=clock.today(),
            closes_on=closes,
            documents=documents_of(call["required"], call["optional"]),
            renewals_only=False,
            **{name: call[name] for name in PLAIN},
        )
        kind = get_title_kind(call["kind"])
        calls.open_call(self.people[call["by"]], kind, facts, is_sample=True)

    def call(self) -> RecognitionCall:
        """Return the call that was made known."""
        return all_calls(limit=1)[0]

    def application(self, uscc: str) -> RecognitionApplication:
        """Return the application of an enterprise."""
        found = find_live(self.call().id, get_registered(uscc).id)
        assert found is not None
        return get_application(found.id)

    def submit(self, uscc: str) -> None:
        """Begin, fill in and hand in as the owner."""
        owner = self.registry.owner(uscc)
        draft = applications.start(owner, self.call(), get_registered(uscc))
        applications.save(owner, draft, draft.version, self.content["statement"])
        for document in self.call().documents:
            if document["required"]:
                folder, name = current_app.config["FILES"], f"{document['name_zh']}（示例）.pdf"
                stream = io.BytesIO(LETTER)
                with files.receiving(folder, stream, name, field="proof") as received:
                    applications.add_document(owner, draft, document["slug"], received)
        applications.submit(owner, draft, draft.version, declared=True)

    def decide(self, key: str, step: Step, uscc: str) -> None:
        """Decide as one officer."""
        application = self.application(uscc)
        said = reviewing.Said(
            step,
            application.version,
            last_event(),
            opinion="请补充上年度审计报告中研发费用的附注。"
            if step == Step.RETURN
            else "情况属实，同意。",
            correct_by=clock.today() + timedelta(days=14),
            bodies=[get_department(slug) for slug in application.call.bodies],
            due_on=clock.today() + timedelta(days=14),
        )
        reviewing.decide(self.people[key], application, said)

    def give_scores(self, uscc: str) -> None:
        """Let two officers score."""
        application = self.application(uscc)
        answers = {
            line["id"]: line["max"] if line["kind"] == SheetKind.POINTS else "met"
            for line in application.call.sheet
        }
        for key in (LEAD, SECOND):
            score(self.people[key], application, application.version, answers, "特征明显，同意。")

    def answer(self, uscc: str) -> None:
        """Let the market regulator answer; the others' days pass or are recorded as no opinion."""
        said = consultations.Said(ReplyKind.NO_OPINION)
        for asked in consultations_of(self.application(uscc).id):
            if asked.department.slug == "meishan-market":
                body = self.people["market-recogniser"]
                consultations.reply(body, asked, said)
            else:
                stream = io.BytesIO(LETTER)
                folder = current_app.config["FILES"]
                with files.receiving(folder, stream, "复函（示例）.pdf", field="scan") as scan:
                    number = "示例函〔2026〕1号"
                    paper = replies.Paper("示例局长", "局长", clock.today(), number, scan)
                    made = consultations.record_reply(self.people[LEAD], asked, said, paper)
                replies.confirm(self.people[SECOND], made)

    def publish(self, codes: list[str]) -> None:
        """Publish a notice of some enterprises."""
        found = [self.application(uscc) for uscc in codes]
        notices.publish_notice(self.people[LEAD], self.call(), found, "示例公示〔2026〕3号")

    def recognise(self, uscc: str) -> None:
        """Decide after the notice, as another officer."""
        application = self.application(uscc)
        said = decisions.Decided(
            "示例府函〔2026〕21号", clock.today(), application.version, last_event()
        )
        decisions.recognise(self.people[DECIDER], application, said)
