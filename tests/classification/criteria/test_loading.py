"""What is wrong in a rule file is named by file, line and one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.classification.criteria.building import build
from portal.classification.criteria.checking import check_versions
from portal.classification.criteria.library import read_library, read_version
from portal.classification.criteria.nodes import Period, Version
from portal.classification.criteria.reading import RuleFileError, read_marked
from tests.classification.criteria.facts import FIXTURES, library

RULE = """\
id: trial
series: trial
title: high_tech
zh: 示例标准
en: A trial
documents:
  - {title: 示例办法, number: 示例1号, issuer: 示例部门, issued: "2026", confidence: verified}
confidence: verified
effective: 2026-01-01
expires: null
figures:
  rd_ratio: {zh: 研发占比, en: R&D share, unit: ratio, share: [rd_expense@Y0, revenue@Y0]}
rule:
  all:
    - id: t.1
      value: rd_ratio
      ge: 0.03
      zh: 不低于3%
      clause: 第一条
      confidence: verified
    - {id: t.2, score: total, ge: 6, zh: 6分以上, clause: 第二条, confidence: verified}
score:
  max: 10
  dimensions:
    - id: t.s1
      zh: 投入
      max: 10
      indicators:
        - id: t.s1.1
          zh: 研发占比
          max: 10
          value: rd_ratio
          bands:
            - {ge: 0.05, points: 10}
            - {ge: 0.03, lt: 0.05, points: 5}
            - {lt: 0.03, points: 0}
