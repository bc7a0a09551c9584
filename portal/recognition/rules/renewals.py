"""Pure decisions on holding and renewing a title: who may apply, and until when it then holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from portal.classification.rules.titles import default_until
from portal.classification.terms.titles import EXPIRING_DAYS, Standing
from portal.errors import Refused


def check_applicable(held: Sequence[tuple[str, str]], *, renewals_only: bool) -> None:
    """Raise Refused for an enterprise that holds the title (standing, number) outside the time of
    its renewal, or that has nothing to renew under a call for renewals."""
    for standing, number in held:
        if standing == Standing.VALID:
            raise Refused(
                _(
                    "The enterprise holds this title already, no. %(number)s: it may apply again in"
                    " the last %(days)d days of its validity",
                    number=number,
                    days=EXPIRING_DAYS,
                ),
                "enterprise",
            )
        if standing == Standing.SUSPENDED:
            raise Refused(
                _(
                    "The title no. %(number)s is suspended: apply once that is lifted",
                    number=number,
                ),
                "enterprise",
            )
    if renewals_only and not any(standing == Standing.EXPIRING for standing, _number in held):
        raise Refused(
            _(
                "This call is for renewals: the enterprise holds no title in the last %(days)d days"
                " of its validity",
                days=EXPIRING_DAYS,
            ),
            "enterprise",
        )


def check_not_barred(until: date | None, today: date) -> None:
    """Raise Refused, naming the day, while a revocation bars the enterprise from the title."""
    if until is not None and today <= until:
        raise Refused(
            _(
                "The title was revoked for this enterprise and is not granted to it again until"
                " %(day)s: apply from the day after",
                day=until.isoformat(),
            ),
            "enterprise",
        )


def renewed_until(old_until: date | None, decided_on: date, months: int | None) -> date | None:
    """Return the last day of a renewed title: its term runs on from the end of the old one, or
    from the decision when that ended before."""
    begin = decided_on
    if old_until is not None and old_until >= decided_on:
        begin = old_until + timedelta(days=1)
    return default_until(begin, months)
