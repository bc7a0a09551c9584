"""Pure decisions of the review: enough scores, all opinions in, what the sheet adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused

TENTH = Decimal("0.1")
MET, UNMET = "met", "unmet"


def check_enough_scores(given: int, needed: int) -> None:
    """Raise Refused while fewer officers than the call asks for have given their score."""
    if given < needed:
        raise Refused(
            _(
                "%(needed)d officers give their score first; so far %(given)d did",
                needed=needed,
                given=given,
            ),
            "decision",
        )


def check_replies(waiting: Sequence[tuple[str, date]], today: date) -> None:
    """Raise Refused while a body that was asked, given by name and due day, may still answer."""
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


def summary(sheet: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return by line what the scores come to: points as the mean to a tenth, verdicts as how
    many of all found it met."""
    found: dict[str, Any] = {}
    for line in sheet:
        given = [one[line["id"]] for one in answers if line["id"] in one]
        if not given:
            continue
        if line["kind"] == "points":
            mean = Decimal(sum(given)) / len(given)
            found[line["id"]] = mean.quantize(TENTH, rounding=ROUND_HALF_UP)
        else:
            found[line["id"]] = (sum(one == MET for one in given), len(given))
    return found


def check_due(due_on: date, today: date) -> None:
    """Raise Refused unless a body asked has at least until tomorrow."""
    if due_on <= today:
        raise Refused(_("Give the bodies at least until tomorrow to answer"), "due_on")
