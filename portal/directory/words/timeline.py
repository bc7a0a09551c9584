"""The titles of an enterprise over time: granted, interrupted, renewed, lapsed, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from portal import clock
from portal.classification.queries.titles import Held, PublicTitles
from portal.classification.rules.titles import is_renewal
from portal.classification.terms.titles import Standing, TitleState
from portal.web.filters import chinese, named

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Happening:
    """What happened to a title on a day; `mark` is the class of the dot before it."""

    on: date
    title: Any
    words: str
    mark: str = ""


def timeline_of(titles: PublicTitles) -> list[Happening]:
    """Return what happened to an enterprise's titles so far, newest first."""
    today = clock.today()
    every = [*titles.granted, *titles.recorded]
    found = [one for held in every for one in happenings(held, every)]
    return sorted((one for one in found if one.on <= today), key=lambda one: one.on, reverse=True)


def happenings(held: Held, every: Sequence[Held]) -> Iterator[Happening]:
    """Yield what happened to one title."""
    title = held.title
    name = named(title.kind)
    number = _(", no. %(number)s", number=chinese(title.number)) if title.number else ""
    renews = any(renewed_by(other, held) for other in every)
    words = _("Renewed") if renews else _("Granted")
    yield Happening(title.valid_from, name, words + number, "pass")
    for row in held.interruptions:
        revoked = row.state == TitleState.REVOKED
        begun = _("Revoked") if revoked else _("Title suspended")
        yield Happening(row.begins_on, name, begun, "fail" if revoked else "wait")
        if row.ends_on is not None:
            yield Happening(row.ends_on + DAY, name, _("Restored"), "pass")
    renewed = any(renewed_by(held, other) for other in every)
    if held.standing == Standing.LAPSED and title.valid_until is not None and not renewed:
        yield Happening(title.valid_until + DAY, name, _("Lapsed"))


def renewed_by(held: Held, other: Held) -> bool:
    """Say whether a second title renews a first one."""
    one, two = held.title, other.title
    same = (one.kind_id, one.level, one.subject) == (two.kind_id, two.level, two.subject)
    return same and is_renewal(one.valid_from, one.valid_until, two.valid_from, two.valid_until)
