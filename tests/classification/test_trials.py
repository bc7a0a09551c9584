"""What would become of the registry if the rules changed: tried by the worker, then listed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.classification.actions import trials
from portal.classification.actions.versions import draft_version, save_version
from portal.classification.models.assessments import Precheck
from portal.classification.models.trials import RuleTrial, RuleTrialRow
from portal.classification.models.versions import RuleVersion
from portal.classification.queries.trials import get_trial
from portal.classification.rules.trials import outcome_of
from portal.classification.terms.trials import Outcome, TrialState
from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.figures import Source
from portal.errors import NotAllowed, NotFound, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import SCIENCE, make_enterprise, make_recogniser
from tests.classification.version_factories import make_enacted, second, writer
from tests.enterprises.figure_factories import state
from tests.factories import make_officer
from tests.statements import counted_statements
from tests.worker import drain

ON = date(2026, 11, 22)
SIMPLE = """\
id: trial.{number}
series: trial
title: specialized_new
zh: 示例标准
en: A trial
documents:
  - {{title: 示例办法, number: 示例1号, issuer: 示例部门, issued: "2026", confidence: verified}}
confidence: verified
effective: 202{year}-12-01
expires: null
rule:
  all:
    - {{id: t.1, value: revenue@Y0, ge: {least}, zh: 营收达标, clause: 一, confidence: verified}}
