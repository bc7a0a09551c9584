"""Until when a unit may hand in, and where it stands: both sides of every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.lists.rules.units import is_open_to, state_of
from portal.lists.terms.editions import EditionState
from portal.lists.terms.units import UnitState

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("sent", "last_day", "state"),
    [
        ("", DAY, UnitState.PENDING),
        ("", DAY - timedelta(days=1), UnitState.OVERDUE),
        ("", None, UnitState.PENDING),
        ("entries", DAY - timedelta(days=9), UnitState.REPORTED),
        ("nil", DAY, UnitState.NIL),
    ],
)
def test_where_a_unit_stands(sent: str, last_day: date | None, state: UnitState) -> None:
    assert state_of(sent, last_day, DAY) == state


@pytest.mark.parametrize(
    ("state", "last_day", "reopened", "is_open"),
    [
        (EditionState.CALL_OPEN, DAY, None, True),
        (EditionState.CALL_OPEN, DAY - timedelta(days=1), None, False),
        (EditionState.CALL_OPEN, DAY - timedelta(days=1), DAY, True),
        (EditionState.CALL_OPEN, DAY - timedelta(days=3), DAY - timedelta(days=1), False),
        (EditionState.CALL_CLOSED, DAY, None, False),
        (EditionState.CURATING, DAY - timedelta(days=1), DAY, True),
        (EditionState.COSIGN, DAY - timedelta(days=1), DAY, False),
        (EditionState.PLANNED, None, None, False),
    ],
)
def test_until_when_a_unit_may_hand_in(
    state: EditionState, last_day: date, reopened: date | None, is_open: bool
) -> None:
    assert is_open_to(state, None, last_day, reopened, DAY) is is_open
