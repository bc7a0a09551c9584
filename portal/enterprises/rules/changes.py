"""Reporting a change of verified facts: what a report needs, and until when it is due."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.enterprises.rules.durations import months_later
from portal.enterprises.rules.states import LOCKED
from portal.enterprises.terms.changes import ADDRESS, Reason, Verdict
from portal.enterprises.terms.record import OPTIONAL
from portal.errors import Refused

REPORTED = tuple(
    item for name in LOCKED for item in ((name, ADDRESS) if name == "zone" else (name,))
)
MONTHS_TO_REPORT = 3  # from the day the change took effect


def report_by(effective_on: date) -> date:
    """Return the last day on which a change is reported in time."""
    return months_later(effective_on, MONTHS_TO_REPORT)


def is_late(effective_on: date, reported_on: date) -> bool:
    """Say whether a report came after its last day."""
    return reported_on > report_by(effective_on)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the items in which a report differs from the record, both plain."""
    return [name for name in REPORTED if name in after and differs(before.get(name), after[name])]


def differs(one: Any, other: Any) -> bool:
    """Say whether two plain values differ; empty is empty, however it is written."""
    return (one or None) != (other or None)


def check_report(after: Mapping[str, Any], changed: Collection[str], *, evidence: bool) -> None:
    """Raise Refused at its field for a report that changes nothing, empties what the registry
    needs, moves to another district without a new address, or brings no evidence."""
    for name in changed:
        if name not in OPTIONAL and after[name] in (None, "", []):
            raise Refused(_("A record in the registry cannot do without this: enter it"), name)
    if not changed:
        raise Refused(_("Nothing differs from the record: enter at least one new value"))
    if "district" in changed and ADDRESS not in changed and after.get(ADDRESS):
        raise Refused(
            _("The district changes, so the address does too: enter the new one"), ADDRESS
        )
    if not evidence:
        raise Refused(_("Upload what proves the change, such as the new licence"), "evidence")


def check_effective(effective_on: date | None, reason: str, today: date) -> None:
    """Raise Refused for a change without reason or day, or one that is still to come."""
    if reason not in set(Reason):
        raise Refused(_("Choose what kind of change it is"), "reason")
    if effective_on is None:
        raise Refused(_("Enter the day on which the change took effect"), "effective_on")
    if effective_on > today:
        raise Refused(
            _("The change is still to come: report it once it has taken effect"), "effective_on"
        )


def given_reasons(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that say something, by item in their order."""
    said = {name: reasons.get(name, "").strip() for name in REPORTED}
    return {name: reason for name, reason in said.items() if reason}


def check_verdict(verdict: Verdict, reasons: Mapping[str, str], ground: str) -> None:
    """Raise Refused when a return names no item or a refusal no ground."""
    if verdict == Verdict.RETURN and not reasons:
        raise Refused(_("Mark at least one item to correct and say why"))
    if verdict == Verdict.REFUSE and not ground.strip():
        raise Refused(_("Give the ground for refusing; the enterprise will read it"), "ground")
