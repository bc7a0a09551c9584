"""Stored assessments: one row for each input, kept current by the worker."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock, outbox
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.classification.actions.assessments import TOPIC, assess_enterprise, keep_current
from portal.classification.criteria.evaluation import assess
from portal.classification.criteria.explanation import Result
from portal.classification.criteria.reads import lasts_until
from portal.classification.models.assessments import Assessment, Precheck
from portal.classification.queries.prechecks import enterprises_due, prechecks_of
from portal.classification.queries.versions import InForce, find_version_for
from portal.classification.rules.assessments import facts_from, gap_of, inputs_of
from portal.classification.terms.assessments import Gap
from portal.cli.precheck_work import begin_due_judgements, handlers
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.figures import Source
from portal.errors import Refused
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from tests.classification.criteria.facts import ZJTX63, facts_of, library
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.classification.test_standing import Act, done
from tests.enterprises.figure_factories import state
from tests.factories import make_officer
from tests.statements import counted_statements

ON = date(2026, 11, 22)


@pytest.fixture
def enterprise(app: Flask) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def checker(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES, mail="checker@portal.example")


def version_of(series: str, on: date = ON) -> InForce:
    found = find_version_for(series, on)
    assert found is not None
    return found


def work() -> None:
    """Let the worker judge until nothing is owed."""
    while outbox.drain(handlers()):
        pass


def stored() -> int:
    return db.session.scalar(select(func.count(Assessment.id))) or 0


def owed() -> int:
    owing = select(func.count(OutboxMessage.id)).where(OutboxMessage.topic == TOPIC)
    return db.session.scalar(owing) or 0


def standing(enterprise: Enterprise, series: str) -> Precheck:
    return prechecks_of([enterprise.id])[enterprise.id, series]


def test_the_same_inputs_are_kept_once(enterprise: Enterprise, checker: Person) -> None:
    version = version_of("zjtx")
    first = assess_enterprise(checker, enterprise, version, ON)
    again = assess_enterprise(SYSTEM, enterprise, version, date(2026, 11, 30))

    assert again.id == first.id, "no rule of this version reads the day"
    assert first.made_by_id == checker.id
    assert first.explanation is not None
    assert first.explanation["verdict"] == first.verdict == "unmet"

    state(checker, enterprise, source=Source.CHECKED, revenue="2240")
    other = assess_enterprise(checker, enterprise, version, ON)
    assert other.id != first.id
    assert other.facts_digest != first.facts_digest


def test_a_fact_no_criterion_reads_gives_no_new_row(
    enterprise: Enterprise, checker: Person
) -> None:
    version = version_of("zjtx")
    first = assess_enterprise(checker, enterprise, version, ON)
    state(checker, enterprise, source=Source.CHECKED, cost_expense="100")

    assert assess_enterprise(checker, enterprise, version, ON).id == first.id


def test_another_year_reads_other_figures(enterprise: Enterprise, checker: Person) -> None:
    version = version_of("zjtx")
    first = assess_enterprise(checker, enterprise, version, ON)
    assert assess_enterprise(checker, enterprise, version, date(2027, 1, 1)).id != first.id


def test_where_the_day_matters_it_is_an_input(enterprise: Enterprise, checker: Person) -> None:
    version = version_of("hte")
    first = assess_enterprise(checker, enterprise, version, ON)
    assert assess_enterprise(checker, enterprise, version, date(2026, 11, 23)).id != first.id


def test_the_worker_judges_what_an_action_changed(enterprise: Enterprise, checker: Person) -> None:
    work()
    assert standing(enterprise, "zjtx").missing > 0
    before = standing(enterprise, "zjtx").assessment_id

    state(checker, enterprise, source=Source.CHECKED, revenue="2240", main_revenue="2000")
    work()
    assert standing(enterprise, "zjtx").assessment_id != before
    assert standing(enterprise, "size").assessment.verdict == "undetermined"


def test_judging_again_without_change_writes_nothing(enterprise: Enterprise) -> None:
    work()
    rows = stored()
    assert rows > 0
    assert keep_current([enterprise.id]) == 0
    assert stored() == rows


def test_a_look_up_in_a_list_is_no_pre_check(enterprise: Enterprise) -> None:
    work()
    series = {key[1] for key in prechecks_of([enterprise.id])}
    assert "gazelle.sichuan" not in series
    assert {"hte", "zjtx", "size"} <= series


def test_a_recorded_title_changes_where_the_next_one_stands(enterprise: Enterprise) -> None:
    work()
    assert standing(enterprise, "hte").holds is False
    record_title_for(enterprise, make_recogniser())
    work()
    assert standing(enterprise, "hte").holds is True


def test_at_night_what_no_longer_lasts_is_judged_again(enterprise: Enterprise, app: Flask) -> None:
    work()
    assert standing(enterprise, "zjtx").lasts_until == date(2026, 12, 31)
    assert not enterprises_due(clock.today(), 0, 10)

    clock.set_clock("2027-01-01T00:05:00", app.extensions["site"].time_zone)
    assert list(enterprises_due(clock.today(), 0, 10)) == [enterprise.id]
    begin_due_judgements()
    work()
    assert standing(enterprise, "zjtx").lasts_until == date(2027, 12, 31)
    assert not enterprises_due(clock.today(), 0, 10)


def test_a_failed_action_owes_nothing(enterprise: Enterprise, checker: Person) -> None:
    work()
    before = owed()
    with pytest.raises(Refused):
        state(checker, enterprise, year=2031, source=Source.CHECKED, revenue="2240")
    assert owed() == before

    state(checker, enterprise, source=Source.CHECKED, revenue="2240")
    assert owed() == before + 1


def test_many_enterprises_are_judged_in_as_many_reads_as_one(app: Flask) -> None:
    ids = [make_enterprise(serial).id for serial in range(1, 5)]

    def reads(some: list[int]) -> int:
        with counted_statements() as sent:
            keep_current(some)
        return len([one for one in sent if one.lstrip().startswith("SELECT")])

    assert reads(ids[:1]) == reads(ids[1:])


def test_an_age_lasts_until_the_day_before_it_reaches_its_bound() -> None:
    version = library().versions["hte.2016"]
    young = facts_of({"reg_date": "2026-03-02"}, ON)

    assert lasts_until(version, young) == date(2026, 12, 31)
    younger = facts_of({"reg_date": "2025-11-30"}, ON)
    assert lasts_until(version, younger) == date(2026, 11, 29), "365 days on 30 November"

    def old_enough(on: date) -> bool | None:
        return assess(version, facts_of({"reg_date": "2025-11-30"}, on)).criteria[0].truth

    assert old_enough(date(2026, 11, 29)) is False
    assert old_enough(date(2026, 11, 30)) is True


def test_a_snapshot_gives_its_facts_back() -> None:
    version, sizes = library().versions["zjtx.63"], library().sizes_on(ON)
    stated = {**ZJTX63, "market_share": 0.125, "sme_size": None, "industry_code": "38"}
    inputs = inputs_of(version, facts_of(stated), sizes, library().vocabulary)

    back = facts_from(inputs.text, inputs.facts.on, library().vocabulary)
    assert dict(back.known) == dict(inputs.facts.known)


@pytest.mark.parametrize(
    ("results", "gap"),
    [
        (["met", "met"], Gap.NONE),
        (["met", "judgement"], Gap.JUDGEMENT),
        (["missing", "judgement"], Gap.DATA),
        (["unmet", "met", "judgement"], Gap.ONE),
        (["unmet", "missing"], Gap.ONE_AND_DATA),
        (["unmet", "unmet", "missing"], Gap.MORE),
    ],
)
def test_what_stands_between_is_named(results: list[str], gap: Gap) -> None:
    assert gap_of([Result(one) for one in results]) == gap


def test_a_suspended_title_is_judged_again_at_once(enterprise: Enterprise) -> None:
    officer, second = make_recogniser(), make_recogniser(mail="second-titles@portal.example")
    title = record_title_for(enterprise, officer)
    work()
    assert standing(enterprise, "hte").holds is True

    done(title, officer, second, Act.SUSPEND, ON)
    work()
    assert standing(enterprise, "hte").holds is False
