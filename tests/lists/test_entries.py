"""Sending in an entry: who may, when, and what is said of what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.terms.record import Role
from portal.errors import ChangedSinceOpened, NotAllowed, NotFound, Refused
from portal.extensions import db
from portal.lists.actions.calls import close_call, open_call
from portal.lists.actions.entries import (
    Incomplete,
    save_entry,
    start_entry,
    submit_entry,
    withdraw_entry,
)
from portal.lists.models import Entry, Release
from portal.lists.queries.calls import open_calls
from portal.lists.queries.entries import changed_since
from portal.lists.queries.own import get_own_entry, own_entries
from portal.lists.queries.subtypes import subtypes
from portal.lists.terms.entries import Decision, EntryState
from portal.lists.terms.kinds import Kind, PublisherKind
from portal.taxonomy.queries import get_department
from tests.factories import make_active, make_officer, make_person, make_submitted
from tests.lists.factories import (
    decide,
    entry_values,
    make_call,
    make_curator,
    make_draft,
    make_edition,
    make_entry,
    make_sender,
    start_signing,
)


@pytest.fixture
def owner() -> Person:
    return make_person()


@pytest.fixture
def enterprise(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example"))


@pytest.fixture
def call() -> Release:
    return make_call()


def add_member(enterprise: Enterprise, role: Role) -> Person:
    person = make_person(f"{role}@example.com")
    db.session.add(
        Membership(person_id=person.id, enterprise_id=enterprise.id, role=role, since=clock.now())
    )
    db.session.commit()
    return person


def test_an_owner_sends_in_an_entry(call: Release, owner: Person, enterprise: Enterprise) -> None:
    entry = make_entry(call, actor=owner, enterprise=enterprise)
    assert entry.state == EntryState.SUBMITTED
    assert entry.submitted_by_id == owner.id
    assert entry.publisher_kind == PublisherKind.ENTERPRISE
    assert entry.office == "高新技术科"
    assert list(own_entries(owner)) == [entry]


def test_office_and_landline_come_from_the_publisher(
    call: Release, owner: Person, enterprise: Enterprise
) -> None:
    subtype = subtypes(Kind.OPPORTUNITY)[0]
    entry = start_entry(owner, call, subtype, enterprise=enterprise)
    assert (entry.office, entry.landline) == (enterprise.office, enterprise.landline)


@pytest.mark.parametrize("role", [Role.VIEWER, None])
def test_neither_viewers_nor_strangers_send_in(
    call: Release, enterprise: Enterprise, role: Role | None
) -> None:
    person = add_member(enterprise, role) if role else make_person("stranger@example.com")
    with pytest.raises(NotAllowed):
        make_draft(call, actor=person, enterprise=enterprise)


def test_an_enterprise_not_yet_registered_cannot_send_in(call: Release, owner: Person) -> None:
    with pytest.raises(Refused):
        make_draft(call, actor=owner, enterprise=make_submitted(owner))


def test_an_officer_sends_in_only_for_their_own_body(call: Release) -> None:
    sender, other = make_sender(), get_department("meishan-eit")
    subtype = subtypes(Kind.OPPORTUNITY)[0]
    with pytest.raises(NotAllowed):
        start_entry(sender, call, subtype, department=other)
    signer = make_officer(Right.SIGN_LISTS, mail="s@portal.example")
    with pytest.raises(NotAllowed):
        start_entry(signer, call, subtype, department=get_department("meishan-coop"))


def test_a_county_officer_sends_in_for_the_county(call: Release) -> None:
    officer = make_officer(
        Right.CURATE_LISTS, mail="d@portal.example", department="gov-dongpo", district="dongpo"
    )
    entry = make_entry(call, actor=officer)
    assert entry.publisher_kind == PublisherKind.COUNTY


def test_entries_come_in_only_while_the_call_is_open(
    call: Release, owner: Person, enterprise: Enterprise
) -> None:
    draft = make_draft(call, actor=owner, enterprise=enterprise)
    close_call(make_curator(), call, call.version)
    for attempt in (
        lambda: make_draft(call, actor=owner, enterprise=enterprise),
        lambda: save_entry(owner, draft, entry_values(), draft.version),
        lambda: submit_entry(owner, draft, draft.version),
    ):
        with pytest.raises(Refused, match="征集"):
            attempt()


def test_a_call_still_to_come_takes_nothing(owner: Person, enterprise: Enterprise) -> None:
    release = make_edition().releases[0]
    tomorrow = clock.today() + timedelta(days=1)
    open_call(make_curator(), release, release.version, tomorrow, None)
    assert open_calls() == []
    with pytest.raises(Refused):
        make_draft(release, actor=owner, enterprise=enterprise)


def test_a_returned_entry_is_corrected_after_the_call(
    call: Release, owner: Person, enterprise: Enterprise
) -> None:
    entry = make_entry(call, actor=owner, enterprise=enterprise)
    close_call(make_curator(), call, call.version)
    decide(entry, Decision.RETURN, reasons={"title": "请写明地点"})
    save_entry(owner, entry, {"title": "东坡区公交场站储能"}, entry.version)
    submit_entry(owner, entry, entry.version)
    assert entry.state == EntryState.SUBMITTED


def test_saving_keeps_what_is_not_given_and_names_what_changed(call: Release) -> None:
    draft = make_draft(call)
    version = draft.version
    save_entry(make_sender(), draft, {"title": "新题目"}, version)
    assert draft.title == "新题目"
    assert draft.details["scale"] == "14座站点"
    assert changed_since(draft, version) == ("title",)


def test_a_stale_form_is_told_what_changed(call: Release) -> None:
    draft = make_draft(call)
    version = draft.version
    save_entry(make_sender(), draft, {"title": "新题目"}, version)
    with pytest.raises(ChangedSinceOpened) as refused:
        save_entry(make_sender(), draft, {"title": "别的", "summary": "别的"}, version)
    assert refused.value.changes == ("title",)


def test_what_was_saved_elsewhere_in_the_entry_meanwhile_stays(call: Release) -> None:
    draft = make_draft(call)
    version = draft.version
    save_entry(make_sender(), draft, {"title": "新题目"}, version)
    save_entry(make_sender(), draft, {"details": {"scale": "15座"}}, version)
    assert (draft.title, draft.details["scale"]) == ("新题目", "15座")
    assert draft.details["need"], "details not written stay"


def test_what_is_missing_is_said_at_each_field(call: Release) -> None:
    draft = make_draft(
        call, title="", summary="", field=None, closes_on=None, landline="", details={}
    )
    with pytest.raises(Incomplete) as refused:
        submit_entry(make_sender(), draft, draft.version)
    assert set(refused.value.faults) == {
        "title", "summary", "field", "closes_on", "landline", "details_need"
    }  # fmt: skip
    assert draft.state == EntryState.DRAFT


def test_wrong_details_and_long_texts_are_refused_when_saving(call: Release) -> None:
    with pytest.raises(Incomplete) as refused:
        make_draft(call, title="长" * 121, details={"need": "要", "weather": "晴"})
    assert set(refused.value.faults) == {"title", "details_weather"}


def test_a_procurement_entry_links_only_to_the_web(call: Release) -> None:
    details = {"content": "服务", "official_notice": "javascript:alert(1)"}
    with pytest.raises(Incomplete):
        make_draft(call, subtype="procurement", details=details)


def test_sending_in_twice_changes_nothing(call: Release) -> None:
    entry = make_entry(call)
    version = entry.version
    submit_entry(make_sender(), entry, version)
    assert entry.version == version


def test_a_sent_entry_is_not_edited(call: Release) -> None:
    entry = make_entry(call)
    with pytest.raises(Refused):
        save_entry(make_sender(), entry, entry_values(), entry.version)


def test_an_entry_of_another_list_is_refused(call: Release) -> None:
    case = subtypes(Kind.CASE)[0]
    sender = make_sender()
    with pytest.raises(Refused):
        start_entry(sender, call, case, department=sender.rights[0].department)


def test_withdrawing_is_for_what_is_undecided(call: Release) -> None:
    entry, decided = make_entry(call), make_entry(call)
    withdraw_entry(make_sender(), entry, entry.version)
    withdraw_entry(make_sender(), entry, 1)
    assert entry.state == EntryState.WITHDRAWN
    decide(decided)
    with pytest.raises(Refused):
        withdraw_entry(make_sender(), decided, decided.version)


def test_nothing_comes_in_once_the_content_is_fixed(call: Release) -> None:
    decide(make_entry(call))
    draft = make_draft(call)
    start_signing(call)
    for attempt in (
        lambda: make_draft(call),
        lambda: submit_entry(make_sender(), draft, draft.version),
    ):
        with pytest.raises(Refused):
            attempt()


def test_ids_of_others_reveal_nothing(call: Release, owner: Person) -> None:
    entry = make_entry(call)
    with pytest.raises(NotFound):
        get_own_entry(owner, entry.id)
    assert isinstance(get_own_entry(make_sender(), entry.id), Entry)
