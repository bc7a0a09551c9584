"""What the worker does with mails and SMS: render in the reader's language, hand to a carrier.

A message that cannot be delivered never holds up the others: it alone is tried again, and given
up once it is no longer of use. Neither address nor text is ever logged.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from portal import clock
from portal.database import transaction
from portal.extensions import db
from portal.messages.models import Message
from portal.outbox import Handler, Unfinished
from portal.web.letters import Letter
from portal.web.requests import public_url

logger = logging.getLogger(__name__)

Carrier = Callable[[int, EmailMessage], None]
Send = Callable[[Message], Callable[[], None]]
Render = Callable[[str, str, Mapping[str, Any]], Letter]


def write_whole(folder: Path, name: str, content: bytes) -> None:
    """Write a file so that readers see all of it or nothing; again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}.part"
    draft.write_bytes(content)
    draft.replace(folder / name)


def to_folder(folder: Path) -> Carrier:
    """Return a carrier that writes one file per mail."""

    def carry(number: int, mail: EmailMessage) -> None:
        write_whole(folder, f"{number:08d}.eml", mail.as_bytes())

    return carry


def to_server(settings: Mapping[str, Any]) -> Carrier:
    """Return a carrier that speaks SMTP with the configured server."""

    def carry(_number: int, mail: EmailMessage) -> None:
        with smtplib.SMTP(settings["MAIL_SERVER"], settings["MAIL_PORT"], timeout=20) as server:
            if settings["MAIL_STARTTLS"]:
                server.starttls()
            if settings["MAIL_USERNAME"]:
                server.login(settings["MAIL_USERNAME"], settings["MAIL_PASSWORD"])
            server.send_message(mail)

    return carry


def mail_handler(render: Render, carry: Carrier, sender: str, domain: str) -> Handler:
    """Return the outbox handler for mail. A repeated delivery keeps the same Message-ID, so
    that a mail server or reader sees one message even if the worker was killed in between."""

    def prepare(message: Message) -> Callable[[], None]:
        number = message.id
        letter = render(message.template, message.language, message.values)
        mail = compose(message, letter, sender, domain)
        return lambda: carry(number, mail)

    return handler(prepare)


def handler(prepare: Send) -> Handler:
    """Return an outbox handler; `prepare` reads a row and returns what sends it, which then runs
    outside any transaction."""

    def deliver(payloads: Sequence[Mapping[str, Any]]) -> None:
        failed = {}
        for position, payload in enumerate(payloads):
            try:
                deliver_one(payload["message"], prepare)
            except Exception as error:
                db.session.rollback()
                failed[position] = type(error).__name__
                logger.error("message %s not delivered: %s", payload["message"], failed[position])
        if failed:
            raise Unfinished(failed)

    return deliver


def deliver_one(number: int, prepare: Send) -> None:
    """Deliver a message that is still owed and of use, then forget its address and values."""
    message = db.session.get(Message, number)
    if message is None or message.delivered_at is not None or message.given_up_at is not None:
        db.session.rollback()
        return
    late = message.useful_until is not None and message.useful_until < clock.now()
    send = None if late else prepare(message)
    db.session.rollback()
    if send is not None:
        send()
    with transaction():
        done = db.session.get_one(Message, number)
        if late:
            done.given_up_at = clock.now()
            logger.error("message %s given up: not delivered while it was of use", number)
        else:
            done.delivered_at = clock.now()
        done.address, done.values = "", {}


def compose(message: Message, letter: Letter, sender: str, domain: str) -> EmailMessage:
    """Return the mail for a rendered letter; `one_click` among its values is the address at which
    a mail program stops such letters (RFC 8058)."""
    mail = EmailMessage()
    mail["Subject"] = letter.subject
    mail["From"], mail["To"] = sender, message.address
    mail["Message-ID"] = f"<portal-{message.id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if "one_click" in message.values:
        mail["List-Unsubscribe"] = f"<{public_url(message.values['one_click'])}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text + "\n")
    return mail
