"""Letters to those who act for an enterprise: in their inbox, and by mail or SMS."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.accounts.actions.telling import tell as announce
from portal.accounts.models import Person
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import members_of


def tell(person: Person, enterprise: Enterprise, template: str, **values: Any) -> None:
    """Owe one person a letter; `values` must be plain JSON without personal data."""
    announce(person, template, enterprise=enterprise.id, name=enterprise.name, **values)


def tell_members(enterprise: Enterprise, template: str, **values: Any) -> None:
    """Owe a letter to each member."""
    for membership in members_of(enterprise.id):
        tell(membership.person, enterprise, template, **values)


def tell_event(people: Iterable[Person], enterprise: Enterprise, event: str, **values: Any) -> None:
    """Owe each of several people a letter about who acts for the enterprise; `event` picks its
    words in the template."""
    for person in people:
        tell(person, enterprise, "membership", event=event, **values)
