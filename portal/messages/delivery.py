"""What the worker does with a mail: render it in its reader's language, hand it to a carrier."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from portal import clock
from portal.database import transaction
from portal.extensions import db
from portal.messages.models import Message

Carrier = Callable[[int, EmailMessage], None]
Render = Callable[[str, str, Mapping[str, Any]], str]


def to_folder(folder: Path) -> Carrier:
    """Return a carrier that writes one file per message; writing it again changes nothing."""

    def carry(number: int, mail: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{number}.part"
        draft.write_bytes(mail.as_bytes())
        draft.replace(folder / f"{number:08d}.eml")

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


def handler(
    render: Render, carry: Carrier, sender: str, domain: str
) -> Callable[[Sequence[Mapping[str, Any]]], None]:
    """Return the outbox handler for mail. A repeated delivery keeps the same Message-ID, so
    that a mail server or reader sees one message even if the worker was killed in between."""

    def deliver(payloads: Sequence[Mapping[str, Any]]) -> None:
        for payload in payloads:
            deliver_one(payload["message"])

    def deliver_one(number: int) -> None:
        message = db.session.get(Message, number)
        if message is None or message.delivered_at is not None:
            db.session.rollback()
            return
        text = render(message.template, message.language, message.values)
        mail = compose(message, text, sender, domain)
        db.session.rollback()
        carry(number, mail)
        with transaction():
            delivered = db.session.get_one(Message, number)
            delivered.delivered_at = clock.now()
            delivered.address, delivered.values = "", {}

    return deliver


def compose(message: Message, text: str, sender: str, domain: str) -> EmailMessage:
    """Return the mail for a rendered text whose first line is the subject."""
    subject, _, body = text.strip().partition("\n")
    mail = EmailMessage()
    mail["Subject"] = subject.strip()
    mail["From"], mail["To"] = sender, message.address
    mail["Message-ID"] = f"<portal-{message.id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body.strip() + "\n")
    return mail
