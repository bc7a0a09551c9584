"""Facts from a file: what is read, and the sentence for what cannot be right."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from portal.classification.criteria.facts import Facts
from portal.classification.criteria.facts_file import FactsError, read_facts
from portal.classification.criteria.vocabulary import Ref
from tests.classification.criteria.facts import library

TODAY = date(2026, 5, 1)


def read(text: str) -> Facts:
    return read_facts(text, library().vocabulary, TODAY)


def test_a_list_is_newest_first_and_null_is_missing() -> None:
    facts = read('{"revenue": [300, null, 100.5]}')
    assert facts.number(Ref("revenue", 0)) == 300
    assert facts.find(Ref("revenue", 1)) is None
    assert facts.number(Ref("revenue", 2)) == Fraction("100.5")


def test_calendar_years_are_counted_back_from_the_year_before_the_application() -> None:
    facts = read('{"revenue": {"2025": 300, "2024": 200}, "application_date": "2026-04-01"}')
    assert facts.number(Ref("revenue", 0)) == 300
    assert facts.number(Ref("revenue", 1)) == 200
    assert facts.year(Ref("revenue", 1)) == 2024


def test_a_single_value_of_a_yearly_fact_is_of_the_latest_year() -> None:
    assert read('{"revenue": 300}').number(Ref("revenue", 0)) == 300


def test_a_number_is_read_as_it_is_written() -> None:
    assert read('{"revenue": [0.1]}').number(Ref("revenue", 0)) == Fraction(1, 10)


def test_plain_rd_expense_stands_for_every_definition_that_is_not_given() -> None:
    facts = read('{"rd_expense": [10, 9], "rd_expense_hte": [8]}')
    assert facts.number(Ref("rd_expense_deduction", 1)) == 9
    assert facts.source(Ref("rd_expense_deduction", 1)) == "rd_expense"
    assert facts.number(Ref("rd_expense_hte", 0)) == 8
    assert facts.find(Ref("rd_expense_hte", 1)) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"turnover": [1]}', "turnover: this is not a known fact"),
        ('{"revenue": ["1000"]}', "revenue@Y0: a number is wanted"),
        ('{"revenue": [true]}', "revenue@Y0: a number is wanted"),
        ('{"employees": [10.5]}', "employees@Y0: a whole number is wanted"),
        ('{"revenue": [-1]}', "revenue@Y0: -1 is outside 0 to 100000000"),
        ('{"revenue": [1e400]}', "revenue@Y0: 1E+400 is outside 0 to 100000000"),
        ('{"revenue": [1e-400]}', "revenue@Y0: at most 12 decimals are read"),
        ('{"revenue": [NaN]}', "“NaN” is not a number"),
        ('{"revenue": [1, 2, 3, 4, 5]}', "at most four years are stated"),
        ('{"revenue": {"2026": 1}}', "2026 is not complete on 2026-05-01; the latest year is 2025"),
        ('{"revenue": {"2020": 1}}', "2020 is earlier than any rule reads"),
        ('{"revenue": {"Y9": 1}}', "“Y9” is not a year"),
        ('{"employees": [10], "tech_staff": [11]}', "tech_staff@Y0: it cannot exceed employees@Y0"),
        ('{"listed": "no"}', "listed: true or false is wanted"),
        ('{"tech_field": "cooking"}', "tech_field: one of electronics"),
        ('{"reg_date": "1 May 2018"}', "reg_date: a date like 2026-04-01 is wanted"),
        ('{"reg_date": "2026-05-02"}', "reg_date: it cannot exceed application_date"),
        ('{"industry_code": 3841}', "industry_code@Y0: a text in quotation marks is wanted"),
        ('{"industry_code": "98"}', "industry_code@Y0: “98” is not such a code"),
        ('{"listed": true, "listed": false}', "listed: it is stated twice"),
        ("[1]", "The facts are one JSON object"),
        ("{", "This is not JSON"),
    ],
)
def test_what_cannot_be_right_is_named(text: str, sentence: str) -> None:
    with pytest.raises(FactsError) as refused:
        read_facts(text, library().vocabulary, TODAY, TODAY)
    assert sentence in str(refused.value)
