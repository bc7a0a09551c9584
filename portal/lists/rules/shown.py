"""Which state of a published entry the public filters by: the same rule as in its queries."""

from __future__ import annotations

from datetime import date

from portal.lists.terms.entries import Life
from portal.lists.terms.shown import ENDED, IN_TALKS, MATCHED, OPEN, STANDING


def shown_state(life: str, standing: bool, closes_on: date | None, day: date) -> str:
    """Return the state on a day; a call without standing ends with its last day."""
    if life == Life.IN_TALKS:
        return IN_TALKS
    if life in (Life.MATCHED, Life.FULFILLED):
        return MATCHED
    if life != Life.OPEN:
        return ENDED
    if standing:
        return STANDING
    return ENDED if closes_on is not None and closes_on < day else OPEN
