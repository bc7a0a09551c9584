"""Pure decisions on calls: their window, their documents, their extension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.recognition.terms.calls import CallState

LONGEST_NOTICE = 60  # working days
SLASH = "/"


@dataclass(frozen=True)
class CallFacts:
    """What an officer makes known with a call; `documents` and `bodies` as they are kept."""

    title_zh: str
    title_en: str
    document_no: str
    opens_on: date
    closes_on: date
    guidance_zh: str
    guidance_en: str
    documents: Sequence[dict[str, Any]]
    bodies: Sequence[str]
    rule_version: str
    renewals_only: bool
    scores_needed: int
    notice_days: int
    contact_zh: str
    contact_en: str
    phone: str


def state_on(opens_on: date, closes_on: date, on: date) -> CallState:
    """Return how a call stands on a day; both dates belong to the window."""
    if on < opens_on:
        return CallState.PLANNED
    return CallState.OPEN if on <= closes_on else CallState.CLOSED


def check_window(opens_on: date, closes_on: date, today: date) -> None:
    """Raise Refused for a window that has passed or ends before it begins."""
    if closes_on < opens_on:
        raise Refused(_("The window cannot end before it begins: check both dates"), "closes_on")
    if closes_on < today:
        raise Refused(_("This day has passed: choose one to come"), "closes_on")


def check_notice(days: int) -> None:
    """Raise Refused for no or too many working days of public notice."""
    if not 1 <= days <= LONGEST_NOTICE:
        raise Refused(
            _("Choose between 1 and %(most)d working days", most=LONGEST_NOTICE), "notice_days"
        )


def check_extension(closes_on: date, new: date, today: date) -> None:
    """Raise Refused unless the new last day lies after the present one and has not passed."""
    if new <= closes_on:
        raise Refused(
            _("The call runs until %(day)s already: name a later day", day=closes_on.isoformat()),
            "closes_on",
        )
    if new < today:
        raise Refused(_("This day has passed: choose one to come"), "closes_on")


def documents_of(required: str, optional: str) -> list[dict[str, Any]]:
    """Return the documents two texts name, one a line, “中文 / English” or Chinese alone.

    Raises Refused for none, for a name given twice and for one that is too long.
    """
    found: list[dict[str, Any]] = []
    for text, needed in ((required, True), (optional, False)):
        for line in filter(None, (line.strip() for line in text.splitlines())):
            chinese, _slash, english = (part.strip() for part in line.partition(SLASH))
            field = "required" if needed else "optional"
            if len(line) > 120:
                raise Refused(_("A document’s name has at most 120 characters"), field)
            if chinese in {one["name_zh"] for one in found}:
                raise Refused(_("“%(name)s” is named twice", name=chinese), field)
            slug = f"document-{len(found) + 1}"
            found.append({"slug": slug, "name_zh": chinese, "name_en": english, "required": needed})
    if not any(one["required"] for one in found):
        raise Refused(_("Name at least one document that is to be handed in"), "required")
    return found


def check_open(opens_on: date, closes_on: date, today: date) -> None:
    """Raise Refused, saying since or until when, outside the window."""
    state = state_on(opens_on, closes_on, today)
    if state == CallState.PLANNED:
        raise Refused(
            _("Applications are taken from %(day)s on: come back then", day=opens_on.isoformat())
        )
    if state == CallState.CLOSED:
        raise Refused(
            _(
                "The window ended on %(day)s: wait for the next call, or ask the office named",
                day=closes_on.isoformat(),
            )
        )
