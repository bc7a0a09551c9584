"""A release that becomes public by itself at its minute, once, whatever the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal import clock
from portal.audit.models import AuditEvent
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions import publication as publication_actions
from portal.lists.actions.freezing import reopen
from portal.lists.actions.publication import publish, publish_due, publish_scheduled, unschedule
from portal.lists.models import Entry, Release
from portal.lists.queries.editions import get_release, public_release_ids
from portal.lists.queries.errata import versions_of
from portal.lists.terms.editions import EditionState
from portal.lists.terms.kinds import Kind
from tests.browser_client import Browser
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_signed_release,
    sign_all,
    start_signing,
)


@pytest.fixture
def release() -> Release:
    found = make_call()
    make_accepted(found)
    start_signing(found)
    return found


def schedule(release: Release, ahead: timedelta = timedelta(hours=1)) -> None:
    at = clock.now() + ahead
    publication_actions.schedule(make_curator(), release, release.version, at)


def make_due(release: Release) -> None:
    release.scheduled_for = clock.now() - timedelta(days=3)
    db.session.commit()


def test_scheduling_needs_all_signatures_and_a_moment_to_come(release: Release) -> None:
    with pytest.raises(Refused):
        schedule(release)
    sign_all(release)
    with pytest.raises(Refused):
        publication_actions.schedule(make_curator(), release, release.version, clock.now())
    schedule(release)
    assert release.state == EditionState.SCHEDULED


def test_a_release_is_not_scheduled_to_after_an_entry_closes(release: Release) -> None:
    sign_all(release)
    last = release.entries[0].closes_on
    assert last is not None
    days = (last - clock.today()).days
    with pytest.raises(Refused, match="在公开前即已截止：公交场站储能应用场景") as refused:
        schedule(release, timedelta(days=days + 2))
    assert refused.value.field == "on"
    schedule(release, timedelta(days=days))
    assert release.state == EditionState.SCHEDULED


def test_a_due_release_is_published_once_also_after_downtime() -> None:
    release = make_signed_release()
    schedule(release)
    assert publish_due() == 0
    make_due(release)
    assert publish_due() == 1
    assert publish_due() == 0
    assert publish_scheduled(release.id) is False
    assert get_release(release.id).is_public
    assert public_release_ids() == {release.id}


def test_a_clock_set_back_takes_no_release_back_and_puts_none_out_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, later = make_signed_release(), make_signed_release(Kind.SUPPLY)
    schedule(release)
    schedule(later)
    make_due(release)
    assert publish_due() == 1
    earlier = clock.now() - timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert publish_due() == 0
    visitor = Browser(app)
    for entry in get_release(release.id).entries:
        assert entry.title in visitor.get(f"/entries/{entry.number}").main
        assert entry.title in visitor.get("/lists/opportunity").main
    assert get_release(later.id).state == EditionState.SCHEDULED
    assert len(versions_of(release.edition)) == 1


def test_a_due_release_that_was_changed_is_held_back() -> None:
    release = make_signed_release()
    schedule(release)
    db.session.execute(update(Entry).values(title="改过"))
    make_due(release)
    assert publish_due() == 0
    assert get_release(release.id).state == EditionState.COSIGN
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "hold_release")).one()
    assert event.note


def test_a_release_taken_off_the_schedule_keeps_its_signatures() -> None:
    release = make_signed_release()
    schedule(release)
    unschedule(make_curator(), release, release.version)
    publish(make_curator(), release, release.version)
    assert release.is_public


def test_reopening_a_scheduled_release_unschedules_it() -> None:
    release = make_signed_release()
    schedule(release)
    reopen(make_curator(), release, release.version, "补一条")
    assert release.scheduled_for is None
