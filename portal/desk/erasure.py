"""Deleting one's account across the domains, in one action."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit
from portal.accounts.actions.erasure import forget_person, rights_that_keep
from portal.accounts.actions.proving import prove_password
from portal.accounts.models import Person
from portal.alerts.actions import forget_person as forget_alerts
from portal.database import action
from portal.enterprises.actions.people import forget_member
from portal.enterprises.queries.people import owned_alone
from portal.errors import Refused
from portal.partners.actions import forget_member as forget_partner_member


def reasons_against(person: Person) -> list[str]:
    """Return why the account cannot be deleted now: each with what to do first."""
    found = [rights_that_keep(person)]
    found += [
        _(
            "You are the only owner of %(name)s: make somebody else its owner, or ask the bureau"
            " to remove the record",
            name=enterprise.name,
        )
        for enterprise in owned_alone(person)
    ]
    return [reason for reason in found if reason]


def delete_account(person: Person, password: str, origin: str) -> None:
    """Delete a person's account after checking the password; the origin is counted.

    Raises Refused for a wrong password and while something keeps the account, Throttled.
    """
    prove_password(person, password, origin)
    erase(person)


@action
def erase(person: Person) -> None:
    """Forget the person in every domain; the trail keeps their number and stays whole.

    Raises Refused, with what to do first, while something keeps the account.
    """
    reasons = reasons_against(person)
    if reasons:
        raise Refused(reasons[0])
    forget_member(person)
    forget_partner_member(person)
    forget_alerts(person)
    forget_person(person)
    audit.record(person, "erase_person", person)
