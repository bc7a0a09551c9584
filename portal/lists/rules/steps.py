"""What an edition asks for before it is signed, and how a list differs from what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.editions import CURATED_STATES, SHOWN_STATES, EditionState
from portal.lists.terms.steps import Difference

LONGEST = 60  # working days
State = EditionState
FREE = frozenset({State.PLANNED, State.CALL_OPEN, State.CALL_CLOSED})  # until the selection begins


class Asks(NamedTuple):
    """What stands before the signing: opinions, and a notice of so many working days."""

    opinions: bool
    notice_days: int


def check_days(days: int | None, field: str = "days") -> int:
    """Return a number of working days; raises Refused at its field outside 1 to LONGEST."""
    if days is None or not 1 <= days <= LONGEST:
        raise Refused(_("Enter between 1 and %(most)d working days", most=LONGEST), field)
    return days


def check_asks(state: str, before: Asks, wanted: Asks) -> None:
    """Raise Refused once the content is shown or fixed, and where something that was asked for is
    to be left out after the selection began."""
    if state in SHOWN_STATES or state not in CURATED_STATES | {State.PLANNED}:
        raise Refused(_("What stands before the signing is set before others are shown the list"))
    if not 0 <= wanted.notice_days <= LONGEST:
        raise Refused(_("Enter between 0 and %(most)d working days", most=LONGEST), "notice_days")
    less = wanted.opinions < before.opinions or wanted.notice_days < before.notice_days
    if less and state not in FREE:
        raise Refused(
            _("The selection has begun: steps may be added or made longer, not left out any more")
        )


class Change(NamedTuple):
    """One difference: its kind, and the title it concerns."""

    kind: Difference
    title: str


class Shown(NamedTuple):
    """A draft with the ids of its entries, in their order."""

    draft: Mapping[str, Any]
    ids: Sequence[int]


def differences(before: Shown, now: Shown) -> list[Change]:
    """Return how a list differs from the draft that was shown."""
    was = dict(zip(before.ids, before.draft["entries"], strict=True))
    is_now = dict(zip(now.ids, now.draft["entries"], strict=True))
    found = []
    if before.draft["edition"] != now.draft["edition"]:
        found.append(Change(Difference.EDITION, ""))
    found += [Change(Difference.REMOVED, was[i]["title_zh"]) for i in before.ids if i not in is_now]
    found += [Change(Difference.ADDED, is_now[i]["title_zh"]) for i in now.ids if i not in was]
    both = [i for i in now.ids if i in was]
    found += [
        Change(Difference.CHANGED, is_now[i]["title_zh"]) for i in both if was[i] != is_now[i]
    ]
    if both != [i for i in before.ids if i in is_now]:
        found.append(Change(Difference.ORDER, ""))
    return found
