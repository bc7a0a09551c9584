"""When questions about an entry are taken, and how many."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.entries import Life

MOST_WAITING = 5
LONGEST_QUESTION, LONGEST_ANSWER = 500, 1000
TAKING = frozenset({Life.OPEN, Life.IN_TALKS})


def check_taking(life: str, is_over: bool) -> None:
    """Raise Refused for an entry that takes no questions: over, or past its closing date."""
    if life not in TAKING or is_over:
        raise Refused(_("Questions were taken until the closing date: this entry is over"))


def check_not_too_many(waiting: int) -> None:
    """Raise Refused when a person's earlier questions on an entry still wait."""
    if waiting >= MOST_WAITING:
        raise Refused(
            _("%(count)d of your questions here still wait for an answer", count=waiting),
            "question",
        )