"""
MORE = (
    "    - {id: t.2, value: employees@Y0, ge: 10, zh: 人数达标, clause: 二, confidence: verified}\n"
)


def simple(number: int, least: int, more: str = "") -> str:
    return SIMPLE.format(number=number, year=5 + number, least=least) + more


@pytest.fixture
def officer(app: Flask) -> Person:
    return writer()


@pytest.fixture
def present(app: Flask, officer: Person) -> RuleVersion:
    """The version that is in force: revenue of 10 million yuan."""
    return make_enacted(officer, second(), simple(1, 1000))


@pytest.fixture
def firms(app: Flask) -> list[Enterprise]:
    """Three enterprises: 15 million, 8 million, nothing stated."""
    checker = make_officer(Right.REVIEW_ENTERPRISES, mail="checker@portal.example")
    found = [make_enterprise(number, name=f"示例{number}公司") for number in (1, 2, 3)]
    for enterprise, revenue in zip(found, (1500, 800), strict=False):
        notes = {"revenue": "审计报告"}
        state(checker, enterprise, source=Source.CHECKED, revenue=revenue, notes=notes)
    return found


def tried(app: Flask, officer: Person, present: RuleVersion, text: str) -> RuleTrial:
    """Return the finished trial of a draft beside the present version."""
    row = draft_version(officer, text, present)
    trial = trials.start_trial(officer, row, present, ON)
    drain(app)
    return get_trial(trial.id)


def outcomes(trial: RuleTrial) -> dict[int, str]:
    """Return how each enterprise that would stand otherwise would."""
    rows = db.session.scalars(select(RuleTrialRow).where(RuleTrialRow.trial_id == trial.id))
    return {row.enterprise_id: row.outcome for row in rows}


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("met", "unmet", Outcome.LOSES),
        ("met", "undetermined", Outcome.OPENS),
        ("unmet", "undetermined", Outcome.OPENS),
        ("unmet", "met", Outcome.GAINS),
        ("undetermined", "met", Outcome.GAINS),
        ("undetermined", "unmet", Outcome.RULED_OUT),
        ("met", "met", None),
        ("undetermined", "undetermined", None),
    ],
)
def test_what_becomes_of_a_verdict(before: str, after: str, outcome: Outcome | None) -> None:
    assert outcome_of(before, after) == outcome


def test_a_stricter_threshold_says_who_loses(
    app: Flask, officer: Person, present: RuleVersion, firms: list[Enterprise]
) -> None:
    trial = tried(app, officer, present, simple(2, 1501))
    assert outcomes(trial) == {firms[0].id: Outcome.LOSES}
    assert trial.state == TrialState.DONE
    assert (trial.judged, trial.total) == (3, 3)
    assert trial.counts == {
        "met unmet": 1,
        "unmet unmet": 1,
        "undetermined undetermined": 1,
    }


def test_the_threshold_itself_is_enough(
    app: Flask, officer: Person, present: RuleVersion, firms: list[Enterprise]
) -> None:
    assert outcomes(tried(app, officer, present, simple(2, 1500))) == {}


def test_an_easier_one_says_who_gains_and_a_new_fact_who_becomes_undetermined(
    app: Flask, officer: Person, present: RuleVersion, firms: list[Enterprise]
) -> None:
    easier = tried(app, officer, present, simple(2, 800))
    assert outcomes(easier) == {firms[1].id: Outcome.GAINS}
    more = tried(app, officer, present, simple(3, 1000, MORE))
    assert outcomes(more) == {firms[0].id: Outcome.OPENS}
    row = db.session.scalars(select(RuleTrialRow).where(RuleTrialRow.trial_id == more.id)).one()
    assert [reason["zh"] for reason in row.reasons] == ["人数达标"]


def test_a_trial_stores_nothing_with_the_enterprises(
    app: Flask, officer: Person, present: RuleVersion, firms: list[Enterprise]
) -> None:
    drain(app)
    select_all = select(Precheck.enterprise_id, Precheck.series, Precheck.assessment_id)
    before = set(db.session.execute(select_all).all())
    tried(app, officer, present, simple(2, 1501))
    assert set(db.session.execute(select_all).all()) == before


def test_a_killed_worker_goes_on_where_it_stopped(
    app: Flask,
    officer: Person,
    present: RuleVersion,
    firms: list[Enterprise],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trials, "AT_ONCE", 1)
    row = draft_version(officer, simple(2, 1501), present)
    trial = trials.start_trial(officer, row, present, ON)
    assert trials.run_batch(trial.id)
    assert (trial.judged, trial.state) == (1, TrialState.RUNNING)
    drain(app)
    found = get_trial(trial.id)
    assert (found.judged, found.state) == (3, TrialState.DONE)
    assert len(outcomes(found)) == 1


def test_a_draft_saved_anew_stops_its_trial(
    app: Flask, officer: Person, present: RuleVersion, firms: list[Enterprise]
) -> None:
    row = draft_version(officer, simple(2, 1501), present)
    trial = trials.start_trial(officer, row, present, ON)
    save_version(officer, row, row.version, simple(2, 1600))
    drain(app)
    assert get_trial(trial.id).state == TrialState.FAILED


def test_more_enterprises_need_no_more_reading(
    app: Flask, officer: Person, present: RuleVersion, firms: list[Enterprise]
) -> None:
    row = draft_version(officer, simple(2, 1501), present)
    trial = trials.start_trial(officer, row, present, ON)

    def reading(some: list[Enterprise]) -> int:
        with transaction(), counted_statements() as sent:
            trials.judge(trial, [one.id for one in some])
        return sum(statement.startswith("SELECT") for statement in sent)

    assert reading(firms[2:]) == reading(firms[1:2])


def test_it_is_compared_within_its_series_with_what_was_in_force(
    app: Flask, officer: Person, present: RuleVersion
) -> None:
    row = draft_version(officer, simple(2, 1501), present)
    other = draft_version(officer, simple(3, 1501), present)
    with pytest.raises(Refused, match="已启用"):
        trials.start_trial(officer, row, other, ON)
    with pytest.raises(Refused, match="同一系列"):
        trials.start_trial(officer, row, row, ON)
    with pytest.raises(NotAllowed):
        trials.start_trial(make_recogniser(SCIENCE), row, present, ON)


def test_officers_read_filter_and_download_it(
    app: Flask,
    officer: Person,
    present: RuleVersion,
    firms: list[Enterprise],
    someone: Callable[[Person], Browser],
) -> None:
    draft_version(officer, simple(2, 1501), present)
    browser = someone(officer)
    page = browser.get("/bureau/titles/rules/trial.2/try")
    page = browser.send(page)
    assert "共3户企业，已测算0户" in page.main
    assert browser.response.headers["Refresh"]
    drain(app)
    page = browser.get(page.path)
    assert "示例1公司" in page.main
    assert "营收达标" in page.main
    assert "Refresh" not in browser.response.headers
    assert re.search(r"保留至20\d\d-\d\d-\d\d", page.main)
    assert "示例1公司" not in browser.get(f"{page.path}?outcome=gains").main
    assert "示例1公司" in browser.get(f"{page.path}?outcome=loses&page=9").main
    text = browser.get(f"{page.path}.csv?outcome=loses").html.removeprefix("\ufeff")
    header, line = csv.reader(io.StringIO(text))
    assert line[:2] == ["示例1公司", firms[0].uscc]
    assert line[header.index("起决定作用的条件")] == "营收达标"
    other = someone(make_recogniser(SCIENCE, "science@portal.example"))
    other.get(page.path, 403)
    auditor = someone(make_officer(Right.AUDIT, mail="auditor@portal.example"))
    assert "示例1公司" in auditor.get(page.path).main


def test_a_name_that_looks_like_a_formula_is_not_run(
    app: Flask,
    officer: Person,
    present: RuleVersion,
    firms: list[Enterprise],
    someone: Callable[[Person], Browser],
) -> None:
    with transaction():
        firms[0].name = "=1+1示例公司"
    trial = tried(app, officer, present, simple(2, 1501))
    text = someone(officer).get(f"/bureau/titles/rules/trials/{trial.id}.csv").html
    assert "'=1+1示例公司" in text


def test_a_day_that_is_none_is_said_beside_the_field(
    app: Flask, officer: Person, present: RuleVersion, someone: Callable[[Person], Browser]
) -> None:
    draft_version(officer, simple(2, 1501), present)
    browser = someone(officer)
    page = browser.get("/bureau/titles/rules/trial.2/try")
    page = browser.send(page, status=422, on_day="2026-02-30", against="hte.2016")
    assert len(page.errors) == 2


def test_a_trial_kept_long_enough_goes_at_night_and_the_trail_tells_what_it_came_to(
    app: Flask,
    officer: Person,
    present: RuleVersion,
    firms: list[Enterprise],
    someone: Callable[[Person], Browser],
) -> None:
    ended = tried(app, officer, present, simple(2, 1501))
    running = trials.start_trial(officer, ended.rule_version, present, ON)
    number, days = ended.id, app.config["RULE_TRIAL_DAYS"]
    with transaction():
        ended.done_at = clock.now() - timedelta(days=days)
    trials.forget_trials(days + 1)
    assert get_trial(number).judged == 3
    trials.forget_trials(days)
    with pytest.raises(NotFound):
        get_trial(number)
    assert not db.session.scalars(select(RuleTrialRow)).all()
    assert get_trial(running.id).state == TrialState.RUNNING
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "forget_trial")).one()
    assert event.subject_id == ended.rule_version_id
    assert event.changes["loses"] == [1, None]
    page = someone(officer).get("/bureau/titles/rules/trial.2")
    assert "全库试算" in page.main
    assert "试算结果已到保存期限，予以删除" in page.main
