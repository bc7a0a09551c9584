"""What the registry knows, read as the facts of an application."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.criteria.evaluation import assess
from portal.classification.criteria.facts import Fact, Facts
from portal.classification.criteria.vocabulary import Ref
from portal.classification.fact_sources import FactSourceError, title_fact, title_facts
from portal.classification.queries.facts import HeldTitle, facts_of, facts_of_titles
from portal.classification.rules.facts import ref_of, without_contradictions
from portal.classification.terms.facts import FactSource, title_source
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.figures import metrics
from portal.enterprises.terms.figures import FilledBy, Source
from portal.extensions import db
from tests.classification.criteria.facts import FIXTURES, library
from tests.classification.factories import (
    INDUSTRY,
    make_enterprise,
    make_recogniser,
    record_title_for,
)
from tests.enterprises.figure_factories import state
from tests.factories import make_officer
from tests.statements import counted_statements

ON = date(2026, 11, 22)
# Facts of a record, of an application, and derived ones: the rest are figures or titles.
RECORD = {"uscc", "reg_date", "reg_region"}
APPLICATION = {"application_date", "is_renewal"}
DERIVED = {"sme_size"}


def known_of(enterprise: Enterprise, on: date = ON) -> Facts:
    return facts_of([enterprise.id], on)[enterprise.id]


def value(facts: Facts, name: str, back: int | None = None) -> object:
    return facts.find(Ref(name, back))


def owner_of(enterprise: Enterprise) -> Person:
    return db.session.get_one(Person, enterprise.created_by_id)


@pytest.fixture
def enterprise(app: Flask) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def checker(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES, mail="checker@portal.example")


def test_a_record_says_when_where_and_in_which_industry(enterprise: Enterprise) -> None:
    facts = known_of(enterprise)

    assert value(facts, "reg_date") == date(2016, 5, 4)
    assert value(facts, "reg_region") == "511402"
    assert value(facts, "industry_code", 0) == "38"
    assert facts.source(Ref("reg_date")) == FactSource.RECORD


def test_years_count_back_from_the_application(enterprise: Enterprise, checker: Person) -> None:
    for year, revenue in ((2025, "2240"), (2024, "2000.5"), (2021, "900")):
        state(checker, enterprise, year, Source.CHECKED, revenue=revenue)

    facts = known_of(enterprise)
    assert value(facts, "revenue", 0) == 2240
    assert value(facts, "revenue", 1) == Fraction("2000.5")
    assert value(facts, "revenue", 2) is None, "2023 was not stated: missing, not 0"
    assert Ref("revenue", 4) not in facts.known, "no rule reads the fifth year"

    a_year_before = known_of(enterprise, date(2025, 11, 22))
    assert value(a_year_before, "revenue", 0) == Fraction("2000.5")


def test_the_year_of_the_application_is_not_complete() -> None:
    assert ref_of("revenue", 4, 2026, ON) is None
    assert ref_of("revenue", 4, 2025, ON) == Ref("revenue", 0)
    assert ref_of("revenue", 4, 2022, ON) == Ref("revenue", 3)
    assert ref_of("revenue", 4, 2021, ON) is None
    assert ref_of("main_revenue", 3, 2022, ON) is None, "stated for three years only"
    assert ref_of("listed", 0, None, ON) == Ref("listed")
    assert ref_of("listed", 0, 2025, ON) is None


def test_what_an_officer_checked_stands_before_what_the_enterprise_states(
    enterprise: Enterprise, checker: Person
) -> None:
    owner = owner_of(enterprise)
    state(owner, enterprise, revenue="2300", rd_expense="90")
    state(checker, enterprise, source=Source.CHECKED, revenue="2240")

    facts = known_of(enterprise)
    assert facts.known[Ref("revenue", 0)] == Fact(Fraction(2240), "checked")
    assert facts.known[Ref("rd_expense", 0)] == Fact(Fraction(90), "self_declared")


def test_each_definition_of_rd_is_read_for_itself(enterprise: Enterprise) -> None:
    state(owner_of(enterprise), enterprise, rd_expense="90", rd_expense_hte="120")

    facts = known_of(enterprise)
    assert value(facts, "rd_expense", 0) == 90
    assert value(facts, "rd_expense_hte", 0) == 120
    assert value(facts, "rd_expense_deduction", 0) is None, "never filled from another definition"


def test_of_a_part_above_its_whole_the_weaker_statement_is_not_used() -> None:
    whole, part = Ref("revenue", 0), Ref("main_revenue", 0)
    limits = {"main_revenue": "revenue"}

    def kept(whole_source: str, part_source: str) -> set[Ref]:
        known = {
            whole: Fact(Fraction(100), whole_source),
            part: Fact(Fraction(110), part_source),
        }
        return set(without_contradictions(known, limits))

    assert kept("checked", "self_declared") == {whole}
    assert kept("self_declared", "official") == {part}
    assert kept("self_declared", "self_declared") == {whole}
    equal = {whole: Fact(Fraction(100)), part: Fact(Fraction(100))}
    assert set(without_contradictions(equal, limits)) == {whole, part}


def test_a_title_on_record_answers_on_its_last_day_and_not_after(enterprise: Enterprise) -> None:
    record_title_for(enterprise, make_recogniser())
    held = Ref("has_hte_cert")

    on_last_day = known_of(enterprise, date(2027, 11, 4))
    assert on_last_day.known[held] == Fact(True, title_source("GR202451000001"))
    assert known_of(enterprise, date(2027, 11, 5)).known[held] == Fact(False, FactSource.NO_TITLE)
    assert value(known_of(enterprise, date(2024, 11, 4)), "has_hte_cert") is False


def test_a_national_title_of_the_family_reaches_the_provincial_level(
    enterprise: Enterprise,
) -> None:
    officer = make_recogniser(INDUSTRY, "sme@portal.example")
    record_title_for(enterprise, officer, "little_giant", number="第六批第88项", batch="第六批")

    facts = known_of(enterprise)
    assert value(facts, "has_zjtx") is True
    assert value(facts, "has_tech_or_innov_sme") is False


def test_a_title_that_waits_to_be_verified_leaves_its_fact_missing(app: Flask) -> None:
    claim = HeldTitle("tech_sme", "", "", is_claim=True)

    found = facts_of_titles([claim])
    assert Ref("has_tech_or_innov_sme") not in found
    assert found[Ref("has_hte_cert")].value is False

    verified = HeldTitle("innovative_sme", "provincial", "2025年第一批第96项")
    assert facts_of_titles([claim, verified])[Ref("has_tech_or_innov_sme")].value is True


def test_the_level_of_a_recorded_platform_stands_before_the_stated_one(
    enterprise: Enterprise,
) -> None:
    state(owner_of(enterprise), enterprise, year=None, rd_institution="national")
    assert value(known_of(enterprise), "rd_institution") == "national"

    record_title_for(
        enterprise, make_recogniser(), "rd_platform", level="city", subject="示例技术中心"
    )
    assert value(known_of(enterprise), "rd_institution") == "municipal"


def test_many_enterprises_take_as_many_statements_as_one(app: Flask) -> None:
    few = [make_enterprise(1).id]
    many = few + [make_enterprise(serial).id for serial in range(2, 6)]

    with counted_statements() as for_one:
        facts_of(few, ON)
    with counted_statements() as for_many:
        found = facts_of(many, ON)

    assert set(found) == set(many)
    assert len(for_one) == len(for_many) == 5


def test_an_unknown_enterprise_has_no_entry(app: Flask) -> None:
    assert facts_of([987654], ON) == {}


def test_the_facts_can_be_judged(enterprise: Enterprise) -> None:
    version = library().versions["zjtx.2026"]
    assessment = assess(version, known_of(enterprise), library().sizes_on(ON))

    assert assessment.verdict is False, "no basis title is on record"


def test_every_fact_a_rule_reads_can_be_entered_somewhere(app: Flask) -> None:
    every = metrics()
    by_title = {fact.fact for fact in title_facts()}

    for name in facts_read_by_rules():
        asked = every.get(name)
        by_member = asked is not None and asked.filled_by == FilledBy.MEMBER
        by_reviewer = library().vocabulary.metrics[name].by_officer
        elsewhere = name in by_title | RECORD | APPLICATION | DERIVED
        assert by_member or by_reviewer or elsewhere, name


def test_figures_are_stated_for_the_years_the_rules_read(app: Flask) -> None:
    for code, metric in metrics().items():
        assert metric.years == library().vocabulary.metrics[code].years, code


def test_a_fact_of_titles_names_a_known_level() -> None:
    with pytest.raises((FactSourceError, ValueError)):
        title_fact({"fact": "has_x", "kinds": ["x"], "at_least": "worldwide"})


def facts_read_by_rules() -> set[str]:
    """Return the ids of facts that stand in any rule file, as words."""
    known = library().vocabulary.metrics
    text = "\n".join(path.read_text("utf-8") for path in (FIXTURES / "criteria").glob("*.yaml"))
    return set(re.findall(r"[a-zA-Z0-9_]+", text)) & set(known)
