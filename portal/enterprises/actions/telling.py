"""Letters to those who act for an enterprise: by mail and in their inbox on the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.accounts.models import Person
from portal.accounts.queries import mail_of
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.members import members_of
from portal.messages import write_inbox, write_mail


def tell(person: Person, enterprise: Enterprise, template: str, **values: Any) -> None:
    """Owe one person a letter; `values` must be plain JSON without personal data."""
    facts = {"enterprise": enterprise.id, "name": enterprise.name, **values}
    write_inbox(person, template, **facts)
    identifier = mail_of(person)
    if identifier is not None:
        write_mail(
            identifier.subject, template, language=person.language, person_id=person.id, **facts
        )


def tell_members(enterprise: Enterprise, template: str, **values: Any) -> None:
    """Owe a letter to each member."""
    for membership in members_of(enterprise.id):
        tell(membership.person, enterprise, template, **values)


def tell_event(people: Iterable[Person], enterprise: Enterprise, event: str, **values: Any) -> None:
    """Owe each of several people a letter about who acts for the enterprise; `event` picks its
    words in the template."""
    for person in people:
        tell(person, enterprise, "membership", event=event, **values)
