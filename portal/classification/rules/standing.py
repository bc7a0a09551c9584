"""What may be asked for a title, from when, and which reminder of its end is owed. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.classification.terms.standing import REMINDED_DAYS, Act
from portal.classification.terms.titles import Standing
from portal.errors import Refused

OPEN = {
    Standing.VALID: (Act.SUSPEND, Act.REVOKE),
    Standing.EXPIRING: (Act.SUSPEND, Act.REVOKE),
    Standing.SUSPENDED: (Act.RESTORE, Act.REVOKE),
    Standing.LAPSED: (Act.REVOKE,),
    Standing.REVOKED: (),
}


@dataclass(frozen=True)
class Asked:
    """What is asked for a title, from which day, why, and until when it is not to be granted."""

    act: str
    begins_on: date
    ground: str
    ban_until: date | None = None


def acts_open(standing: Standing) -> tuple[Act, ...]:
    """Return what may be asked for a title that stands so."""
    return OPEN[standing]


def check_asked(
    asked: Asked, standing: Standing, valid_from: date, since: date | None, today: date
) -> None:
    """Raise Refused at the first item that cannot be right; `since` is when the title was
    suspended, None when it is not."""
    if asked.act not in acts_open(standing):
        raise Refused(_("This cannot be asked for a title that stands so"), "act")
    if asked.begins_on > today:
        raise Refused(_("This date is still to come: check it"), "begins_on")
    if asked.begins_on < valid_from:
        raise Refused(_("The title was not valid yet on that day: check the date"), "begins_on")
    if asked.act == Act.RESTORE and since is not None and asked.begins_on < since:
        raise Refused(_("It was not suspended yet on that day: check the date"), "begins_on")
    if asked.ban_until is not None and asked.act != Act.REVOKE:
        raise Refused(_("Only a revocation can say until when the title is barred"), "ban_until")
    if asked.ban_until is not None and asked.ban_until < asked.begins_on:
        raise Refused(_("The bar cannot end before it begins: check both dates"), "ban_until")
    if not asked.ground.strip():
        raise Refused(_("Give the ground; the enterprise will read it"), "ground")


def check_decline(opinion: str) -> None:
    """Raise Refused at `opinion` when it is not said why consent is declined."""
    if not opinion.strip():
        raise Refused(_("Say why you decline"), "opinion")


@dataclass(frozen=True)
class Reminders:
    """What is owed on a day: the one reminder to send (days before the end), and those passed
    over because the worker stood still or the title was recorded late."""

    send: int | None
    passed: frozenset[int]


def reminders_owed(valid_until: date, today: date, sent: Collection[int]) -> Reminders:
    """Return which reminder is owed: the latest one due, the earlier ones passed over."""
    left = (valid_until - today).days
    owed = [days for days in REMINDED_DAYS if 0 <= left <= days]
    missing = sorted(set(owed) - set(sent))
    if not missing:
        return Reminders(None, frozenset())
    if min(owed) != missing[0]:
        return Reminders(None, frozenset(missing))
    return Reminders(missing[0], frozenset(missing[1:]))
