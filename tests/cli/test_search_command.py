"""`flask search` and the night's look at the index."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal import clock
from portal.cli.nightly import tend_index
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise

pytestmark = pytest.mark.usefixtures("every_engine")


def said(app: Flask, *words: str, code: int = 0) -> str:
    """Return what a command prints."""
    result = app.test_cli_runner().invoke(args=["search", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_without_an_index_every_command_says_what_to_do(app: Flask) -> None:
    for words in (["check"], ["stats"], ["query", "储能"]):
        assert "flask search rebuild" in said(app, *words, code=1)


def test_the_index_is_built_compared_repaired_and_asked(app: Flask) -> None:
    said(app, "rebuild")
    make_enterprise(1)
    assert "missing 1, stale 0, surplus 0" in said(app, "check", code=1)
    said(app, "check", "--repair")
    assert "missing 0, stale 0, surplus 0" in said(app, "check")
    assert "documents" in said(app, "stats")
    found = json.loads(said(app, "query", "名称:岷江 -泡菜", "--json"))
    assert (found["total"], found["stage"]) == (1, "strict")
    assert [(part["text"], part["field"], part["excluded"]) for part in found["read_as"]] == [
        ("岷江", "name", False),
        ("泡菜", None, True),
    ]
    assert "relaxed" in said(app, "query", "四川珉江储能")
    assert "read as: 四川" in said(app, "query", "四川珉江储能")
    assert "read as: " in said(app, "query", "!!!")


def test_an_index_that_can_be_read_is_not_built_where_only_a_missing_one_is_asked_for(
    app: Flask,
) -> None:
    assert "documents in" in said(app, "rebuild", "--missing")
    assert said(app, "rebuild", "--missing") == ""


def test_the_night_builds_a_missing_index_and_repairs_one_that_differs(app: Flask) -> None:
    index = app.extensions["search"].index
    tend_index()
    before = index.stats().documents
    make_enterprise(1)
    tend_index()
    assert index.stats().documents == before + 1


def test_readers_are_told_when_the_index_is_behind(app: Flask, visitor: Browser) -> None:
    make_enterprise(1)
    tend_index()
    assert "检索正在更新" not in visitor.get("/search?q=岷江").main
    long_ago = clock.now() - timedelta(minutes=5)
    db.session.execute(update(OutboxMessage).values(due_at=long_ago))
    db.session.commit()
    assert "检索正在更新" in visitor.get("/search?q=岷江").main
    assert "检索正在更新" in visitor.get("/enterprises?q=岷江").main
    assert visitor.client.get("/readyz").get_json()["index_lag_s"] >= 300
