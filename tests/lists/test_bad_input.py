"""What should not be written into an entry: markup, far too much, links that lead nowhere good."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import State
from portal.extensions import db
from portal.lists.models import Entry
from portal.lists.queries.entries import get_entry
from portal.lists.rules.details import read_details
from portal.lists.terms.entries import EntryState
from portal.lists.terms.kinds import Kind
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import make_accepted, make_call, make_curator, make_draft
from tests.lists.writing import write

LINK = {"key": "x", "label_zh": "网址", "label_en": "Address", "type": "url"}


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def firm(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example"))


@pytest.fixture
def member(app: Flask, owner: Person, firm: Enterprise) -> Browser:
    return Browser(app).sign_in(owner)


def case(owner: Person, firm: Enterprise) -> Entry:
    return make_draft(make_call(Kind.CASE), actor=owner, enterprise=firm)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://www.example.com/",
        "https://user@www.example.com/",
        "http://localhost.localdomain.localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://10.0.0.8/a",
        "http://192.168.1.1:8080/",
        "http://172.16.5.5/",
        "http://169.254.169.254/latest/",
        "http://printer.local/",
        "http://oa.intranet/",
    ],
)
def test_links_to_scripts_and_inner_networks_are_refused(address: str) -> None:
    details, faults = read_details([LINK], {"x": address}, complete=True)
    assert not details
    assert faults["x"]


@pytest.mark.parametrize("address", ["https://www.example.com/a?b=1", "http://8.8.8.8/"])
def test_public_links_are_taken(address: str) -> None:
    assert read_details([LINK], {"x": address}, complete=True) == ({"x": address}, {})


def test_a_hundred_thousand_characters_get_a_sentence_and_are_not_lost(
    member: Browser, owner: Person, firm: Enterprise
) -> None:
    draft = case(owner, firm)
    page = write(member, f"/my/entries/{draft.id}", "what", 422, details_background="字" * 100_000)
    assert page.errors == ["背景不能超过1500字，现为100000字，请精简"]
    assert "字" * 100_000 in page.html


@pytest.mark.parametrize(("rows", "status"), [(500, 200), (501, 422)])
def test_a_table_of_five_hundred_rows_is_saved_and_one_more_is_not(
    member: Browser, owner: Person, firm: Enterprise, rows: int, status: int
) -> None:
    draft = case(owner, firm)
    typed = "\n".join(f"指标{number} | {number} | 家" for number in range(rows))
    page = write(member, f"/my/entries/{draft.id}", "results", status, details_results=typed)
    kept = get_entry(draft.id).details.get("results", [])
    assert len(kept) == (rows if status == 200 else 0)
    assert ("共501行" in " ".join(page.errors)) is (status == 422)


def test_markup_is_shown_as_it_was_typed(app: Flask, owner: Person, firm: Enterprise) -> None:
    nasty = "<script>alert(1)</script>"
    entry = make_accepted(make_call(), actor=owner, enterprise=firm, title=nasty, summary=nasty)
    page = Browser(app).sign_in(make_curator()).get(f"/bureau/editions/entries/{entry.id}")
    assert nasty not in page.html
    assert "&lt;script&gt;" in page.html


@pytest.mark.parametrize("state", [State.SUSPENDED, State.STALE])
def test_a_suspended_or_stale_enterprise_is_told_why_and_sends_nothing_in(
    member: Browser, owner: Person, firm: Enterprise, state: State
) -> None:
    draft = make_draft(make_call(), actor=owner, enterprise=firm)
    firm.state = str(state)
    db.session.commit()
    page = member.get(f"/my/entries/{draft.id}/check")
    page = member.send(page, "/submit", 422)
    assert page.errors
    assert get_entry(draft.id).state == EntryState.DRAFT


def test_sending_in_twice_by_a_double_click_sends_once(
    member: Browser, owner: Person, firm: Enterprise
) -> None:
    draft = make_draft(make_call(), actor=owner, enterprise=firm)
    page = member.get(f"/my/entries/{draft.id}/check")
    member.send(page, "/submit")
    assert "待遴选" in member.send(page, "/submit").main
