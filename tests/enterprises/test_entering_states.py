"""Entering a state: only allowed ones, with periods on both clocks, so that counts stay right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from sqlalchemy import select

from portal import clock, outbox
from portal.audit import SYSTEM, trail_of
from portal.classification.queries import counts
from portal.database import site_state, transaction
from portal.enterprises.actions.records import enter_state
from portal.enterprises.models import Enterprise, EnterprisePeriod
from portal.enterprises.rules.states import FOLLOWS
from portal.enterprises.terms.record import State
from portal.errors import Refused
from portal.extensions import db
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for

pytestmark = pytest.mark.usefixtures("app")
Wait = Callable[..., None]


def enter(enterprise: Enterprise, state: State) -> None:
    """Let the portal itself bring a record into a state."""
    with transaction():
        enter_state(SYSTEM, enterprise, state)


def known_now(enterprise: Enterprise) -> list[tuple[str, int | None]]:
    """Return (state, days it lasted, None when it lasts) of the periods as known now."""
    rows = db.session.scalars(
        select(EnterprisePeriod)
        .where(
            EnterprisePeriod.enterprise_id == enterprise.id,
            EnterprisePeriod.superseded_at.is_(None),
        )
        .order_by(EnterprisePeriod.valid_from, EnterprisePeriod.id)
    )
    return [
        (row.state, (row.valid_until - row.valid_from).days + 1 if row.valid_until else None)
        for row in rows
    ]


def test_every_pair_of_states_is_allowed_or_refused_by_the_one_table() -> None:
    enterprise = make_enterprise()
    for before, after in product(State, State):
        db.session.rollback()
        enterprise.state = before
        db.session.commit()
        if after in FOLLOWS[before]:
            enter(enterprise, after)
            assert enterprise.state == after
        else:
            with pytest.raises(Refused):
                enter(enterprise, after)


def test_periods_follow_one_another_without_gap_or_overlap(wait: Wait) -> None:
    enterprise = make_enterprise()
    wait(days=10)
    enter(enterprise, State.CONFIRM_DUE)
    wait(days=5)
    enter(enterprise, State.STALE)
    assert known_now(enterprise) == [("active", 10), ("confirm_due", 5), ("stale", None)]


def test_a_state_left_on_the_day_it_began_leaves_no_period(wait: Wait) -> None:
    enterprise = make_enterprise()
    wait(days=3)
    enter(enterprise, State.SUSPENDED)
    enter(enterprise, State.ACTIVE)
    assert known_now(enterprise) == [("active", 3), ("active", None)]


def test_counts_on_a_day_as_known_on_a_day_do_not_change_afterwards(wait: Wait) -> None:
    enterprise = make_enterprise()
    record_title_for(enterprise, make_recogniser())
    admitted, known_then = clock.today(), clock.now()
    wait(days=10)
    enter(enterprise, State.SUSPENDED)
    suspended = clock.today()
    wait(days=1)
    assert counts.count_family("high_tech", admitted) == 1
    assert counts.count_family("high_tech", suspended) == 0
    assert counts.count_family("high_tech", suspended, known_then) == 1


def test_a_change_tells_trail_search_and_cached_pages() -> None:
    enterprise = make_enterprise()
    version = site_state().content_version
    outbox.drain({"search": lambda payloads: None})
    enter(enterprise, State.SUSPENDED)
    event = trail_of("enterprise", enterprise.id)[0]
    assert (event.act, event.changes["state"]) == ("suspended", ["active", "suspended"])
    assert site_state().content_version == version + 1
    keys: list[str] = []
    outbox.drain({"search": lambda payloads: keys.extend(p["key"] for p in payloads)})
    assert keys == [f"enterprise:{enterprise.id}"]
