"""`flask enterprises import`: the same engine and the same report as the officers' page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask

from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise, ImportJob
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.sheets import TITLES, count, firms, row, sheet
from tests.factories import make_officer, make_uscc
from tests.worker import drain

ROWS = [
    *firms(2),
    row(统一社会信用代码="1", 序号="3"),
    row(注册资本="约5", 统一社会信用代码=make_uscc(8)),
    {},
    row(注册资本="2亿元", 统一社会信用代码=make_uscc(9)),
    {"序号": "合计"},
]
TOTALS = {"rows": 7, "ok": 2, "fixed": 1, "warned": 1, "refused": 1, "skipped": 2}


def command(app: Flask, tmp_path: Path, *options: str) -> dict[str, Any]:
    """Import the rows from the command line; return the report."""
    path, report = tmp_path / "企业.csv", tmp_path / "report.json"
    path.write_bytes(sheet(*ROWS).getvalue())
    arguments = ["enterprises", "import", str(path), "--report", str(report), *options]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    db.session.rollback()
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def test_a_dry_run_reports_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    found = command(app, tmp_path, "--dry-run")
    assert found["totals"] == TOTALS
    assert {key for each in found["rows"] for key in each} == {
        "row",
        "ref",
        "level",
        "column",
        "message",
    }
    assert [(each["row"], each["level"]) for each in found["rows"]] == [
        (2, "ok"),
        (3, "ok"),
        (4, "refused"),
        (5, "warned"),
        (6, "skipped"),
        (7, "fixed"),
        (8, "skipped"),
    ]
    assert (count(Enterprise), count(ImportJob)) == (0, 0)


def test_dry_run_writing_and_the_officers_page_give_one_report(app: Flask, tmp_path: Path) -> None:
    dry = command(app, tmp_path, "--dry-run")
    clerk = Browser(app).sign_in(make_officer(Right.REVIEW_ENTERPRISES))
    clerk.send(clerk.get("/bureau/imports/"), "/upload", file=(sheet(*ROWS), "企业.csv"))
    path = str(clerk.response.request.path)
    clerk.send(clerk.get(path), "/check")
    drain(app)
    assert json.loads(clerk.ask(f"{path}/report.json").get_data()) == dry
    assert command(app, tmp_path) == dry
    assert count(Enterprise) == 4


def test_the_report_is_in_the_language_of_the_command(app: Flask, tmp_path: Path) -> None:
    for options in (("--dry-run",), ()):
        found = command(app, tmp_path, "--language", "en", *options)
        said = {each["row"]: each["message"] for each in found["rows"]}
        assert said[5] == "“约5” cannot be read here: left empty"
        assert said[8] == "A line of totals"


def test_a_file_that_cannot_be_read_gets_one_sentence(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"<html><table></table></html>")
    done = app.test_cli_runner().invoke(args=["enterprises", "import", str(path)])
    assert done.exit_code == 1
    assert "网页或XML" in done.output
    assert done.output.count("\n") == 1


def test_the_row_of_titles_can_be_named(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(sheet(*firms(1)).getvalue())
    options = ["--dry-run", "--header-row", "2"]
    done = app.test_cli_runner().invoke(args=["enterprises", "import", str(path), *options])
    assert done.exit_code == 1
    assert "第2行没有列名" in done.output
    assert TITLES[1] in done.output
