"""Entries worded ahead for files say what they would say worded anew, never something older."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from portal.cli import line_work
from portal.cli.index_work import index_changes
from portal.directory.files import lines
from portal.directory.files.entry_rows import COLUMNS
from portal.directory.files.lines import wording
from portal.directory.queries.entries import published
from portal.directory.queries.lines import live
from portal.extensions import db
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.models import Entry, EntryLine, Release
from portal.sheets.worded import Worded, csv_lines
from tests.browser_client import Browser
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_signed_release,
    sign_all,
    start_signing,
)

FORMS = ("csv", "xlsx", "json")


@pytest.fixture
def release(app: Flask) -> Release:
    """A published list with what is written otherwise: formulas, marks, quotes, no day, a table."""
    release = make_call()
    make_accepted(release, title="=HYPERLINK(1)", summary="+1", closes_on=date(2026, 11, 30))
    make_accepted(
        release, title='<b>"引号"</b>，& 逗号', title_en="-x, y", standing=True, closes_on=None
    )
    details = {"problem": "大修渣的无害化。", "budget": "1200.5"}
    make_accepted(release, title="大修渣资源化", subtype="challenge", details=details)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    return release


def caught_up() -> int:
    """Have the worker word everything; return how many lines there are."""
    worker = line_work.Catching()
    while worker.up():
        pass
    return len(db.session.scalars(select(EntryLine.entry_id)).all())


def answers(visitor: Browser) -> dict[str, bytes]:
    """Return every file of the list in both languages."""
    found = {}
    for language in ("zh", "en"):
        visitor.client.set_cookie("language", language)
        for form in FORMS:
            data = visitor.ask(f"/lists/opportunity.{form}").get_data()
            found[f"{language}.{form}"] = re.sub(rb'"made_at":"[^"]*"', b'"made_at":""', data)
    return found


def test_files_are_the_same_bytes_whether_worded_ahead_or_not(
    visitor: Browser, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = answers(visitor)
    assert caught_up() == 3
    monkeypatch.setattr(lines, "cells", lambda _rows: pytest.fail("worded anew"))
    assert answers(visitor) == anew
    assert "\r\n" in anew["zh.csv"].decode()


def test_a_corrected_entry_is_worded_anew_at_once_and_again_by_the_worker(
    visitor: Browser, release: Release
) -> None:
    assert caught_up() == 3
    erratum = errata.propose_withdrawal(make_curator(), release, release.entries[2], "项目取消")
    issue(make_curator("second"), erratum, erratum.version)
    now = answers(visitor)
    assert "大修渣的无害化" not in now["zh.csv"].decode()
    entries = json.loads(now["zh.json"])["entries"]
    assert [one["life"] for one in entries] == ["open", "open", "withdrawn"]
    assert line_work.Catching().up()
    assert answers(visitor) == now
    kept = db.session.scalars(select(EntryLine.zh)).all()
    assert not [line for line in kept if "大修渣的无害化" in line]


def test_another_wording_uses_no_older_line(
    visitor: Browser, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught_up()
    for line in db.session.scalars(select(EntryLine)):
        line.zh = line.zh.replace("大修渣", "旧说法")
    db.session.commit()
    assert "旧说法" in visitor.ask("/lists/opportunity.csv").get_data(as_text=True)
    lines.wording_of.cache_clear()
    monkeypatch.setattr(lines, "WORDING", lines.WORDING + 1)
    assert "旧说法" not in visitor.ask("/lists/opportunity.csv").get_data(as_text=True)
    caught_up()
    assert "旧说法" not in visitor.ask("/lists/opportunity.csv").get_data(as_text=True)
    lines.wording_of.cache_clear()


def test_nothing_is_worded_before_it_is_public(app: Flask) -> None:
    hidden = make_signed_release()
    line_work.word([entry.id for entry in hidden.entries])
    assert caught_up() == 0
    publish(make_curator(), hidden, hidden.version)
    assert caught_up() == 1


def test_the_worker_words_what_it_hears_of(
    app: Flask, release: Release, reindex: Callable[[], None]
) -> None:
    keys = [{"key": f"entry:{entry.id}"} for entry in release.entries]
    reindex()
    index_changes(keys)
    assert {line.worded for line in db.session.scalars(select(EntryLine))} == {wording()}


def test_a_change_of_what_lines_say_needs_another_wording(app: Flask) -> None:
    release = make_published_release()
    entry = db.session.get_one(Entry, release.entries[0].id)
    with force_locale("en"):
        (row,) = live(published(), [entry.id])
        (text,) = lines.worded_now([row])
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert (lines.WORDING, digest) == (1, "e62de3f5b153"), (
        "raise WORDING when this text changes: " + text
    )


def test_a_line_has_a_cell_for_every_column(app: Flask) -> None:
    make_published_release()
    caught_up()
    line = db.session.scalars(select(EntryLine)).one()
    (cells,) = csv.reader(io.StringIO(csv_lines([Worded(line.zh, "正在征集")])))
    assert len(cells) == len(COLUMNS)
    assert cells[3] == "正在征集"
