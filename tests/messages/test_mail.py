"""Mails: in the reader's language, delivered once whatever happens in between, then emptied."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any, ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from portal import outbox
from portal.cli.work import compose_handlers
from portal.database import action
from portal.extensions import db
from portal.messages import write_mail
from portal.messages.delivery import mail_handler, to_server
from portal.messages.models import Message
from portal.web.letters import render_letter
from tests.worker import Mailbox, drain

TO = "reader@example.com"


@action
def write(language: str = "zh_Hans_CN", to: str = TO) -> None:
    write_mail(to, "reset", language=language, token="a-token")


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("zh_Hans_CN", "设置新密码", "请在1小时内打开以下链接"),
        ("en", "Set a new password", "Open this link within one hour"),
    ],
)
def test_a_mail_speaks_its_readers_language(
    mailbox: Mailbox, language: str, subject: str, words: str
) -> None:
    write(language)
    (mail,) = mailbox.mails(TO)
    assert mail["Subject"] == subject
    assert words in mail.get_content()
    assert "http://localhost/account/reset/a-token" in mail.get_content()
    assert mail["Auto-Submitted"] == "auto-generated"


def test_once_delivered_address_and_link_are_forgotten(mailbox: Mailbox) -> None:
    write()
    mailbox.mails()
    message = db.session.scalars(select(Message)).one()
    assert message.delivered_at is not None
    assert (message.address, message.values) == ("", {})


def test_a_worker_killed_between_delivery_and_commit_delivers_the_same_file_again(
    app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()

    def killed() -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("portal.messages.delivery.transaction", killed)
        with pytest.raises(KeyboardInterrupt):
            outbox.drain(compose_handlers())
    db.session.rollback()
    paths = list((app.config["DATA"] / "mail").iterdir())
    assert len(paths) == 1
    assert len(mailbox.mails(TO)) == 1
    assert db.session.scalars(select(Message)).one().delivered_at is not None


def test_a_message_delivered_already_is_not_sent_again(app: Flask) -> None:
    write()
    drain(app)
    sent: list[int] = []
    number = db.session.scalars(select(Message.id)).one()
    deliver = mail_handler(
        render_letter, lambda n, _mail: sent.append(n), "a@b.example", "b.example"
    )
    deliver([{"message": number}, {"message": 999}])
    assert sent == []


def test_a_mail_that_cannot_be_delivered_is_tried_again(
    app: Flask, mailbox: Mailbox, wait: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    mail = app.config["DATA"] / "mail"
    mail.write_text("in the way")
    assert drain(app) == 0
    mail.unlink()
    assert mailbox.mails() == []
    wait(seconds=3)
    assert len(mailbox.mails()) == 1


class Server:
    """What smtplib.SMTP does, remembered."""

    sent: ClassVar[list[EmailMessage]] = []
    calls: ClassVar[list[str]] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.calls.append(f"{host}:{port}")

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_error: object) -> None: ...

    def starttls(self) -> None:
        self.calls.append("starttls")

    def login(self, name: str, _password: str) -> None:
        self.calls.append(f"login {name}")

    def send_message(self, mail: EmailMessage) -> None:
        self.sent.append(mail)


def test_a_configured_server_gets_the_mail_over_tls(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    settings = {
        "MAIL_SERVER": "mail.example",
        "MAIL_PORT": 587,
        "MAIL_STARTTLS": True,
        "MAIL_USERNAME": "portal",
        "MAIL_PASSWORD": "secret",
    }
    write()
    number = db.session.scalars(select(Message.id)).one()
    mail_handler(render_letter, to_server(settings), "a@b.example", "b.example")(
        [{"message": number}]
    )
    assert Server.calls == ["mail.example:587", "starttls", "login portal"]
    assert Server.sent[0]["Message-ID"] == f"<portal-{number}@b.example>"
    assert Server.sent[0]["To"] == TO
