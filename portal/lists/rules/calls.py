"""When a call takes entries."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.rules.releases import State


def is_call_open(state: str, opens_on: date | None, closes_on: date | None, today: date) -> bool:
    """Say whether entries may be sent in: the closing date itself still counts."""
    return (
        state == State.CALL_OPEN
        and (opens_on is None or opens_on <= today)
        and (closes_on is None or today <= closes_on)
    )


def check_call_dates(opens_on: date, closes_on: date | None, today: date) -> None:
    """Raise Refused at `closes_on` for a call that would be over before it begins."""
    if closes_on is not None and closes_on < max(opens_on, today):
        raise Refused(
            _("The closing date cannot be before the call opens: check both dates"), "closes_on"
        )
