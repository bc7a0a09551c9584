"""Rule versions of the fixtures in the database: loaded once, never changed, chosen by date."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from portal import clock
from portal.classification import parsed_rules
from portal.classification.criteria import library
from portal.classification.models.versions import RuleForce, RuleVersion
from portal.classification.queries.versions import (
    find_version_for,
    get_rule_version,
    sizes_on,
    versions_in_force,
    versions_put_in_force,
)
from portal.classification.terms.versions import Purpose, VersionState
from portal.cli.seed.criteria import load_criteria
from portal.extensions import db
from tests.statements import counted_statements

FILES = ROOT / "fixtures" / "criteria"


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    """A copy of the fixtures whose rule files may be edited."""
    folder = tmp_path / "fixtures"
    (folder / "criteria").mkdir(parents=True)
    for path in [*FILES.glob("*.yaml")]:
        shutil.copy(path, folder / "criteria")
    for name in ("metrics.yaml", "record_facts.yaml"):
        shutil.copy(ROOT / "fixtures" / name, folder)
    return folder


def edit(fixtures: Path, name: str, before: str, after: str) -> None:
    path = fixtures / "criteria" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def successor(fixtures: Path, begin: str = "2027-04-01") -> None:
    """Write a later version of the little giants' rules beside the present one."""
    text = (FILES / "xjr.2026.yaml").read_text(encoding="utf-8")
    text = text.replace("id: xjr.2026", "id: xjr.2027", 1)
    text = text.replace("effective: 2026-04-01", f"effective: {begin}", 1)
    (fixtures / "criteria" / "xjr.2027.yaml").write_text(text, encoding="utf-8")


def count(model: type[RuleVersion] | type[RuleForce]) -> int | None:
    return db.session.scalar(select(func.count()).select_from(model))


def test_every_rule_file_is_kept_whole_with_its_digest_and_source(app: Flask) -> None:
    assert count(RuleVersion) == len(list(FILES.glob("*.yaml")))
    kept = get_rule_version("xjr.2026")
    assert kept.text == (FILES / "xjr.2026.yaml").read_text(encoding="utf-8")
    assert kept.digest == parsed_rules.digest_of(kept.text)
    assert kept.state == VersionState.IN_FORCE
    assert kept.source_number == "工信部企业〔2026〕2号"
    assert kept.title_kind is not None
    assert kept.title_kind.slug == "little_giant"
    assert get_rule_version("size_table").title_kind is None


def test_loading_again_changes_nothing(app: Flask) -> None:
    before = count(RuleVersion), count(RuleForce)
    load_criteria(ROOT / "fixtures")
    assert (count(RuleVersion), count(RuleForce)) == before


def test_a_changed_text_under_an_id_in_force_is_refused(app: Flask, fixtures: Path) -> None:
    edit(fixtures, "zjtx.2026", "revenue@Y0, ge: 1500", "revenue@Y0, ge: 1400")
    with pytest.raises(click.ClickException, match=r"zjtx\.2026 is on record with another text"):
        load_criteria(fixtures)
    assert "ge: 1500" in get_rule_version("zjtx.2026").text


def test_other_ends_of_lines_are_no_change(app: Flask, fixtures: Path) -> None:
    path = fixtures / "criteria" / "hte.2016.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    load_criteria(fixtures)
    assert "\r" not in get_rule_version("hte.2016").text


def test_a_later_file_ends_the_open_one_on_the_day_before(
    app: Flask, fixtures: Path, wait: Callable[..., None]
) -> None:
    edit(fixtures, "xjr.2026", "expires: null", "expires: 2027-03-31")
    successor(fixtures)
    moment = clock.now() + timedelta(hours=1)
    wait(hours=2)
    load_criteria(fixtures)
    for on, slug in ((date(2027, 3, 31), "xjr.2026"), (date(2027, 4, 1), "xjr.2027")):
        found = find_version_for("xjr", on)
        assert found is not None
        assert found.slug == slug
    known_then = {one.slug: one for one in versions_put_in_force(moment)}
    assert "xjr.2027" not in known_then
    assert known_then["xjr.2026"].version.in_force.end is None, "as it was known before"
    load_criteria(fixtures)


def test_a_file_that_only_moves_its_end_ends_an_open_version(app: Flask, fixtures: Path) -> None:
    edit(fixtures, "hte.2016", "expires: null", "expires: 2026-12-31")
    load_criteria(fixtures)
    assert find_version_for("hte", date(2027, 1, 1)) is None
    found = find_version_for("hte", date(2026, 12, 31))
    assert found is not None


@pytest.mark.parametrize(
    ("on", "purpose", "slug"),
    [
        (date(2026, 3, 31), Purpose.APPLICATION, "xjr.63"),
        (date(2026, 4, 1), Purpose.APPLICATION, "xjr.2026"),
        (date(2026, 4, 1), Purpose.RECHECK, "xjr.63"),
        (date(2026, 12, 31), Purpose.RECHECK, "xjr.63"),
        (date(2027, 1, 1), Purpose.RECHECK, "xjr.2026"),
    ],
)
def test_the_version_is_chosen_by_the_date_of_application(
    app: Flask, on: date, purpose: Purpose, slug: str
) -> None:
    found = find_version_for("xjr", on, purpose)
    assert found is not None
    assert found.slug == slug
    assert find_version_for("little_giant", on, purpose) == found, "by the title as well"


def test_a_title_with_a_study_and_a_list_is_judged_by_the_list(app: Flask) -> None:
    found = find_version_for("gazelle", date(2026, 5, 1))
    assert found is not None
    assert found.slug == "gazelle.sichuan"
    assert find_version_for("nothing of the kind", date(2026, 5, 1)) is None


def test_one_version_of_each_series_is_in_force_and_the_size_table_with_them(app: Flask) -> None:
    found = [one.version.series for one in versions_in_force(date(2026, 5, 1))]
    assert len(found) == len(set(found)) == 11
    assert sizes_on(date(2026, 5, 1)) is not None
    assert sizes_on(date(2011, 6, 17)) is None


def test_no_request_reads_the_files_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    versions_in_force(date(2026, 5, 1))

    def read_again(*_anything: object) -> None:
        raise AssertionError("parsed twice")

    monkeypatch.setattr(parsed_rules, "read_text", read_again)
    monkeypatch.setattr(library, "read_text", read_again)
    with counted_statements() as statements:
        assert versions_in_force(date(2026, 5, 1))
    assert len(statements) == 1
