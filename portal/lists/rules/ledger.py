"""What an entry may come to, and what must have an outcome before a list goes on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.errors import Refused
from portal.lists.terms.entries import LIFE_NAMES, Life
from portal.lists.terms.ledger import BY_CURATOR, BY_PUBLISHER, NEEDS_WORDS, NotedAs

YEAR = timedelta(days=365)
ANSWER_WITHIN = timedelta(days=30)
LARGEST_AMOUNT = Decimal(10) ** 8  # 万元


def check_outcome(
    noted_as: NotedAs, present: str, life: Life, words: str, amount: Decimal | None
) -> None:
    """Raise Refused for a step the person may not note, or one without its words.

    A withdrawn entry stays withdrawn; what is withdrawn is decided by two officers elsewhere.
    """
    if present == Life.WITHDRAWN:
        raise Refused(_("This entry was withdrawn: nothing more comes of it"))
    allowed: Collection[Life] = BY_CURATOR if noted_as == NotedAs.CURATOR else BY_PUBLISHER
    if life not in allowed:
        raise Refused(
            _("“%(life)s” is noted by the bureau or follows by itself", life=LIFE_NAMES[life]),
            "life",
        )
    if life in NEEDS_WORDS and not words.strip():
        raise Refused(_("Say what came of the entry; the public reads it"), "outcome")
    if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
        raise Refused(_("The amount is in 万元 and cannot be below 0 or so large"), "amount")


def check_all_ended(open_entries: int, is_waived: bool) -> None:
    """Raise Refused while entries of the list, or of the one before, have no outcome."""
    if open_entries and not is_waived:
        raise Refused(
            ngettext(
                "%(num)d published entry of this list has no outcome yet: note what came of it,"
                " or have two officers waive it with a reason",
                "%(num)d published entries of this list have no outcome yet: note what came of"
                " them, or have two officers waive it with a reason",
                open_entries,
            )
        )


def is_asked(since: date, today: date) -> bool:
    """Say whether it is time to ask again whether an entry is still open: a year after it was
    published or last confirmed."""
    return since + YEAR <= today
