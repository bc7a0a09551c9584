"""Pure decisions on notices: when one runs, when a decision may be taken."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.errors import Refused
from portal.recognition.terms.applications import AppState


def check_running(starts_on: date, ends_on: date, day: date, field: str | None = None) -> None:
    """Raise Refused for a day outside those of a notice; both ends belong to it."""
    if not starts_on <= day <= ends_on:
        raise Refused(
            _(
                "Objections are taken while the notice runs, from %(begin)s to %(end)s",
                begin=starts_on.isoformat(),
                end=ends_on.isoformat(),
            ),
            field,
        )


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
