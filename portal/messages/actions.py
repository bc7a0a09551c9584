"""Writing mails, SMS and inbox letters inside an action; marking a letter as read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal import clock, outbox
from portal.database import action
from portal.errors import NotFound
from portal.extensions import db
from portal.messages.models import InboxMessage, Message
from portal.messages.terms import USEFUL, Channel, Recipient


def write_mail(
    address: str, template: str, /, *, language: str, person_id: int | None = None, **values: Any
) -> None:
    """Owe one mail from `templates/messages/<template>.txt`, whose first line is the subject.

    `values` must be plain JSON; they are emptied after delivery.
    """
    owe(Channel.MAIL, address, template, language, person_id, values)


def write_sms(
    number: str,
    template: str,
    /,
    *,
    language: str,
    person_id: int | None = None,
    useful_for: timedelta = USEFUL,
    **values: Any,
) -> None:
    """Owe one SMS from `templates/messages/sms/<template>.txt`.

    A template that exists only as a letter is announced by its subject. After `useful_for` the
    worker no longer tries: nobody needs yesterday's code.
    """
    owe(Channel.SMS, number, template, language, person_id, values, useful_for)


def write_nothing() -> None:
    """Write the rows of a message that nobody gets, where it must not show whether there is
    somebody to write to."""
    owe(Channel.MAIL, "", "", "", None, {}, given_up_at=clock.now())


def owe(
    channel: Channel,
    address: str,
    template: str,
    language: str,
    person_id: int | None,
    values: dict[str, Any],
    useful_for: timedelta = USEFUL,
    **more: Any,
) -> None:
    """Add the row that holds what is to be delivered; the outbox names its number only."""
    message = Message(
        channel=channel,
        person_id=person_id,
        address=address,
        language=language,
        template=template,
        values=values,
        written_at=clock.now(),
        useful_until=clock.now() + useful_for,
        **more,
    )
    db.session.add(message)
    db.session.flush()
    outbox.send(channel, message=message.id)


def write_inbox(person: Recipient, template: str, /, **values: Any) -> InboxMessage:
    """Put a letter into a person's inbox, from the same template as a mail.

    `values` must be plain JSON and are kept: never a code, a link that opens something, or
    another person's data.
    """
    letter = InboxMessage(
        person_id=person.id, template=template, values=values, written_at=clock.now()
    )
    db.session.add(letter)
    return letter


@action
def mark_read(person: Recipient, letter: InboxMessage) -> None:
    """Note that the person has opened their letter. Raises NotFound for somebody else's."""
    if letter.person_id != person.id:
        raise NotFound
    if letter.read_at is None:
        letter.read_at = clock.now()
