"""Pure decisions on certificates: what one states, and whether another may be issued."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _

from portal.classification.terms.certificates import STATED
from portal.classification.terms.titles import Standing
from portal.errors import Refused

IN_FORCE = (Standing.VALID, Standing.EXPIRING)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of what one statement says otherwise than another."""
    return tuple(name for name in STATED if before.get(name) != after.get(name))


def check_in_force(standing: str) -> None:
    """Raise Refused for a title that does not hold."""
    if standing not in IN_FORCE:
        raise Refused(_("A certificate is issued for a title in force only"))


def check_another(is_made: bool, changed: Collection[str]) -> None:
    """Raise Refused where the last certificate is being made or says what the record says."""
    if not is_made:
        raise Refused(_("The last certificate is being made: issue another after that"))
    if not changed:
        raise Refused(_("The last certificate says what the record says: it needs no successor"))


def check_ground(ground: str) -> None:
    """Raise Refused without a ground."""
    if not ground.strip():
        raise Refused(_("Say why another certificate is issued"), "ground")
