"""What a later version of the rules asks that the one before did not, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.classification import parsed_rules
from portal.classification.criteria.library import read_unnamed
from portal.classification.criteria.nodes import Version
from portal.classification.terms.versions import Change
from portal.classification.words.comparison import Difference, compare
from tests.browser_client import Browser
from tests.classification.criteria.test_loading import RULE
from tests.classification.version_factories import make_draft_version, text_of, writer


def read(text: str) -> Version:
    return read_unnamed(text, parsed_rules.vocabulary())


def differing(after: str, before: str = RULE) -> list[Difference]:
    """Return everything that differs between two texts."""
    groups = compare(read(before), read(after), parsed_rules.vocabulary())
    return [row for _title, rows in groups for row in rows]


@pytest.fixture(autouse=True)
def chinese(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_the_same_rules_do_not_differ() -> None:
    assert differing(RULE) == []


@pytest.mark.parametrize(
    ("after", "change", "words"),
    [
        ("ge: 0.04\n", Change.STRICTER, "不低于4%"),
        ("gt: 0.03\n", Change.STRICTER, "高于3%"),
        ("ge: 0.02\n", Change.EASIER, "不低于2%"),
        ("ge: 0.03\n      le: 0.5\n", Change.STRICTER, "不低于3%且不高于50%"),
        ("ge: 0.02\n      le: 0.5\n", Change.CHANGED, "不低于2%且不高于50%"),
        ("ge: 0.04\n      given: true\n", Change.CHANGED, "不低于4%"),
    ],
)
def test_a_moved_threshold_is_told_with_its_direction(
    after: str, change: Change, words: str
) -> None:
    [row] = differing(RULE.replace("ge: 0.03\n", after, 1))
    assert (row.name, row.before, row.after) == ("研发占比", "不低于3%", words)
    assert row.change == change


def test_a_pass_mark_is_a_threshold_too() -> None:
    [row] = differing(RULE.replace("score: total, ge: 6", "score: total, gt: 6"))
    assert (row.name, row.change) == ("综合得分", Change.STRICTER)


def test_a_condition_that_comes_is_new_and_one_that_goes_is_dropped() -> None:
    more = RULE.replace(
        "rule:\n  all:\n",
        "rule:\n  all:\n    - {id: t.3, flag: listed, is: "
        "true, zh: 已上市, clause: 第三条, confidence: verified}\n",
    )
    [row] = differing(more)
    assert (row.before, row.after, row.change) == ("", "是", Change.NEW)
    [row] = differing(RULE, more)
    assert (row.before, row.after, row.change) == ("是", "", Change.DROPPED)


def test_points_that_move_are_shown_before_and_after() -> None:
    [row] = differing(
        RULE.replace("{ge: 0.03, lt: 0.05, points: 5}", "{ge: 0.03, lt: 0.05, points: 6}")
    )
    assert row.name == "研发占比"
    assert "5分" in row.before
    assert "6分" in row.after


def test_another_way_of_computing_is_told(app: Flask) -> None:
    rows = differing(RULE.replace("[rd_expense@Y0, revenue@Y0]", "[rd_expense@Y1, revenue@Y1]"))
    assert any("前一年度营业收入" in row.after for row in rows)


def test_words_and_clauses_that_differ_are_told() -> None:
    [row] = differing(RULE.replace("clause: 第一条", "clause: 第五条"))
    assert row.name == "t.1"


def test_the_page_compares_with_the_version_before(app: Flask, visitor: Browser) -> None:
    officer = writer()
    make_draft_version(officer, text_of().replace("revenue@Y0, ge: 1500", "revenue@Y0, ge: 1800"))
    page = visitor.sign_in(officer).get("/bureau/titles/rules/zjtx.2027/compare")
    assert "不低于1500万元" in page.main
    assert "不低于1800万元" in page.main
    assert "提高要求" in page.main
    page = visitor.get("/bureau/titles/rules/zjtx.2027/compare?with=zjtx.63")
    assert "不低于1000万元" in page.main
    alone = visitor.get("/bureau/titles/rules/hte.2016/compare")
    assert "没有其他版本可供对比" in alone.main
