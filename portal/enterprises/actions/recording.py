"""Entering a record for an enterprise (the bureau in its place), to be verified by another."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.database import action
from portal.enterprises.actions.writers import is_reviewer, new_draft
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.recording import records_begun
from portal.enterprises.terms.record import Origin
from portal.errors import NotAllowed, Refused

MOST_BEGUN = 50  # records of one officer not sent off


@action
def start_record(actor: Person, *, is_sample: bool = False) -> Enterprise:
    """Open an empty record for an enterprise, filled in and sent off by the same steps and checks
    as an enterprise's own; nobody acts for it until it is handed over.

    Raises NotAllowed without the right, Refused when too many are begun.
    """
    if not is_reviewer(actor):
        raise NotAllowed(_("Only officers who review enterprises may enter a record for one"))
    if len(records_begun(actor)) >= MOST_BEGUN:
        raise Refused(_("You have %(count)d records begun: complete one first", count=MOST_BEGUN))
    enterprise = new_draft(actor, origin=Origin.BUREAU, is_sample=is_sample)
    office = office_of(actor, Right.REVIEW_ENTERPRISES)
    audit.record(actor, "start_record", enterprise, office=office.name_zh if office else "")
    return enterprise
