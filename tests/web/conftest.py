"""The web layer alone: no database, no domain, a few views that show or raise things."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, abort, render_template_string, session
from flask.testing import FlaskClient

from config import ROOT
from portal import web
from portal.errors import NotAllowed, NotFound, Refused, Throttled

FORM = '<form method="post"><input name="csrf_token" value="{{ csrf_token() }}"></form>'


def refuse(kind: str) -> str:
    raise {
        "rule": Refused("这一步现在不能办理。"),
        "right": NotAllowed("只有<市经济合作局>可以办理。"),
        "row": NotFound(),
        "often": Throttled("请稍后再试。"),
        "fault": RuntimeError("a fault"),
    }[kind]


def stop(kind: int) -> str:
    abort(kind)


def form() -> str:
    return render_template_string(FORM)


def signed_in() -> str:
    session["sign_in"] = "token"
    return "ok"


def compose() -> Flask:
    app = web.Portal(
        "portal",
        root_path=str(ROOT / "portal"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(
        SECRET_KEY="for tests only", FIXTURES=ROOT / "fixtures", DEMONSTRATION=True, PUBLIC_URL=""
    )
    web.init_app(app)
    app.add_url_rule("/refuse/<kind>", view_func=refuse)
    app.add_url_rule("/abort/<int:kind>", "abort", stop)
    app.add_url_rule("/form", view_func=form, methods=["GET", "POST"])
    app.add_url_rule("/signed-in", view_func=signed_in)
    return app


@pytest.fixture(scope="session")
def app() -> Flask:
    """One application for all tests that change nothing of it but settings, put back after."""
    return compose()


@pytest.fixture
def fresh_app() -> Flask:
    """An application to add things to."""
    return compose()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def here(app: Flask) -> Iterator[Flask]:
    """Inside a request to the kit page."""
    with app.test_request_context("/kit?field=a&field=b&page=3"):
        yield app
