"""SMS: to files, or to a provider's HTTP gateway described by settings.

The request is a JSON object whose texts may hold {number} (+8613800000000), {national}
(13800000000), {text}, {token} and {reference} (the same for every try of one message).
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.messages.delivery import handler, write_whole
from portal.messages.models import Message
from portal.outbox import Handler

COUNTRY = "+86"
LONGEST_ANSWER = 64 * 1024  # bytes


@dataclass(frozen=True)
class Sms:
    """One SMS as a carrier gets it."""

    number: str
    text: str
    reference: str


Carrier = Callable[[int, Sms], None]
Render = Callable[[str, str, Mapping[str, Any]], str]


class GatewayRefused(Exception):
    """The provider did not take the SMS; holds no more than its status."""


def to_folder(folder: Path) -> Carrier:
    """Return a carrier that writes one file per SMS: the number, a blank line, the text."""

    def carry(number: int, sms: Sms) -> None:
        write_whole(folder, f"{number:08d}.txt", f"{sms.number}\n\n{sms.text}\n".encode())

    return carry


def to_gateway(settings: Mapping[str, Any]) -> Carrier:
    """Return a carrier that posts to the gateway; redirects are not followed, since they would
    carry number and token elsewhere."""
    address = urlsplit(settings["SMS_GATEWAY"])
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")

    def carry(_number: int, sms: Sms) -> None:
        connection = connect(address.scheme, address.netloc, settings["SMS_TIMEOUT"])
        try:
            body = json.dumps(filled(settings["SMS_REQUEST"], sms, settings["SMS_TOKEN"]))
            connection.request("POST", path, body, headers(settings["SMS_TOKEN"]))
            with connection.getresponse() as answer:
                check(answer.status, answer.read(LONGEST_ANSWER), settings["SMS_SUCCESS"])
        finally:
            connection.close()

    return carry


def connect(scheme: str, host: str, timeout: float) -> HTTPConnection:
    """Return a connection to the gateway's host; certificates are checked."""
    if scheme == "https":
        return HTTPSConnection(host, timeout=timeout, context=ssl.create_default_context())
    return HTTPConnection(host, timeout=timeout)


def headers(token: str) -> dict[str, str]:
    """Return the request's headers; the token is sent as a bearer token where there is one."""
    fixed = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    return fixed | ({"Authorization": f"Bearer {token}"} if token else {})


def filled(part: Any, sms: Sms, token: str) -> Any:
    """Return the request's template with its places filled, at any depth."""
    if isinstance(part, dict):
        return {name: filled(value, sms, token) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(value, sms, token) for value in part]
    if not isinstance(part, str):
        return part
    places = {
        "{number}": sms.number,
        "{national}": sms.number.removeprefix(COUNTRY),
        "{reference}": sms.reference,
        "{token}": token,
        "{text}": sms.text,  # last, since a text may hold anything
    }
    for place, value in places.items():
        part = part.replace(place, value)
    return part


def check(status: int, answer: bytes, success: str) -> None:
    """Raise GatewayRefused unless the gateway took the SMS: a status of 2xx and, where the
    settings name one, an answer whose `name` is `value` (“code=0”)."""
    if not 200 <= status < 300:
        raise GatewayRefused(f"status {status}")
    name, _, value = success.partition("=")
    if not name:
        return
    try:
        said = json.loads(answer)
    except ValueError:
        raise GatewayRefused("an answer that is no JSON") from None
    if not isinstance(said, dict) or str(said.get(name)) != value:
        raise GatewayRefused(f"an answer whose {name} is not {value}")


def sms_handler(render: Render, carry: Carrier, domain: str) -> Handler:
    """Return the outbox handler for SMS."""

    def prepare(message: Message) -> Callable[[], None]:
        number = message.id
        text = render(message.template, message.language, message.values)
        sms = Sms(message.address, text, f"{domain}-{number}")
        return lambda: carry(number, sms)

    return handler(prepare)
