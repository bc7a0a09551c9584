"""Editions, entries and releases for tests, made through the actions officers use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app

from portal import clock, files
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.lists.actions import curation as curation_actions
from portal.lists.actions.calls import close_call, open_call, start_curating
from portal.lists.actions.editions import open_edition
from portal.lists.actions.entries import save_entry, start_entry, submit_entry
from portal.lists.actions.freezing import enter_cosign
from portal.lists.actions.publication import publish
from portal.lists.actions.reviews import give_review
from portal.lists.actions.signing import Paper, sign
from portal.lists.actions.waivers import ask_waiver, consent_to_waiver
from portal.lists.models import Edition, Entry, Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.ledger import count_without_outcome
from portal.lists.queries.reviews import present_code
from portal.lists.queries.subtypes import find_subtype
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Decision
from portal.lists.terms.kinds import Kind
from portal.lists.terms.ledger import Purpose
from portal.lists.terms.reviews import Conclusion, Part
from portal.taxonomy.queries import find_term, get_department
from portal.taxonomy.terms import Scheme
from tests.factories import make_officer
from tests.files.factories import upload
from tests.scenes import scene

LEADS = ("meishan-coop", "meishan-eit")
NAMES = {Kind.OPPORTUNITY: "机会清单", Kind.SUPPLY: "供给清单", Kind.CASE: "典型案例"}
SUBTYPES = {Kind.OPPORTUNITY: "scenario", Kind.SUPPLY: "product", Kind.CASE: "practice"}
DETAILS: dict[str, dict[str, Any]] = {
    "scenario": {
        "need": "14座公交场站需要工商业储能，削峰填谷。",
        "scale": "14座站点",
        "conditions": ["场地已平整", "接入容量已批复"],
    },
    "challenge": {"problem": "大修渣的无害化与资源化。", "budget": "1200.5"},
    "procurement": {
        "content": "城市数据治理服务。",
        "official_notice": "https://www.example.com/notice/1",
    },
    "premises": {"site": "示例路1号", "description": "标准冷链厂房。"},
    "product": {"description": "工商业液冷储能一体柜。", "main_indicator": "261 kWh"},
    "practice": {"background": "产线能耗高。", "practice": "余热回收，数字化管控。"},
}


@scene
def officer(name: str, right: Right, department: str = LEADS[0]) -> Person:
    """Return the officer of this name, made at the first call."""
    mail = f"{name}@portal.example"
    found = find_confirmed(mail)
    return found.person if found else make_officer(right, mail=mail, department=department)


@scene
def make_curator(name: str = "curator", department: str = LEADS[0]) -> Person:
    """Return an officer who curates lists for a department."""
    return officer(name, Right.CURATE_LISTS, department)


@scene
def make_sender() -> Person:
    """Return an officer who sends in entries of a body that leads nothing."""
    return officer("sender", Right.CURATE_LISTS, "meishan-sci")


@scene
def make_signer(department: str = LEADS[0], name: str = "") -> Person:
    """Return an officer who signs lists for a department."""
    return officer(name or f"signer-{department}", Right.SIGN_LISTS, department)


@scene
def make_edition(
    kind: Kind = Kind.OPPORTUNITY, year: int = 2026, leads: Sequence[str] = LEADS
) -> Edition:
    """Return an edition whose first release is planned."""
    return open_edition(
        make_curator(),
        year,
        kind,
        title_zh=f"示例市{year}年度新经济{NAMES[kind]}",
        title_en=f"Sample {kind} list, {year}",
        leads=[get_department(slug) for slug in leads],
    )


@scene
def make_call(kind: Kind = Kind.OPPORTUNITY, **edition: Any) -> Release:
    """Return a release whose call is open."""
    release = make_edition(kind, **edition).releases[0]
    open_call(make_curator(), release, release.version, clock.today(), None)
    return release


def entry_values(subtype: str = "scenario", **changes: Any) -> dict[str, Any]:
    """Return believable values of an entry, as `save_entry` takes them."""
    values: dict[str, Any] = {
        "title": "公交场站储能应用场景",
        "summary": "14座公交场站开放储能应用。",
        "field": find_term(Scheme.FIELD, "smart-economy"),
        "district": find_term(Scheme.DISTRICT, "dongpo"),
        "closes_on": date(2026, 12, 31),
        "office": "高新技术科",
        "landline": "028-0000 0003",
        "details": DETAILS[subtype],
    }
    if subtype == "practice":
        del values["closes_on"]
    return values | changes


@scene
def make_draft(
    release: Release,
    *,
    actor: Person | None = None,
    enterprise: Enterprise | None = None,
    subtype: str = "",
    **changes: Any,
) -> Entry:
    """Return a complete draft: of an enterprise, or else of the sender's department."""
    actor = actor or make_sender()
    slug = subtype or SUBTYPES[Kind(release.edition.kind)]
    found = find_subtype(release.edition.kind, slug)
    assert found is not None
    department = None if enterprise else actor.rights[0].department
    entry = start_entry(actor, release, found, enterprise=enterprise, department=department)
    save_entry(actor, entry, entry_values(slug, **changes), entry.version)
    return entry


