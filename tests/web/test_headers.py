"""Security and caching headers."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web import Checks
from portal.web.requests import RequestIdFilter

FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*")


@pytest.mark.parametrize("path", ["/kit", "/nowhere", "/healthz", "/static/css/site.css"])
def test_every_answer_is_protected(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert not any(word in headers["Content-Security-Policy"] for word in FORBIDDEN)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_https_is_kept_to(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    secure = client.get("/healthz", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=15552000"


def test_anonymous_pages_set_no_cookie_and_differ_by_display(client: FlaskClient) -> None:
    headers = client.get("/nowhere").headers
    assert "Set-Cookie" not in headers
    assert "Cookie" in headers["Vary"]
    assert headers["Cache-Control"] == "no-cache"


def test_signed_in_pages_are_kept_nowhere(client: FlaskClient) -> None:
    assert client.get("/signed-in").headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere").headers.getlist("Cache-Control") == ["no-store"]


def test_the_language_is_named(client: FlaskClient) -> None:
    client.set_cookie("language", "en")
    assert client.get("/kit").headers["Content-Language"] == "en"


def test_ready_while_the_required_checks_pass(fresh_app: Flask) -> None:
    client = fresh_app.test_client()

    def down() -> str:
        raise ConnectionError("secret address")

    fresh_app.extensions["checks"] = Checks({"database": lambda: "ok"}, {"worker": down})
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (
        200,
        {"ready": True, "database": "ok", "worker": "failed"},
    )
    fresh_app.extensions["checks"] = Checks({"database": down}, {})
    assert client.get("/readyz").status_code == 503
    assert "secret" not in client.get("/readyz").text
    assert client.get("/healthz").text == "ok\n"


def test_log_records_carry_the_request_id(app: Flask) -> None:
    record = logging.makeLogRecord({})
    assert RequestIdFilter().filter(record)
    assert record.request_id == "-"  # type: ignore[attr-defined]
    with app.test_request_context("/kit"):
        RequestIdFilter().filter(record)
        assert len(record.request_id) == 16  # type: ignore[attr-defined]
