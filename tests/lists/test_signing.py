"""Signatures of the lead bodies, in the system and on paper; publishing what was signed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal import clock
from portal.accounts.models import Person
from portal.audit import verify
from portal.audit.models import AuditEvent
from portal.database import site_state
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists import content
from portal.lists.actions import signing as signing_actions
from portal.lists.actions.freezing import reopen
from portal.lists.actions.publication import publish
from portal.lists.actions.signing import confirm_sign_off, record_paper_sign_off, reject_sign_off
from portal.lists.models import Entry, Release, SignOff
from portal.lists.queries.entries import accepted_entries
from portal.lists.queries.waiting import waiting_signatures
from portal.lists.terms.editions import EditionState
from portal.taxonomy.queries import get_department
from tests.lists.factories import (
    LEADS,
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_sender,
    make_signed_release,
    make_signer,
    sign_all,
    signed_paper,
    start_signing,
)

FIRST, SECOND = LEADS


@pytest.fixture
def release() -> Release:
    found = make_call()
    make_accepted(found)
    start_signing(found)
    return found


def sign(release: Release, slug: str, signer: Person | None = None, code: str = "") -> SignOff:
    return signing_actions.sign(
        signer or make_signer(slug), release, get_department(slug), code or str(release.check_code)
    )


def record(release: Release, actor: Person, slug: str = FIRST, **changes: object) -> SignOff:
    with signed_paper(**changes) as paper:
        return record_paper_sign_off(
            actor, release, get_department(slug), str(release.check_code), paper
        )


def test_both_bodies_sign_in_their_order_and_it_is_published(release: Release) -> None:
    with pytest.raises(Refused):
        sign(release, SECOND)
    sign(release, FIRST)
    with pytest.raises(Refused):
        publish(make_curator(), release, release.version)
    sign(release, SECOND)
    publish(make_curator(), release, release.version)
    assert release.state == EditionState.PUBLISHED
    assert verify() is None


def test_the_worklist_shows_whose_turn_it_is(release: Release) -> None:
    first, second = make_signer(FIRST), make_signer(SECOND)
    assert [row.department.slug for row in waiting_signatures(first)] == [FIRST]
    assert waiting_signatures(second) == []
    sign(release, FIRST)
    assert waiting_signatures(first) == []
    assert [row.department.slug for row in waiting_signatures(second)] == [SECOND]


def test_only_the_right_for_that_body_signs(release: Release) -> None:
    for person in (make_signer(SECOND), make_curator()):
        with pytest.raises(NotAllowed):
            sign(release, FIRST, person)


def test_nobody_signs_what_they_sent_in() -> None:
    release = make_call()
    make_accepted(release)
    start_signing(release)
    for entry in accepted_entries(release):
        entry.submitted_by_id = make_signer(FIRST).id
    db.session.commit()
    with pytest.raises(NotAllowed):
        sign(release, FIRST)


def test_a_signer_who_saw_other_content_is_told(release: Release) -> None:
    with pytest.raises(ChangedSinceOpened):
        sign(release, FIRST, code="0" * 64)


def test_signing_twice_is_refused(release: Release) -> None:
    sign(release, FIRST)
    with pytest.raises(Refused):
        sign(release, FIRST)


def test_a_paper_holds_once_a_second_officer_confirms_it(release: Release) -> None:
    recorder, second = make_signer(FIRST), make_signer(FIRST, "second-signer")
    sign_off = record(release, recorder)
    with pytest.raises(Refused):
        sign(release, SECOND)
    with pytest.raises(NotAllowed):
        confirm_sign_off(recorder, sign_off)
    assert [row.sign_off for row in waiting_signatures(second)] == [sign_off]
    assert waiting_signatures(recorder) == []
    confirm_sign_off(second, sign_off)
    assert sign_off.is_in_force
    with pytest.raises(Refused):
        confirm_sign_off(second, sign_off)
    sign(release, SECOND)


def test_the_trail_keeps_no_name_of_who_signed_on_paper(release: Release) -> None:
    record(release, make_signer(FIRST))
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.act == "record_paper_sign_off")
    ).one()
    assert "示例领导" not in f"{event.changes}{event.note}"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_paper_dated_before_the_content_or_tomorrow_is_refused(
    release: Release, days: int
) -> None:
    with pytest.raises(Refused):
        record(release, make_signer(FIRST), signed_on=clock.today() + timedelta(days=days))


def test_a_paper_that_does_not_agree_is_rejected_and_signed_again(release: Release) -> None:
    sign_off = record(release, make_curator())
    with pytest.raises(Refused):
        sign(release, FIRST)
    with pytest.raises(Refused):
        reject_sign_off(make_signer(FIRST), sign_off, "")
    reject_sign_off(make_signer(FIRST), sign_off, "校验码不符")
    with pytest.raises(Refused):
        confirm_sign_off(make_signer(FIRST), sign_off)
    sign(release, FIRST)


def test_strangers_neither_record_nor_confirm(release: Release) -> None:
    with pytest.raises(NotAllowed):
        record(release, make_signer(SECOND))
    sign_off = record(release, make_curator())
    with pytest.raises(NotAllowed):
        confirm_sign_off(make_sender(), sign_off)


def test_a_paper_recorded_before_reopening_is_not_confirmed(release: Release) -> None:
    sign_off = record(release, make_signer(FIRST))
    reopen(make_curator(), release, release.version, "改一处")
    start_signing(release)
    with pytest.raises(Refused):
        confirm_sign_off(make_signer(FIRST, "second-signer"), sign_off)


def test_publishing_twice_changes_nothing(release: Release) -> None:
    sign_all(release)
    curator, version = make_curator(), release.version
    publish(curator, release, version)
    published, content_version = release.published_at, site_state().content_version
    publish(curator, release, version)
    assert release.published_at == published
    assert site_state().content_version == content_version
    acts = db.session.scalar(
        select(func.count()).select_from(AuditEvent).where(AuditEvent.act == "publish_release")
    )
    assert acts == 1


def test_what_is_published_is_byte_for_byte_what_was_signed() -> None:
    release = make_published_release(entries=2)
    snapshots = content.snapshots(release.content or "")
    for entry in accepted_entries(release):
        assert entry.snapshot == snapshots[str(entry.number)]


@pytest.mark.parametrize("column", ["title", "office"])
def test_changed_rows_are_not_published(column: str) -> None:
    release = make_signed_release()
    db.session.execute(update(Entry).values({column: "改过"}))
    db.session.commit()
    with pytest.raises(Refused, match="签署"):
        publish(make_curator(), release, release.version)


def test_changed_content_is_not_published() -> None:
    release = make_signed_release()
    release.content = (release.content or "").replace("储能", "储热")
    db.session.commit()
    with pytest.raises(Refused):
        publish(make_curator(), release, release.version)


def test_only_curators_of_the_edition_publish() -> None:
    release = make_signed_release()
    for person in (make_signer(FIRST), make_sender()):
        with pytest.raises(NotAllowed):
            publish(person, release, release.version)