@scene
def make_entry(release: Release, **how: Any) -> Entry:
    """Return an entry sent in and waiting for selection; see make_draft."""
    actor = how.get("actor") or make_sender()
    entry = make_draft(release, **how)
    submit_entry(actor, entry, entry.version)
    return entry


@scene
def decide(entry: Entry, decision: Decision = Decision.ACCEPT, **how: Any) -> None:
    """Decide on an entry as the curator."""
    curation_actions.decide(
        make_curator(),
        entry,
        entry.version,
        decision,
        reasons=how.get("reasons", {}),
        ground=how.get("ground", ""),
    )


@scene
def make_accepted(release: Release, **how: Any) -> Entry:
    """Return an accepted entry."""
    entry = make_entry(release, **how)
    decide(entry)
    return entry


@scene
def review_all(release: Release) -> None:
    """Fill in the whole review sheet of a release on its present content, by three officers."""
    code = present_code(release)
    second, final = make_curator("second-curator"), make_signer(name="final-reviewer")
    reviewers = {Part.SECOND_REVIEW: second, Part.FINAL_REVIEW: final}
    for part in Part:
        actor = reviewers.get(part) or make_curator()
        give_review(actor, release, part, Conclusion.PASSED, seen_code=code)


@scene
def start_signing(release: Release) -> None:
    """Take a release from its open call to co-sign, as the curator."""
    curator = make_curator()
    if release.state == EditionState.CALL_OPEN:
        close_call(curator, release, release.version)
    if release.state == EditionState.CALL_CLOSED:
        start_curating(curator, release, release.version)
    review_all(release)
    enter_cosign(curator, release, release.version)


@scene
def sign_all(release: Release) -> None:
    """Have every lead body sign in its order."""
    for slug in [body.department.slug for body in release.edition.bodies if body.leads]:
        sign(make_signer(slug), release, get_department(slug), str(release.check_code))


@scene
def make_signed_release(kind: Kind = Kind.OPPORTUNITY, entries: int = 1, **edition: Any) -> Release:
    """Return a release signed by all lead bodies, not yet public."""
    release = make_call(kind, **edition)
    for number in range(1, entries + 1):
        make_accepted(release, title=f"公交场站储能应用场景之{number}")
    start_signing(release)
    sign_all(release)
    return release


@scene
def make_published_release(
    kind: Kind = Kind.OPPORTUNITY, entries: int = 1, **edition: Any
) -> Release:
    """Return a public release with that many entries."""
    release = make_signed_release(kind, entries, **edition)
    let_go_on(release)
    publish(make_curator(), release, release.version)
    return get_release(release.id)


@scene
def let_go_on(release: Release, purpose: Purpose = Purpose.PUBLISH) -> None:
    """Have two officers waive the outcomes that stand in a release's way, where any do."""
    if count_without_outcome(release, purpose):
        waiver = ask_waiver(make_curator(), release, purpose, "示例理由")
        consent_to_waiver(make_curator("second"), waiver, waiver.version)


@contextmanager
def signed_paper(name: str = "会签单.pdf", **changes: Any) -> Iterator[Paper]:
    """Hand out what a signed paper says, with its scan."""
    stream, filename = upload(name=name)
    with files.receiving(Path(current_app.config["FILES"]), stream, filename, field="scan") as scan:
        said: dict[str, Any] = {
            "signer_name": "示例领导",
            "signer_post": "局长",
            "signed_on": clock.today(),
            "reference": "会签单〔2026〕3号",
            "scan": scan,
        }
        yield Paper(**(said | changes))
