"""Writing a mail inside an action."""

from __future__ import annotations

from typing import Any

from portal import clock, outbox
from portal.extensions import db
from portal.messages.models import Message

TOPIC = "mail"


def write_mail(
    address: str, template: str, *, language: str, person_id: int | None = None, **values: Any
) -> None:
    """Owe one mail from `templates/messages/<template>.txt`, whose first line is the subject.

    `values` must be plain JSON; they are emptied after delivery.
    """
    message = Message(
        person_id=person_id,
        address=address,
        language=language,
        template=template,
        values=values,
        written_at=clock.now(),
    )
    db.session.add(message)
    db.session.flush()
    outbox.send(TOPIC, message=message.id)
