"""When a call takes entries, from whom, and how it is extended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.rules.releases import State

REMINDED_BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class CallWords:
    """What a call says; `audience` are kinds of publishers, none for everybody."""

    document_no: str
    audience: Collection[str]
    guidance_zh: str
    guidance_en: str


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


def check_extension(closes_on: date | None, new: date, today: date) -> None:
    """Raise Refused at `closes_on` unless the new last day is later than the present one and
    has not passed."""
    if closes_on is not None and new <= closes_on:
        raise Refused(
            _("The call runs until %(day)s already: name a later day", day=closes_on.isoformat()),
            "closes_on",
        )
    if new < today:
        raise Refused(_("This day has passed: choose one to come"), "closes_on")


def check_words(words_zh: str) -> None:
    """Raise Refused where the public would not read why."""
    if not words_zh.strip():
        raise Refused(_("Say why: the public reads it with the call"), "words_zh")


def is_reminded_on(closes_on: date, today: date) -> bool:
    """Say whether those with drafts are reminded: three days before the end, or what nights
    left undone until then."""
    return today <= closes_on <= today + REMINDED_BEFORE
