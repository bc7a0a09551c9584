"""Telling people something by every channel they can be reached by."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Person
from portal.accounts.queries import people as queries
from portal.accounts.queries.sign_ins import identifiers_of
from portal.accounts.terms import IdentifierKind
from portal.messages import write_inbox, write_mail, write_sms


def tell(person: Person, template: str, /, **values: Any) -> None:
    """Write a letter to a person's inbox and to their confirmed mail address; without one an
    SMS announces it. Only inside an action.

    `template` is `templates/messages/<template>.txt`; `values` are plain JSON, kept in the inbox:
    never a code or a link that opens something.
    """
    announce(person, template, values)
    write_inbox(person, template, **values)


def announce(person: Person, template: str, values: dict[str, Any]) -> None:
    """Write the mail, or the SMS, that leaves the portal; nothing to whom neither reaches."""
    mail = queries.mail_of(person)
    if mail is not None:
        write_mail(mail.subject, template, language=person.language, person_id=person.id, **values)
        return
    phone = queries.phone_of(person)
    if phone is not None:
        write_sms(phone.subject, template, language=person.language, person_id=person.id, **values)


def alert(person: Person, template: str, /, **values: Any) -> None:
    """Tell a person about their own account by every channel: each confirmed mail address and
    phone, and the inbox. Only inside an action."""
    writers = {IdentifierKind.MAIL: write_mail, IdentifierKind.PHONE: write_sms}
    for identifier in identifiers_of(person):
        write = writers.get(IdentifierKind(identifier.kind))
        if write is not None:
            write(
                identifier.subject,
                template,
                language=person.language,
                person_id=person.id,
                **values,
            )
    write_inbox(person, template, **values)
