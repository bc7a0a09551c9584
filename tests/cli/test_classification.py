"""`flask classification assess`: a rule tried on a file of facts, without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.accounts.terms import Right
from portal.classification.models.assessments import Assessment
from portal.database import transaction
from portal.extensions import db
from tests.classification.criteria.facts import HTE, SME, XJR26, json_of
from tests.classification.factories import make_enterprise
from tests.classification.test_passport import nearly_specialised
from tests.factories import make_officer
from tests.worker import drain


def run(app: Flask, *words: str) -> tuple[int, str]:
    """Run `flask classification …`; return its exit status and what it said."""
    result = app.test_cli_runner().invoke(args=["classification", *words])
    return result.exit_code, result.output


def assess(app: Flask, folder: Path, version: str, text: str, *more: str) -> tuple[int, str]:
    """Judge a file of facts."""
    file = folder / "facts.json"
    file.write_text(text, encoding="utf-8")
    return run(app, "assess", version, str(file), *more)


def told(app: Flask, folder: Path, version: str, stated: dict[str, Any], *more: str) -> Any:
    """Return the explanation that is printed."""
    status, said = assess(app, folder, version, json_of(stated), *more)
    assert status == 0, said
    return json.loads(said)


def test_the_explanation_is_printed_as_json(app: Flask, tmp_path: Path) -> None:
    said = told(app, tmp_path, "hte.2016", HTE, "--on", "2026-05-01")
    assert (said["verdict"], said["score"]) == ("met", [81, 89])
    share = said["criteria"][3]
    assert (share["id"], share["result"], share["value"]) == ("hte.c4", "met", "12%")
    assert share["values"][0]["year"] == 2025
    assert said["platform"]["zh"] == "高新技术企业认定管理工作网"


def test_a_version_without_a_score_says_null(app: Flask, tmp_path: Path) -> None:
    said = told(app, tmp_path, "xjr.2026", XJR26, "--on", "2026-05-01")
    assert (said["verdict"], said["score"]) == ("met", None)


def test_the_date_in_the_file_is_the_date_of_the_application(app: Flask, tmp_path: Path) -> None:
    said = told(app, tmp_path, "hte.2016", HTE | {"application_date": "2024-03-01"})
    assert (said["on"], said["year"]) == ("2024-03-01", 2023)


def test_the_option_goes_before_the_date_in_the_file(app: Flask, tmp_path: Path) -> None:
    facts = HTE | {"application_date": "2024-03-01"}
    said = told(app, tmp_path, "hte.2016", facts, "--on", "2026-05-01")
    assert said["year"] == 2025


def test_a_version_that_is_not_in_force_says_so(app: Flask, tmp_path: Path) -> None:
    assert told(app, tmp_path, "zjtx.63", SME, "--on", "2026-03-31")["in_force"] is True
    assert told(app, tmp_path, "zjtx.63", SME, "--on", "2026-04-01")["in_force"] is False


def test_the_size_class_is_derived_where_it_is_not_stated(app: Flask, tmp_path: Path) -> None:
    facts = {"industry_code": "3841", "employees": [299], "revenue": [50000]}
    said = told(app, tmp_path, "innov.63", facts, "--on", "2026-05-01")
    size = said["criteria"][0]
    assert (size["result"], size["value"]) == ("met", ["small"])
    assert size["values"][0]["source"] == "derived: size_table"


def test_what_cannot_be_right_is_named(app: Flask, tmp_path: Path) -> None:
    status, said = assess(app, tmp_path, "hte.2016", '{"a": 1, "revenue": [-1]}')
    assert status == 1
    assert "a: this is not a known fact" in said
    assert "revenue@Y0: -1 is outside 0 to 100000000" in said


def test_an_unknown_version_names_those_there_are(app: Flask, tmp_path: Path) -> None:
    status, said = assess(app, tmp_path, "hte.2008", "{}")
    assert status == 1
    assert "hte.2008" in said
    assert "hte.2016" in said


def test_the_versions_are_listed_with_their_dates(app: Flask) -> None:
    status, said = run(app, "check")
    assert status == 0
    assert "zjtx.63          2022-08-01 – 2026-03-31" in said


def test_every_stored_result_comes_to_the_same_again(app: Flask) -> None:
    enterprise = make_enterprise()
    checker = make_officer(Right.REVIEW_ENTERPRISES, mail="checker@portal.example")
    nearly_specialised(enterprise, checker, "104.99")
    drain(app)
    status, said = run(app, "repeat")
    assert status == 0
    assert re.fullmatch(r"[1-9]\d+ stored results judged again, 0 come to something else\n", said)
    with transaction():
        row = db.session.scalars(select(Assessment).where(Assessment.verdict == "unmet")).first()
        assert row is not None
        row.verdict = "met"
    status, said = run(app, "repeat")
    assert status == 1
    assert "('met', None, None) stored, ('unmet', None, None) now" in said
