"""What the portal itself can say of a registration: code, its place, names near another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from portal import city
from portal.enterprises.models import Enterprise, LikelyPair
from portal.enterprises.rules import uscc
from portal.errors import Refused

DIVISION = slice(2, 8)  # where a credit code names the division it was issued in


@dataclass(frozen=True)
class Check:
    """One thing compared by the portal: its field, how it came out, and in words.

    Only a wrong or taken code is a fault; a division of elsewhere or a near name is a hint.
    """

    field: str
    is_good: bool
    words: str


def checks_of(
    enterprise: Enterprise, taken: Enterprise | None, pairs: Sequence[LikelyPair]
) -> list[Check]:
    """Return what the portal finds; `taken` holds the code now, `pairs` are likely duplicates."""
    return [
        code_check(enterprise, taken),
        division_check(enterprise),
        name_check(pairs),
    ]


def code_check(enterprise: Enterprise, taken: Enterprise | None) -> Check:
    """Say whether the code is well formed and nobody else's."""
    try:
        uscc.check(enterprise.uscc)
    except Refused as refusal:
        return Check("uscc", False, refusal.message)
    if taken is not None and taken.id != enterprise.id:
        return Check("uscc", False, _("The code belongs to another record"))
    return Check("uscc", True, _("Check character right, code not taken"))


def division_check(enterprise: Enterprise) -> Check:
    """Say whether the division in the code is the district's; elsewhere it was only issued."""
    named = city.district_of_division(enterprise.uscc[DIVISION])
    district = enterprise.district.slug if enterprise.district else ""
    if named is None:
        return Check("district", True, _("The code was issued elsewhere; it says nothing here"))
    if named != district:
        return Check("district", False, _("The code was issued in another district: compare"))
    return Check("district", True, _("District and code agree"))


def name_check(pairs: Sequence[LikelyPair]) -> Check:
    """Say whether a record of nearly the same name or contact exists."""
    if not pairs:
        return Check("name", True, _("No record of nearly this name"))
    words = ngettext(
        "%(num)d record may be the same", "%(num)d records may be the same", len(pairs)
    )
    return Check("name", False, words)


def phrase(checks: Sequence[Check]) -> str:
    """Return the checks in one phrase for the worklist: what does not agree, else that all does."""
    wrong = [check.words for check in checks if not check.is_good]
    return _("; ").join(wrong) if wrong else _("Agrees")
