"""The titles of an enterprise over time: granted, interrupted, renewed, lapsed, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from portal import clock
from portal.classification.rules.titles import is_renewal
from portal.classification.terms.titles import Standing, TitleState
from portal.directory.queries.held import HeldTitle
from portal.web.filters import chinese, named

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Happening:
    """What happened to a title on a day; `mark` is the class of the dot before it."""

    on: date
    title: Any
    words: str
    mark: str = ""


def timeline_of(titles: Sequence[HeldTitle]) -> list[Happening]:
    """Return what happened to an enterprise's titles so far, newest first; of one day, what the
    city granted before what it recorded."""
    today = clock.today()
    every = sorted(titles, key=lambda held: not held.kind.granted_here)
    found = [one for held in every for one in happenings(held, every)]
    return sorted((one for one in found if one.on <= today), key=lambda one: one.on, reverse=True)


def happenings(held: HeldTitle, every: Sequence[HeldTitle]) -> Iterator[Happening]:
    """Yield what happened to one title."""
    name = named(held.kind)
    number = _(", no. %(number)s", number=chinese(held.number)) if held.number else ""
    renews = any(renewed_by(other, held) for other in every)
    words = _("Renewed") if renews else _("Granted")
    yield Happening(held.valid_from, name, words + number, "pass")
    for row in held.interruptions:
        revoked = row.state == TitleState.REVOKED
        begun = _("Revoked") if revoked else _("Title suspended")
        yield Happening(row.begins_on, name, begun, "fail" if revoked else "wait")
        if row.ends_on is not None:
            yield Happening(row.ends_on + DAY, name, _("Restored"), "pass")
    renewed = any(renewed_by(held, other) for other in every)
    if held.standing == Standing.LAPSED and held.valid_until is not None and not renewed:
        yield Happening(held.valid_until + DAY, name, _("Lapsed"))


def renewed_by(one: HeldTitle, two: HeldTitle) -> bool:
    """Say whether a second title renews a first one."""
    same = (one.kind.id, one.level, one.subject) == (two.kind.id, two.level, two.subject)
    return same and is_renewal(one.valid_from, one.valid_until, two.valid_from, two.valid_until)
