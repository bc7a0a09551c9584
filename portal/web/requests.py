"""What every request gets and what none may carry.

Hosts are checked by Flask itself (TRUSTED_HOSTS); a request for another host ends in the 400 page.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, has_request_context
from werkzeug.routing import IntegerConverter, Map

from portal.extensions import csrf
from portal.web.present import present_g, present_request

LARGEST_ROW = 2**31 - 1
FORM = "application/x-www-form-urlencoded"


def request_id() -> str:
    """Return this request's id: 16 hex digits, made here and never taken from outside."""
    kept = present_g()
    if "request_id" not in kept:
        kept.request_id = secrets.token_hex(8)
    return str(kept.request_id)


class RowNumber(IntegerConverter):
    """A number in an address, up to the largest a table can hold: a larger one is no address."""

    def __init__(self, url_map: Map, **arguments: Any) -> None:
        super().__init__(url_map, **({"max": LARGEST_ROW} | arguments))


class RequestIdFilter(logging.Filter):
    """Gives every log record a `request_id`: that of the request, or "-" outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() if has_request_context() else "-"
        return True


def is_utf8(raw: bytes) -> bool:
    """Say whether bytes are UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def asked_value(name: str, default: str = "") -> str:
    """Return the first value of a name in the address. Werkzeug's `get` writes an error, and drops
    it, for each name that is not there."""
    given = present_request().args.getlist(name)
    return given[0] if given else default


def refuse_unreadable() -> None:
    """End with 400 when path or query are not UTF-8 or hold NUL, or a form is not UTF-8.

    Nothing behind can use them; a NUL in a form is for its field to answer.
    """
    request = present_request()
    path, query = request.environ.get("PATH_INFO", ""), request.query_string
    if not path.isascii() or b"%" in query or not query.isascii() or "\0" in path:
        for raw in (path.encode("latin-1", "replace"), unquote_to_bytes(query)):
            if b"\0" in raw or not is_utf8(raw):
                abort(400)
    is_form = request.method == "POST" and request.mimetype == FORM
    if is_form and not is_utf8(unquote_to_bytes(request.get_data())):
        abort(400)


def refuse_without_token() -> None:
    """Have Flask-WTF look at what may change something, which alone it would do for every request:
    it looks up whether a view is exempt before it asks for the method."""
    if present_request().method not in ("GET", "HEAD"):
        csrf.protect(apply_exemptions=True)


def public_url(path: str = "/") -> str:
    """Return the full public address of a path, from the settings, never from the Host header."""
    root = current_app.config.get("PUBLIC_URL")
    return f"{root or 'https://' + current_app.extensions['site'].domain}{path}"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.before_request(refuse_unreadable)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.before_request(refuse_without_token)
    app.jinja_env.globals.update(request_id=request_id, public_url=public_url)
    for handler in [*logging.getLogger().handlers, *app.logger.handlers]:
        handler.addFilter(RequestIdFilter())
