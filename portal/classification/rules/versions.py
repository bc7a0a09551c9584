"""When a version of the rules judges, and what it ends when it is put in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.classification.criteria.nodes import Period, Version
from portal.classification.terms.versions import Era


@dataclass(frozen=True)
class Placed:
    """A version in time: the dates for applications, and further ones for re-checks."""

    slug: str
    period: Period
    recheck: Period | None = None


def placed(version: Version) -> Placed:
    """Return the dates a file states."""
    return Placed(version.id, version.in_force, version.recheck)


def is_open_before(other: Placed, new: Placed) -> bool:
    """Say whether another version, open at its end, would end where the new one begins."""
    return other.period.end is None and other.period.begin < new.period.begin


def find_in_the_way(new: Placed, others: Iterable[Placed]) -> Placed | None:
    """Return a version of the series whose dates the new one's overlap, and cannot end.

    An open one that begins earlier is no hindrance: it ends on the day before.
    """
    for other in others:
        if other.period.overlaps(new.period) and not is_open_before(other, new):
            return other
        if new.recheck and other.recheck and other.recheck.overlaps(new.recheck):
            return other
    return None


def find_ended(new: Placed, others: Iterable[Placed]) -> tuple[Placed, date] | None:
    """Return the open version that the new one ends, with its last day."""
    for other in others:
        if is_open_before(other, new):
            return other, new.period.begin - timedelta(days=1)
    return None


def era(period: Period, recheck: Period | None, day: date) -> Era:
    """Return how a version that was put in force stands on a day."""
    if period.covers(day):
        return Era.CURRENT
    if day < period.begin:
        return Era.COMING
    if recheck is not None and recheck.covers(day):
        return Era.RECHECKS
    return Era.ENDED


def only_ends(before: str, after: str) -> bool:
    """Say whether two texts of one file differ in nothing but that an open end became a date."""
    lines = list(zip(before.splitlines(), after.splitlines(), strict=False))
    if len(before.splitlines()) != len(after.splitlines()):
        return False
    differing = [pair for pair in lines if pair[0] != pair[1]]
    return (
        len(differing) == 1
        and differing[0][0].split("#")[0].split() == ["expires:", "null"]
        and differing[0][1].startswith("expires:")
    )
