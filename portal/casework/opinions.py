"""Asking other bodies for their opinion (征求意见): what they answer, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.errors import Refused


class ReplyKind(StrEnum):
    """What a body that was asked answers."""

    NO_OPINION = "no_opinion"
    OPINION = "opinion"


REPLY_NAMES = {
    ReplyKind.NO_OPINION: _l("No opinion"),
    ReplyKind.OPINION: _l("Has an opinion"),
}


class ReplyWay(StrEnum):
    """By which way an answer came."""

    SYSTEM = "system"
    PAPER = "paper"


REPLY_WAY_NAMES = {
    ReplyWay.SYSTEM: _l("Answered on the portal"),
    ReplyWay.PAPER: _l("Answered on paper"),
}


def check_replies(waiting: Sequence[tuple[str, date]], unread: Sequence[str], today: date) -> None:
    """Raise Refused while a body that was asked, given by name and due day, may still answer, or
    one is among the `unread`, whose reply on paper no second officer has compared."""
    if unread:
        names = _("; ").join(unread)
        raise Refused(_("Paper replies wait for a second officer: %(names)s", names=names))
    still = [(name, due) for name, due in waiting if due >= today]
    if still:
        raise Refused(
            _(
                "Opinions are still awaited: %(names)s, until %(day)s",
                names=_("; ").join(name for name, _due in still),
                day=max(due for _name, due in still).isoformat(),
            ),
            "decision",
        )


def check_due(due_on: date, today: date) -> None:
    """Raise Refused unless a body asked has at least until tomorrow."""
    if due_on <= today:
        raise Refused(_("Give the bodies at least until tomorrow to answer"), "due_on")


def check_paper_day(replied_on: date, asked_on: date, today: date) -> None:
    """Raise Refused for a paper of before the question was asked, or of a day to come."""
    if not asked_on <= replied_on <= today:
        raise Refused(
            _("A reply is of a day between %(day)s and today", day=asked_on.isoformat()),
            "replied_on",
        )
