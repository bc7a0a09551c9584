"""A sheet several officers fill in, each for themselves: what a line takes, what all come to.

A sheet is a list of lines with id, zh, en, kind and, for points, max. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused

TENTH = Decimal("0.1")
MET, UNMET = "met", "unmet"


class SheetKind(StrEnum):
    """What a reviewer gives for a line of the sheet."""

    VERDICT = "verdict"
    POINTS = "points"


def check_points(given: dict[str, Any], sheet: Sequence[dict[str, Any]]) -> None:
    """Raise Refused at the first line of the sheet without an answer or outside its band."""
    for line in sheet:
        value = given.get(line["id"])
        if value is None or value == "":
            raise Refused(_("Give an answer for every line of the sheet"), line["id"])
        if line["kind"] == SheetKind.POINTS and not 0 <= value <= line["max"]:
            raise Refused(_("Give between 0 and %(most)s points", most=line["max"]), line["id"])


def summary(sheet: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return by line what the scores come to: points as the mean to a tenth, verdicts as how
    many of all found it met."""
    found: dict[str, Any] = {}
    for line in sheet:
        given = [one[line["id"]] for one in answers if line["id"] in one]
        if not given:
            continue
        if line["kind"] == SheetKind.POINTS:
            found[line["id"]] = mean(given)
        else:
            found[line["id"]] = (sum(one == MET for one in given), len(given))
    return found


def mean(given: Sequence[int]) -> Decimal:
    """Return the mean to a tenth."""
    return (Decimal(sum(given)) / len(given)).quantize(TENTH, rounding=ROUND_HALF_UP)
