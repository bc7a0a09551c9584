"""What the worker does, done at once, and the mails and SMS it wrote."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

from flask import Flask

from portal import outbox
from portal.cli.work import compose_handlers
from portal.extensions import db
from tests.scenes import scene


@scene
def drain(app: Flask) -> int:
    """Do all the work that is due; return how many messages were handled."""
    total = 0
    with app.app_context():
        while done := outbox.drain(compose_handlers()):
            total += done
    db.session.rollback()
    return total


class Mailbox:
    """The mails written so far, as their readers see them."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def mails(self, to: str = "") -> list[EmailMessage]:
        """Deliver what is due and return the mails, oldest first, to one address or to all."""
        drain(self.app)
        paths = sorted((self.app.config["DATA"] / "mail").glob("*.eml"))
        read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
        return [mail for mail in read if to in ("", mail["To"])]

    def subjects(self, to: str = "") -> list[str]:
        """Return the subjects of the mails."""
        return [str(mail["Subject"]) for mail in self.mails(to)]

    def link(self, to: str) -> str:
        """Return the path of the first address in the newest mail to somebody."""
        text = str(self.mails(to)[-1].get_content())
        found = re.search(r"https?://\S+", text)
        assert found, text
        return urlsplit(found.group()).path


class Phones:
    """The SMS written so far, as their readers see them."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def texts(self, to: str = "") -> list[str]:
        """Deliver what is due and return the texts, oldest first, to one number or to all."""
        drain(self.app)
        paths = sorted((self.app.config["DATA"] / "sms").glob("*.txt"))
        read = [path.read_text(encoding="utf-8").split("\n\n", 1) for path in paths]
        return [text.strip() for number, text in read if to in ("", number)]

    def code(self, to: str) -> str:
        """Return the six figures of the newest SMS to a number."""
        found = re.search(r"(?<!\d)\d{6}(?!\d)", self.texts(to)[-1])
        assert found
        return found.group()
