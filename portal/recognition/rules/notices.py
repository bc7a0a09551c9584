"""Pure decisions on notices: when a decision may be taken."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.errors import Refused
from portal.recognition.terms.applications import AppState


def check_over(state: str, ends_on: date, today: date) -> None:
    """Raise Refused while the notice runs or an objection is being examined."""
    if state == AppState.CONTESTED:
        raise Refused(_("An objection is being examined: decide on that first"))
    if today <= ends_on:
        raise Refused(
            _(
                "The notice runs until the end of %(day)s: decide from the next day on",
                day=ends_on.isoformat(),
            )
        )
