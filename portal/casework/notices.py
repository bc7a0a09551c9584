"""Public notices (公示): when one runs; pure."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.errors import Refused


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
