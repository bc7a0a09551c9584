"""Whatever members, officers and nights do in whatever order, states and periods stay right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions import change_reviews, confirmation, merges, standing
from portal.enterprises.models import Enterprise, StandingRequest
from portal.enterprises.queries.merges import find_open_merge, merges_of
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.queries.standing import find_open, periods_of
from portal.enterprises.rules.states import FOLLOWS
from portal.enterprises.terms.changes import Reason
from portal.enterprises.terms.record import TAKES_THE_CODE, State
from portal.enterprises.terms.standing import Act, Kind
from portal.errors import PortalError
from portal.extensions import db
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.fresh_database import Fresh

DAYS = {"a day": 1, "a month": 31, "a year": 366}
ACTS = (*DAYS, "confirm", "suspend", "lift", "remove", "consent", "decline", "withdraw")
ACTS += ("merge", "agree", "undo", "note")


@dataclass
class Cast:
    """A member, two officers, and two records of which one may be merged into the other."""

    owner: Person
    first: Person
    second: Person
    record: Enterprise
    double: Enterprise


def act(cast: Cast, name: str) -> None:
    """Do one thing; a refusal is an answer."""
    record, double = get_enterprise(cast.record.id), get_enterprise(cast.double.id)
    with suppress(PortalError):
        if name in DAYS:
            confirmation.ask_for_confirmations()
        elif name == "confirm":
            confirmation.confirm(cast.owner, record, record.version)
        elif name in set(Act):
            kind = Kind.MOVED_AWAY if name == Act.REMOVE else ""
            standing.ask(cast.first, record, record.version, Act(name), kind=kind, ground="示例")
        elif name == "note":
            change_reviews.note_unreported(
                cast.first, record, reason=Reason.MOVED, effective_on=clock.today(), hint="示例"
            )
        elif name == "merge":
            merges.propose(cast.first, record, double, record.version, chosen=[], ground="示例")
        else:
            decide(cast, name)


def decide(cast: Cast, name: str) -> None:
    """Decide on what is open, as the second officer."""
    asked, merge = find_open(cast.record.id), find_open_merge(cast.record.id)
    if name == "undo":
        for done in merges_of(cast.record.id):
            merges.undo(cast.second, done, done.version, "示例")
    elif name == "agree" and merge is not None:
        merges.consent(cast.second, merge, merge.version)
    elif asked is not None and name == "consent":
        standing.consent(cast.second, asked, asked.version, urgent=True)
    elif asked is not None and name == "decline":
        standing.decline(cast.second, asked, asked.version, "示例")
    elif asked is not None and name == "withdraw":
        standing.withdraw(cast.first, asked)


def check(cast: Cast) -> None:
    """Check what holds at every moment."""
    for record in (cast.record, cast.double):
        row = get_enterprise(record.id)
        periods = list(reversed(periods_of(row.id)))
        assert [period.state for period in periods if period.valid_until is None] == [row.state]
        for before, after in pairwise(periods):
            assert before.valid_until is not None
            assert before.valid_until + timedelta(days=1) == after.valid_from
        assert (row.confirm_by is not None) >= (row.state in (State.CONFIRM_DUE, State.STALE))
    waiting = select(func.count()).where(StandingRequest.decided_at.is_(None))
    assert (db.session.scalar(waiting) or 0) <= 1


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=10))
def test_every_order_of_acts_keeps_states_and_periods(
    app: Flask, pristine: Fresh, acts: list[str]
) -> None:
    zone = app.extensions["site"].time_zone
    with fresh(pristine):
        clock.set_clock("2026-11-22T10:00:00", zone)
        cast = make_cast()
        for name in acts:
            before = [State(row.state) for row in (cast.record, cast.double)]
            if name in DAYS:
                clock.set_clock((clock.now() + timedelta(days=DAYS[name])).isoformat(), zone)
            act(cast, name)
            db.session.rollback()
            after = [State(row.state) for row in (cast.record, cast.double)]
            if name not in DAYS:
                for old, new in zip(before, after, strict=True):
                    assert new == old or new in FOLLOWS[old]
            check(cast)
        assert audit.verify() is None
        assert State(cast.record.state) in TAKES_THE_CODE | {State.REMOVED}


@contextmanager
def fresh(pristine: Fresh) -> Iterator[None]:
    """Give one example the loaded database, and put it back afterwards."""
    for last in (False, True):
        db.session.remove()
        db.engine.dispose()
        pristine.restore()
        if not last:
            yield


def make_cast() -> Cast:
    """Return the people and the two records, both in the registry."""
    owner = make_person("o@example.com")
    first = make_officer(Right.REVIEW_ENTERPRISES, mail="a@portal.example")
    second = make_officer(Right.REVIEW_ENTERPRISES, mail="b@portal.example")
    record = make_active(owner, first)
    double = make_active(
        make_person("d@example.com"), first, uscc=make_uscc(2), name="示例重复公司"
    )
    return Cast(owner, first, second, record, double)
