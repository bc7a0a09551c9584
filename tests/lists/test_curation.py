"""Deciding on entries, ordering them, fixing the content for signing, reopening it."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import select

from portal.accounts.terms import Right
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists import content
from portal.lists.actions import curation as curation_actions
from portal.lists.actions.curation import move_entry, order_entries, reconsider
from portal.lists.actions.editions import cancel, describe_release, open_release
from portal.lists.actions.freezing import reopen
from portal.lists.actions.life import mark_life
from portal.lists.actions.publication import publish
from portal.lists.models import Release
from portal.lists.queries.entries import accepted_entries, find_last_decision
from portal.lists.queries.waiting import waiting_entries
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Decision, EntryState, Life
from portal.lists.terms.kinds import Kind
from portal.messages.models import Message
from portal.outbox.models import OutboxMessage
from tests.factories import make_officer
from tests.lists.factories import (
    decide,
    make_accepted,
    make_call,
    make_curator,
    make_edition,
    make_entry,
    make_published_release,
    make_sender,
    make_signed_release,
    start_signing,
)


@pytest.fixture
def call() -> Release:
    return make_call()


def order_of(release: Release) -> list[str]:
    return [entry.title for entry in accepted_entries(release)]


def test_an_edition_is_planned_once_and_by_a_lead_body() -> None:
    edition = make_edition()
    assert [body.department.slug for body in edition.bodies] == ["meishan-coop", "meishan-eit"]
    assert edition.releases[0].state == EditionState.PLANNED
    with pytest.raises(Refused):
        make_edition()
    with pytest.raises(NotAllowed):
        make_edition(Kind.CASE, leads=["meishan-sci"])
    with pytest.raises(Refused):
        make_edition(Kind.CASE, leads=[])


def test_the_next_release_follows_a_finished_one(call: Release) -> None:
    with pytest.raises(Refused):
        open_release(make_curator(), call.edition)
    cancel(make_curator(), call, call.version, "并入下一批")
    assert open_release(make_curator(), call.edition).number == 2


def test_a_curator_accepts_and_the_sender_is_told(call: Release) -> None:
    entry = make_entry(call)
    assert [each.id for each in waiting_entries(make_curator())] == [entry.id]
    decide(entry)
    assert (entry.state, entry.position) == (EntryState.ACCEPTED, 1)
    assert waiting_entries(make_curator()) == []
    mail = db.session.scalars(select(Message).where(Message.template == "entry_decided")).one()
    assert mail.values["decision"] == "accept"


def test_a_return_keeps_the_reasons_and_what_they_were_about(call: Release) -> None:
    entry = make_entry(call)
    decide(entry, Decision.RETURN, reasons={"details_scale": "请写明容量", "no_such": "x"})
    decision = find_last_decision(entry)
    assert decision is not None
    assert decision.reasons == {"details_scale": "请写明容量"}
    assert decision.facts["details_scale"] == "14座站点"


def test_nobody_decides_on_what_they_sent_in(call: Release) -> None:
    curator = make_curator()
    entry = make_entry(call, actor=curator)
    assert waiting_entries(curator) == []
    with pytest.raises(NotAllowed):
        decide(entry)


def test_only_lead_bodies_curate(call: Release) -> None:
    entry = make_entry(call)
    other = make_officer(Right.CURATE_LISTS, mail="other@portal.example", department="meishan-sci")
    assert waiting_entries(other) == []
    with pytest.raises(NotAllowed):
        curation_actions.decide(other, entry, entry.version, Decision.ACCEPT, reasons={}, ground="")


def test_the_second_of_two_officers_is_told_who_has_decided(call: Release) -> None:
    entry = make_entry(call)
    opened = entry.version
    decide(entry)
    second = make_curator("second-curator", "meishan-eit")
    with pytest.raises(Refused, match="示例经办人（curator）"):
        curation_actions.decide(second, entry, opened, Decision.DECLINE, reasons={}, ground="重复")
    assert entry.state == EntryState.ACCEPTED


def test_a_decision_on_an_older_text_is_refused(call: Release) -> None:
    entry = make_entry(call)
    with pytest.raises(ChangedSinceOpened):
        curation_actions.decide(
            make_curator(), entry, entry.version - 1, Decision.ACCEPT, reasons={}, ground=""
        )


def test_an_entry_never_corrected_can_be_declined(call: Release) -> None:
    entry = make_entry(call)
    decide(entry, Decision.RETURN, reasons={"title": "请写明地点"})
    decide(entry, Decision.DECLINE, ground="逾期未补正")
    assert entry.state == EntryState.NOT_SELECTED


def test_a_decision_is_taken_back_with_a_reason(call: Release) -> None:
    entry = make_accepted(call)
    with pytest.raises(Refused):
        reconsider(make_curator(), entry, entry.version, " ")
    reconsider(make_curator(), entry, entry.version, "重复报送")
    assert (entry.state, entry.position) == (EntryState.SUBMITTED, 0)


def test_entries_are_ordered_by_number_and_by_steps(call: Release) -> None:
    first, _second, third = (make_accepted(call, title=title) for title in "甲乙丙")
    curator = make_curator()
    order_entries(curator, call, call.version, {third.id: 1})
    assert order_of(call) == ["丙", "甲", "乙"]
    move_entry(curator, call, call.version, first.id, -1)
    assert order_of(call) == ["甲", "丙", "乙"]
    move_entry(curator, call, call.version, first.id, -1)
    assert order_of(call) == ["甲", "丙", "乙"]
    stale = call.version - 1
    with pytest.raises(ChangedSinceOpened):
        order_entries(curator, call, stale, {first.id: 3})


def test_signing_waits_until_every_entry_is_decided(call: Release) -> None:
    accepted, waiting = make_accepted(call), make_entry(call)
    with pytest.raises(Refused):
        start_signing(call)
    decide(waiting, Decision.DECLINE, ground="不在范围")
    start_signing(call)
    assert call.state == EditionState.COSIGN
    assert accepted.number == "MS-JH-2026-01-001"
    assert waiting.number is None


def test_numbers_follow_the_order_and_have_no_gap_when_an_entry_is_dropped(call: Release) -> None:
    first, second, third = (make_accepted(call, title=title) for title in "甲乙丙")
    curator = make_curator()
    order_entries(curator, call, call.version, {third.id: 1})
    start_signing(call)
    numbers = [entry.number for entry in (third, first, second)]
    assert numbers == [f"MS-JH-2026-01-00{serial}" for serial in (1, 2, 3)]
    reopen(curator, call, call.version, "撤下一条")
    reconsider(curator, third, third.version, "重复")
    decide(third, Decision.DECLINE, ground="重复")
    late = make_accepted(call, title="丁")
    assert {entry.number for entry in call.entries} == {None}
    start_signing(call)
    assert [entry.number for entry in (first, second, late)] == numbers
    assert third.number is None


def test_the_check_code_is_the_digest_of_the_canonical_content(call: Release) -> None:
    make_accepted(call, leads=["meishan-sci"], cooperating=["meishan-eit"])
    start_signing(call)
    assert call.content is not None
    assert call.check_code == hashlib.sha256(call.content.encode("utf-8")).hexdigest()
    frozen = json.loads(call.content)
    assert content.canonical(frozen) == call.content
    entry = frozen["entries"][0]
    assert entry["publisher"]["name_zh"] == "市科技局"
    assert entry["leads"][0]["name_zh"] == "市科技局"
    assert [detail["key"] for detail in entry["details"]] == ["need", "scale", "conditions"]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_list_can_be_fixed_for_signing(kind: Kind) -> None:
    assert make_signed_release(kind).check_code


def test_money_choice_and_private_details_in_the_content(call: Release) -> None:
    make_accepted(call, subtype="challenge")
    start_signing(call)
    details = json.loads(call.content or "")["entries"][0]["details"]
    budget = next(detail for detail in details if detail["key"] == "budget")
    assert (budget["value"], budget["unit_zh"], budget["in_row"]) == ("1200.5", "万元", True)


def test_private_details_are_no_part_of_the_content(call: Release) -> None:
    entry = make_accepted(call, subtype="challenge")
    private = [{**field, "public": field["key"] != "budget"} for field in entry.subtype.fields]
    entry.subtype.fields = private
    assert "budget" not in {detail["key"] for detail in content.public_details(entry, {})}


def test_nothing_changes_while_it_is_being_signed() -> None:
    release = make_signed_release(entries=2)
    first = accepted_entries(release)[0]
    curator = make_curator()
    for attempt in (
        lambda: order_entries(curator, release, release.version, {first.id: 2}),
        lambda: reconsider(curator, first, first.version, "重复"),
        lambda: describe_release(curator, release, release.version, "1号", None),
        lambda: cancel(curator, release, release.version, "不办了"),
    ):
        with pytest.raises(Refused):
            attempt()


def test_reopening_voids_every_signature_and_says_so() -> None:
    release = make_signed_release()
    curator = make_curator()
    with pytest.raises(Refused):
        reopen(curator, release, release.version, "")
    assert reopen(curator, release, release.version, "补一条") == 2
    assert release.state == EditionState.CURATING
    assert release.content is None
    assert release.check_code is None
    assert {sign_off.void_reason for sign_off in release.sign_offs} == {"补一条"}
    start_signing(release)
    with pytest.raises(Refused):
        publish(curator, release, release.version)


def test_entries_are_announced_to_the_index_when_fixed(call: Release) -> None:
    entry = make_accepted(call)
    start_signing(call)
    keys = db.session.scalars(
        select(OutboxMessage.payload).where(OutboxMessage.topic == "search")
    ).all()
    assert {"key": f"entry:{entry.id}"} in keys


def test_an_outcome_is_public_and_leaves_the_snapshot_alone() -> None:
    release = make_published_release()
    entry = accepted_entries(release)[0]
    before = dict(entry.snapshot or {})
    curator = make_curator()
    with pytest.raises(Refused):
        mark_life(curator, entry, entry.version, Life.MATCHED, "")
    mark_life(curator, entry, entry.version, Life.MATCHED, "与示例企业签约")
    assert (entry.life, entry.outcome) == (Life.MATCHED, "与示例企业签约")
    assert entry.snapshot == before
    with pytest.raises(NotAllowed):
        mark_life(make_sender(), entry, entry.version, Life.CLOSED, "结束")


def test_unpublished_entries_have_no_outcome(call: Release) -> None:
    entry = make_accepted(call)
    with pytest.raises(Refused):
        mark_life(make_curator(), entry, entry.version, Life.CLOSED, "结束")
