"""Entries published without their publisher's name, carried on, and claims of titles in them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions.continuing import continue_entry
from portal.lists.actions.entries import Incomplete, save_entry, submit_entry
from portal.lists.actions.errata import propose_correction
from portal.lists.actions.publication import publish
from portal.lists.actions.ties import split_entry
from portal.lists.actions.wordings import propose_wording
from portal.lists.models import Entry, Release
from portal.lists.proofing import proof_report
from portal.lists.queries.claims import unfounded_claims
from portal.lists.queries.entries import get_entry
from portal.lists.queries.wordings import sent_wording
from portal.lists.rules.claims import claimed_in
from portal.lists.terms.entries import EntryState, Life
from portal.lists.terms.errata import ErratumKind
from portal.lists.terms.proofs import FindingKind
from portal.search.documents_from_rows import load
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import (
    decide,
    make_accepted,
    make_call,
    make_curator,
    make_draft,
    sign_all,
    start_signing,
)

CORRECTION = ErratumKind.CORRECTION
OFFICE, LINE = "市场部", "028-9999 0001"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example"))


def put_out(release: Release) -> None:
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)


def hidden_entry(owner: Person, firm: Enterprise, **call: object) -> Entry:
    """Return an accepted entry of an enterprise that is to stand without its name."""
    how = {"subtype": "challenge", "anonymous": True, "office": OFFICE, "landline": LINE}
    return make_accepted(make_call(**call), actor=owner, enterprise=firm, **how)


def test_the_publisher_is_hidden_everywhere_the_public_reads(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    entry = hidden_entry(owner, firm)
    put_out(entry.release)
    number = get_entry(entry.id).number
    visitor = Browser(app)
    pages = [
        f"/entries/{number}", "/lists/opportunity", "/lists/opportunity.csv",
        "/lists/2026/opportunity", "/lists/2026/opportunity.csv", "/",
    ]  # fmt: skip
    for path in pages:
        text = visitor.ask(path).get_data(as_text=True)
        assert firm.name not in text, path
        assert firm.uscc not in text, path
        assert OFFICE not in text, path
        assert LINE not in text, path
    assert "匿名发布" in visitor.get(f"/entries/{number}").main
    assert str(number) not in visitor.get(f"/enterprises/{firm.uscc}").main
    content = get_entry(entry.id).release.content or ""
    assert not [said for said in (firm.name, firm.uscc, OFFICE, LINE) if said in content]
    document = load([f"entry:{entry.id}"])[f"entry:{entry.id}"]
    assert firm.name not in repr(document)


def test_officers_and_the_publisher_see_it(app: Flask, owner: Person, firm: Enterprise) -> None:
    entry = hidden_entry(owner, firm)
    page = Browser(app).sign_in(make_curator()).get(f"/bureau/editions/entries/{entry.id}")
    assert firm.name in page.main
    assert "仅工作人员可见发布主体" in page.main
    assert firm.name in Browser(app).sign_in(owner).get("/my/entries").main


def test_a_text_that_names_the_publisher_is_not_sent_in_without_name(
    owner: Person, firm: Enterprise
) -> None:
    draft = make_draft(
        make_call(), actor=owner, enterprise=firm, subtype="challenge", anonymous=True
    )
    save_entry(owner, draft, {"summary": f"{firm.name}寻找合作方"}, draft.version)
    with pytest.raises(Incomplete) as refused:
        submit_entry(owner, draft, draft.version)
    assert set(refused.value.faults) == {"summary"}
    save_entry(owner, draft, {"anonymous": False}, draft.version)
    submit_entry(owner, draft, draft.version)
    assert draft.state == EntryState.SUBMITTED


def test_no_wording_and_no_correction_names_the_publisher_afterwards(
    owner: Person, firm: Enterprise
) -> None:
    entry = hidden_entry(owner, firm)
    curator = make_curator()
    worded = sent_wording(entry) | {"title": f"{firm.name}技术攻关"}
    with pytest.raises(Incomplete) as refused:
        propose_wording(curator, entry, entry.version, worded, "")
    assert set(refused.value.faults) == {"title"}
    put_out(entry.release)
    values = {"summary": f"{firm.uscc}牵头", "closes_on": entry.closes_on}
    with pytest.raises(Incomplete) as refused:
        propose_correction(curator, entry, entry.version, CORRECTION, "示例理由", values)
    assert set(refused.value.faults) == {"summary"}


def test_parts_that_name_the_publisher_are_not_signed(owner: Person, firm: Enterprise) -> None:
    entry = hidden_entry(owner, firm)
    titles = [f"{firm.name}电池攻关", "电机攻关"]
    for part in split_entry(make_curator(), entry, entry.version, titles, "两件事"):
        decide(part)
    with pytest.raises(Refused, match=f"匿名发布.*{firm.name}电池攻关"):
        start_signing(entry.release)
    assert titles[0] in {
        line.entry.title
        for line in proof_report(entry.release)
        if line.finding.kind == FindingKind.MISSING
    }


def test_only_kinds_that_allow_it_ask_for_it(app: Flask, owner: Person, firm: Enterprise) -> None:
    call = make_call()
    member = Browser(app).sign_in(owner)
    for subtype, offered in (("scenario", False), ("challenge", True)):
        draft = make_draft(call, actor=owner, enterprise=firm, subtype=subtype)
        page = member.get(f"/my/entries/{draft.id}/sections/contact")
        assert ("匿名发布" in page.main) is offered


def test_an_entry_is_carried_on_and_each_leads_to_the_other(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    old = make_accepted(make_call(year=2026), actor=owner, enterprise=firm)
    put_out(old.release)
    later = make_call(year=2027)
    member = Browser(app).sign_in(owner)
    page = member.get(f"/my/entries/{old.id}")
    page = member.send(page, "/continue")
    draft = get_entry(int(page.path.rsplit("/", 1)[1]))
    assert (draft.continues_id, draft.release_id) == (old.id, later.id)
    assert (draft.title, draft.closes_on) == (old.title, None)
    assert "续列本条目" not in member.get(f"/my/entries/{old.id}").main
    assert continue_entry(owner, get_entry(old.id), later).id == draft.id, "twice is once"
    save_entry(owner, draft, {"closes_on": date(2027, 12, 31)}, draft.version)
    submit_entry(owner, draft, draft.version)
    decide(draft)
    visitor = Browser(app)
    assert "已续列为" not in visitor.get(f"/entries/{get_entry(old.id).number}").main
    put_out(get_entry(draft.id).release)
    new, before = get_entry(draft.id), get_entry(old.id)
    assert before.life == Life.CONTINUED
    assert f"/entries/{before.number}" in visitor.get(f"/entries/{new.number}").html
    assert f"/entries/{new.number}" in visitor.get(f"/entries/{before.number}").html


def test_what_is_not_published_or_of_this_year_is_not_carried_on(
    owner: Person, firm: Enterprise
) -> None:
    old = make_accepted(make_call(year=2027), actor=owner, enterprise=firm)
    with pytest.raises(Refused):
        continue_entry(owner, old, old.release)
    put_out(old.release)
    for release in (None, get_entry(old.id).release, make_call(year=2025)):
        with pytest.raises(Refused, match="不能续列"):
            continue_entry(owner, get_entry(old.id), release)


@pytest.mark.parametrize("before", [True, False])
def test_both_ends_of_a_continuation_stand_alike(
    owner: Person, firm: Enterprise, before: bool
) -> None:
    how = {"subtype": "challenge", "anonymous": before}
    old = make_accepted(make_call(year=2026), actor=owner, enterprise=firm, **how)
    put_out(old.release)
    draft = continue_entry(owner, get_entry(old.id), make_call(year=2027))
    values = {"closes_on": date(2027, 12, 31), "anonymous": not before}
    save_entry(owner, draft, values, draft.version)
    with pytest.raises(Incomplete) as refused:
        submit_entry(owner, draft, draft.version)
    assert set(refused.value.faults) == {"anonymous"}


WORDS = {
    "high": ["高新技术企业", "高企"],
    "special": ["专精特新"],
    "giant": ["专精特新小巨人", "小巨人"],
}


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("国家高新技术企业", {"high"}),
        ("专精特新“小巨人”企业", {"giant"}),
        ("专精特新企业，曾为小巨人", {"special", "giant"}),
        ("高新技术产业园区的企业", set()),
        ("", set()),
    ],
)
def test_claims_are_read_from_the_text(text: str, claimed: set[str]) -> None:
    assert claimed_in([text], WORDS) == claimed


def test_a_claim_without_a_valid_title_is_a_warning_to_both_never_a_refusal(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    draft = make_draft(make_call(), actor=owner, enterprise=firm, summary="本企业为瞪羚企业。")
    assert [kind.slug for kind in unfounded_claims(draft, clock.today())] == ["gazelle"]
    member = Browser(app).sign_in(owner)
    page = member.get(f"/my/entries/{draft.id}/check")
    assert "文中提到的称号：瞪羚企业" in page.main
    assert "待遴选" in member.send(page, "/submit").main
    curator = Browser(app).sign_in(make_curator())
    assert "文中提到的称号：瞪羚企业" in curator.get(f"/bureau/editions/entries/{draft.id}").main
    save = get_entry(draft.id)
    save.summary = "没有称号。"
    db.session.flush()
    assert not unfounded_claims(save, clock.today())


def test_the_preview_shows_row_page_and_catalogue_to_its_own_people_only(
    app: Flask, owner: Person, firm: Enterprise
) -> None:
    draft = make_draft(
        make_call(), actor=owner, enterprise=firm, subtype="challenge", anonymous=True
    )
    page = Browser(app).sign_in(owner).get(f"/my/entries/{draft.id}/preview")
    assert page.main.count("公交场站储能应用场景") >= 3
    assert page.main.count("匿名发布") >= 3
    assert firm.name not in page.main
    Browser(app).sign_in(make_curator()).get(f"/my/entries/{draft.id}/preview", 404)