"""


def load(text: str) -> Version:
    return build(read_marked(text, "trial.yaml"), library().vocabulary)


def fault(text: str) -> RuleFileError:
    with pytest.raises(RuleFileError) as refused:
        load(text)
    return refused.value


def line_of(part: str) -> int:
    return RULE[: RULE.index(part)].count("\n") + 1


def test_the_trial_is_sound() -> None:
    assert load(RULE).id == "trial"


MIDDLE = "{ge: 0.03, lt: 0.05, points: 5}"
FAULTS = [
    # what is written, what stands there instead, the sentence, the line where it is not the same
    ("[rd_expense@Y0,", "[rd_cost@Y0,", "“rd_cost” is not a known fact", ""),
    ("[rd_expense@Y0,", "[rd_expense,", "name one, as in rd_expense@Y0", ""),
    ("[rd_expense@Y0,", "[rd_expense@Y4,", "not stated for “Y4”", ""),
    ("[rd_expense@Y0,", "[listed,", "“listed” is not a number", ""),
    ("[rd_expense@Y0, revenue@Y0]", "[revenue@Y0]", "Exactly two must stand here", ""),
    ("value: rd_ratio\n      ge", "value: rd_rate\n      ge", "“rd_rate” is not a known fact", ""),
    ("      ge: 0.03\n", "", "Say a bound", "id: t.1"),
    ("ge: 0.03\n", "ge: three\n", "“three” is not a number", ""),
    ("ge: 0.03\n", "ge: 1.0e+999999999\n", "not a plain decimal number", ""),
    ("ge: 0.03\n", "ge: 1.0e-999999999\n", "not a plain decimal number", ""),
    ("ge: 0.03\n", "ge: .inf\n", "not a plain decimal number", ""),
    ("ge: 0.03\n", f"ge: {'9' * 21}\n", "not a plain decimal number", ""),
    ("ge: 0.03\n", "gt: 0.03\n      ge: 0.03\n", "Say the bound once", ""),
    ("ge: 0.03\n", "{ge: 0.03}\n", "This is not YAML", "?"),
    ("ge: 0.03\n", "ge: 0.03\n      lt: 0.03\n", "Nothing can be within", "id: t.1"),
    ("ge: 0.03\n", "at_least: 0.03\n", "Unknown key “at_least”", ""),
    ("value: rd_ratio\n      ge: 0.03", "flag: revenue@Y0\n      is: true", "not bool", ""),
    ("value: rd_ratio\n      ge: 0.03", "choice: rd_institution\n      in: [x]", "“x” is", "ge:"),
    ("value: rd_ratio\n      ge: 0.03", "all: []", "A list must stand here", ""),
    ("id: t.2", "id: t.1", "The id “t.1” stands here twice", ""),
    ("score: total", "score: t.s9", "There is no score “t.s9”", ""),
    ("ge: 6", "ge: 11", "The mark is above all the points: 10", ""),
    ("ge: 6", "le: 6", "Unknown key “le”", ""),
    (", clause: 第二条", "", "needs its text (zh), its clause", "id: t.2"),
    ("第二条, confidence: verified", "第二条, confidence: sure", "“sure” is not one of", ""),
    (MIDDLE, "{ge: 0.03, lt: 0.06, points: 5}", "overlap", "{ge: 0.05"),
    (MIDDLE, "{ge: 0.03, le: 0.05, points: 5}", "Exactly 0.05 is in this band", "{ge: 0.05"),
    (MIDDLE, "{ge: 0.03, lt: 0.04, points: 5}", "between 0.04 and 0.05", "{ge: 0.05"),
    (MIDDLE, "{ge: 0.03, lt: 0.05, points: [6, 5]}", "Points are a number, or", ""),
    (MIDDLE, "{ge: 0.03, lt: 0.05, points: -5}", "Points are not negative", ""),
    ("{ge: 0.05, points", "{gt: 0.05, points", "no band holds exactly 0.05", ""),
    ("{ge: 0.05, points", "{ge: 0.05, lt: 1, points", "no band holds what is above", ""),
    ("{lt: 0.03, points", "{ge: 0, lt: 0.03, points", "no band holds what is below", ""),
    ("          max: 10", "          max: 12", "The points come to 10, but 12 are stated", ""),
    ("zh: 投入\n      max: 10", "zh: 投入\n      max: 9", "come to 10, but 9 are", "      max: 10"),
    ("  max: 10\n  dim", "  max: 20\n  dim", "come to 10, but 20 are stated", ""),
    ("effective: 2026-01-01", "effective: 1 January", "is not a date like 2026-04-01", ""),
    ("expires: null", "expires: 2025-12-31", "It expires before it takes effect", ""),
    ("expires: null\n", "", "“expires” is missing here", "id: trial"),
    ("title: high_tech", "owner: me\ntitle: high_tech", "Unknown key “owner”", ""),
    ("title: high_tech", "series: b\ntitle: high_tech", "“series” stands here twice", ""),
    ("zh: 示例标准", "zh: [示例标准]", "A single value must stand here", ""),
    ("zh: 示例标准", "zh: ''", "A text is missing here", ""),
    ("zh: 示例标准", "zh: 'unclosed", "This is not YAML", "?"),
]


@pytest.mark.parametrize(("before", "after", "sentence", "elsewhere"), FAULTS)
def test_a_fault_is_named_by_its_line(
    before: str, after: str, sentence: str, elsewhere: str
) -> None:
    assert before in RULE
    found = fault(RULE.replace(before, after, 1))
    assert sentence in found.sentence
    assert found.file == "trial.yaml"
    if elsewhere != "?":
        assert found.line == line_of(elsewhere or before)


def test_a_score_without_its_table_is_refused() -> None:
    found = fault(RULE[: RULE.index("score:\n  max")])
    assert "There is no score “total” here" in found.sentence


def test_references_are_refused() -> None:
    listed = RULE.replace("documents:\n", "documents: &all\n") + "remarks: *all\n"
    assert fault(listed).sentence.startswith("Write it out: no references")


@pytest.mark.parametrize("deep", ["[" * 3000 + "]" * 3000, "[" * 40 + "]" * 40])
def test_a_deep_nest_is_refused(deep: str) -> None:
    assert fault(f"id: {deep}").sentence.startswith(("Write it out", "This is not YAML"))


def test_criteria_are_not_nested_without_end() -> None:
    deep = "{any: [" * 10 + "{flag: listed, is: true}" + "]}" * 10
    assert "nested deeper" in fault(f"{RULE}remarks: [{deep}]\n").sentence


LISTED = "when: {flag: listed, is: true}, points: "
CORE = "expert: expert_ip_core, grades: "
INDICATORS = [
    (f"first: [{{{LISTED}5}}, {{otherwise: true, points: 10}}]", "gives more than the one on line"),
    (f"first: [{{{LISTED}10}}, {{{LISTED}0}}]", "Unknown key “when”"),
    (f"first: [{{{LISTED}10}}, {{points: 0}}]", "The last band must be for all else"),
    ("flag: listed, bands: [{is: true, points: 10}]", "A gap: no band holds false"),
    ("flag: listed, bands: [{is: true, points: 10}, {is: true, points: 0}]", "bands hold true"),
    ("choice: product_field_63, bands: [{in: [short_board], points: 10}]", "holds none, six_bases"),
    ("steps: {value: niche_years, every: 0, points: 1}", "Steps and their points are above zero"),
    (CORE + "[{zh: 高, points: [7, 10]}, {zh: 低, points: [0, 5]}]", "no grade gives 6 points"),
    (CORE + "[{zh: 高, points: [5, 10]}, {zh: 低, points: [0, 5]}]", "overlap"),
    (CORE + "[{zh: 高, points: [1, 10]}]", "A gap: no grade gives 0 points"),
    ("grades: [{zh: 高, points: [0, 10]}]", "“expert” is missing here"),
    ("expert: listed, reviewer: true", "“listed” is not a number of points"),
    ("expert: expert_ip_core, reviewer: false", "Leave this out or say true"),
    ("expert: expert_ip_core", "Exactly one of value, choice, flag"),
]


@pytest.mark.parametrize(("indicator", "sentence"), INDICATORS)
def test_a_faulty_indicator_is_refused(indicator: str, sentence: str) -> None:
    head = RULE[: RULE.index("        - id: t.s1.1")]
    found = fault(f"{head}        - {{id: t.s1.1, zh: 示例, max: 10, {indicator}}}\n")
    assert sentence in found.sentence
    assert found.line == line_of("        - id: t.s1.1")


def test_the_size_table_keeps_every_code_in_one_row() -> None:
    text = (FIXTURES / "criteria" / "size_table.yaml").read_text("utf-8")
    twice = text.replace('codes: ["51"]', 'codes: ["52"]')
    with pytest.raises(RuleFileError, match=r"size_table\.yaml:\d+: The code 52 stands in size.04"):
        build(read_marked(twice, "size_table.yaml"), library().vocabulary)
    rising = text.replace("staff: [200, 20, 5]", "staff: [20, 200, 5]")
    with pytest.raises(RuleFileError, match="large, medium, small, each lower"):
        build(read_marked(rising, "size_table.yaml"), library().vocabulary)


def test_dates_of_one_series_do_not_overlap() -> None:
    older, newer = library().versions["zjtx.63"], library().versions["zjtx.2026"]
    check_versions([older, newer])
    longer = replace(older, in_force=Period(older.in_force.begin, date(2026, 4, 1)))
    with pytest.raises(RuleFileError, match=r"zjtx.2026.yaml:\d+: The dates overlap .* zjtx.63"):
        check_versions([longer, newer])


def test_the_file_is_named_after_its_id(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(RULE, encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"other.yaml:1: .* must be named trial.yaml"):
        read_version(path, library().vocabulary)


def test_every_version_of_the_fixtures_is_sound() -> None:
    found = read_library(FIXTURES).versions
    assert set(found) == {
        "hte.2016", "kjsme.2017", "innov.63", "zjtx.63", "zjtx.2026", "xjr.63", "xjr.2026",
        "champion.138", "gazelle.torch", "gazelle.sichuan", "unicorn.ref", "xjj.2023", "size_table",
    }  # fmt: skip
    indicative = {name for name, version in found.items() if version.indicative}
    assert indicative == {"gazelle.torch", "unicorn.ref"}


def test_every_fault_of_a_file_is_named_at_once_and_none_for_its_consequences() -> None:
    text = (
        RULE.replace("[rd_expense@Y0,", "[rd_cost@Y0,")
        .replace("effective: 2026-01-01", "effective: soon")
        .replace("ge: 6", "ge: six")
    )
    found = fault(text).every
    said = [(one.line, one.sentence.split("”")[0]) for one in found]
    assert said == [
        (line_of("effective:"), "“soon"),
        (line_of("rd_ratio:"), "“rd_cost"),
        (line_of("ge: 6"), "“six"),
    ]


def test_faults_of_points_are_named_in_each_part_of_the_table() -> None:
    other = (
        RULE[RULE.index("    - id: t.s1\n") :]
        .replace("t.s1", "t.s2")
        .replace("  max: 10", "  max: 11", 1)
    )
    text = RULE.replace(MIDDLE, "{ge: 0.03, lt: 0.04, points: 5}") + other
    sentences = [one.sentence for one in fault(text).every]
    assert len(sentences) == 2
    assert "between 0.04 and 0.05" in sentences[0]
    assert "come to 10, but 11 are stated" in sentences[1]
