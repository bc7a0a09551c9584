"""When a published release may be changed, and how its versions count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.errors import Refused
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import Life


def next_version(version: str) -> str:
    """Return the version after this one: 1.0, 1.1 … 1.9, 1.10."""
    whole, _dot, part = version.partition(".")
    return f"{whole}.{int(part) + 1}"


def check_published(state: str) -> None:
    """Raise Refused unless a release in this state can be corrected or withdrawn."""
    if state not in PUBLIC_STATES:
        raise Refused(_("Only a published release is corrected by an erratum"))


def check_not_withdrawn(life: str) -> None:
    """Raise Refused for an entry that is no longer on the list."""
    if life == Life.WITHDRAWN:
        raise Refused(_("This entry was withdrawn: nothing in it can be corrected"))


def check_reason(reason: str) -> str:
    """Return the reason the public will read; raises Refused at `reason` without one."""
    if not reason.strip():
        raise Refused(_("Give the reason; the public reads it"), "reason")
    return reason.strip()


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return [before, after] of every fact that differs; empty and missing are the same."""
    return {
        name: [before.get(name, ""), value]
        for name, value in after.items()
        if (before.get(name) or "") != (value or "")
    }


def moved_since(changes: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the facts that are no longer what they were when the change was proposed."""
    return [
        name
        for name, (before, _after) in changes.items()
        if (now.get(name) or "") != (before or "")
    ]
