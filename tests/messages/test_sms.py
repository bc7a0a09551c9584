"""SMS: to files or a provider's gateway, tried again alone, given up when no longer of use."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from config import SettingsError, load_config
from portal.database import action
from portal.extensions import db
from portal.messages import write_mail, write_sms
from portal.messages.models import Message
from portal.messages.sms import GatewayRefused, Sms, check, filled, to_gateway
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.worker import Mailbox, Phones, drain

TO = "+8613800000001"
Wait = Callable[..., None]


@action
def write(to: str = TO, language: str = "zh_Hans_CN", **options: Any) -> None:
    write_sms(to, "claim_decided", language=language, accepted=True, enterprise=1, **options)


def owed() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.topic == "sms")))


def sms(text: str = "示例“短信”") -> Sms:
    return Sms(TO, text, "portal.example-7")


class Gateway(BaseHTTPRequestHandler):
    """A provider: remembers what was posted and answers as told."""

    asked: ClassVar[list[tuple[str, str | None, Any]]] = []
    status: ClassVar[int] = 200
    answer: ClassVar[bytes] = b'{"code": 0}'

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_words: object) -> None: ...


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A running gateway and the settings that name it."""
    monkeypatch.setattr(Gateway, "asked", [])
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield load_config(
        {
            "SECRET_KEY": "x",
            "SMS_GATEWAY": f"http://127.0.0.1:{server.server_port}/send?app=1",
            "SMS_TOKEN": "a-token",
            "SMS_REQUEST": '{"phones": ["{national}"], "text": "[示例]{text}", "n": 1}',
            "SMS_SUCCESS": "code=0",
        }
    )
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_a_gateway_an_sms_is_a_file(app: Flask, phones: Phones) -> None:
    write()
    (text,) = phones.texts(TO)
    assert text == "眉山新经济：企业成员申请的办理结果，请登录查看：http://localhost/my/"


def test_an_sms_speaks_its_readers_language(phones: Phones) -> None:
    write(language="en")
    assert "Decision on your request to act for an enterprise" in phones.texts(TO)[0]


def test_once_delivered_number_and_values_are_forgotten(phones: Phones) -> None:
    write()
    phones.texts()
    message = db.session.scalars(select(Message)).one()
    assert (message.channel, message.address, message.values) == ("sms", "", {})
    assert message.delivered_at is not None


def test_the_gateway_gets_the_request_the_settings_describe(gateway: dict[str, Any]) -> None:
    to_gateway(gateway)(7, sms())
    posted = {"phones": ["13800000001"], "text": "[示例]示例“短信”", "n": 1}
    assert Gateway.asked == [("/send?app=1", "Bearer a-token", posted)]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, b""), (302, b'{"code": 0}'), (200, b'{"code": 17}'), (200, b"<html>"), (200, b"[0]")],
)
def test_what_the_gateway_does_not_take_is_said_without_number_and_text(
    gateway: dict[str, Any], monkeypatch: pytest.MonkeyPatch, status: int, answer: bytes
) -> None:
    monkeypatch.setattr(Gateway, "status", status)
    monkeypatch.setattr(Gateway, "answer", answer)
    with pytest.raises(GatewayRefused) as refused:
        to_gateway(gateway)(7, sms())
    assert "1380000" not in str(refused.value)
    assert len(Gateway.asked) == 1, "a redirect is not followed"


def test_a_text_is_never_read_as_a_place_to_fill() -> None:
    assert filled({"a": "{text}"}, sms("{token}"), "secret") == {"a": "{token}"}


def test_an_answer_of_2xx_is_enough_where_no_success_is_named() -> None:
    check(204, b"", "")
    with pytest.raises(GatewayRefused):
        check(301, b"", "")


@pytest.mark.parametrize(
    "setting",
    [
        {"SMS_GATEWAY": "sms.example"},
        {"SMS_GATEWAY": "http://sms.example/send"},
        {"SMS_GATEWAY": "ftp://sms.example/send"},
        {"SMS_REQUEST": "to={number}"},
        {"SMS_REQUEST": '["{text}"]'},
        {"SMS_REQUEST": '{"to": "{number}"}'},
        {"SMS_TIMEOUT": "soon"},
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(setting: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="SMS_"):
        load_config({"SECRET_KEY": "x"} | setting)


def test_one_that_cannot_be_delivered_holds_up_no_other(
    app: Flask, phones: Phones, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("+8613800000001", "+8613800000002", "+8613800000003"):
        write(number)
    sent: list[str] = []

    def carry(_number: int, sms: Sms) -> None:
        if sms.number.endswith("2") and len(sent) < 3:
            raise GatewayRefused("status 500")
        sent.append(sms.number[-1])

    monkeypatch.setattr("portal.messages.sms.to_folder", lambda _folder: carry)
    assert drain(app) == 2
    assert sent == ["1", "3"]
    (left,) = owed()
    assert (left.attempts, left.last_error) == (1, "GatewayRefused")
    write("+8613800000004")
    drain(app)
    wait(seconds=3)
    drain(app)
    assert sent == ["1", "3", "4", "2"]


def test_the_log_names_neither_number_nor_text(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()

    def carry(_number: int, sms: Sms) -> None:
        raise ValueError(f"cannot send {sms.text} to {sms.number}")

    monkeypatch.setattr("portal.messages.sms.to_folder", lambda _folder: carry)
    with caplog.at_level(logging.DEBUG):
        drain(app)
    assert "not delivered: ValueError" in caplog.text
    assert "1380000" not in caplog.text
    assert "结果" not in caplog.text
    assert [message.payload.keys() for message in owed()] == [{"message"}]


def test_yesterdays_code_is_given_up(app: Flask, phones: Phones, wait: Wait) -> None:
    write(useful_for=timedelta(minutes=10))
    wait(minutes=11)
    assert phones.texts() == []
    message = db.session.scalars(select(Message)).one()
    assert (message.delivered_at, message.address, message.values) == (None, "", {})
    assert message.given_up_at is not None
    assert owed() == []


def test_the_demonstration_shows_mails_and_sms_newest_first(
    visitor: Browser, mailbox: Mailbox
) -> None:
    @action
    def write_mail_first() -> None:
        write_mail("reader@example.com", "reset", language="zh_Hans_CN", token="x")

    write_mail_first()
    write()
    mailbox.mails()
    page = visitor.get("/demonstration/messages")
    assert page.heading == "演示邮件和短信"
    assert page.main.index(TO) < page.main.index("reader@example.com")
