"""Size classes by industry, staff, revenue and assets, and the version for a date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.classification.criteria.facts import explained, library

SIZES: list[tuple[dict[str, Any], list[str], str]] = [
    ({"industry_code": "3841", "employees": [299], "revenue": [50000]}, ["small"], "met"),
    ({"industry_code": "3841", "employees": [1000], "revenue": [39999]}, ["medium"], "met"),
    ({"industry_code": "3841", "employees": [1000], "revenue": [40000]}, ["large"], "unmet"),
    ({"industry_code": "3841", "employees": [20], "revenue": [300]}, ["small"], "met"),
    ({"industry_code": "3841", "employees": [19], "revenue": [300]}, ["micro"], "met"),
    ({"industry_code": "3841", "revenue": [299]}, ["micro"], "met"),
    (
        {"industry_code": "3841", "revenue": [5000]},
        ["micro", "small", "medium"],
        "undetermined",
    ),
    ({"industry_code": "5310", "employees": [10], "revenue": [10]}, ["none"], "unmet"),
    ({"industry_code": "4700", "revenue": [6000], "total_assets": [4999]}, ["small"], "met"),
    ({"industry_code": "4700", "revenue": [6000], "total_assets": [5000]}, ["medium"], "met"),
    ({"industry_code": "5911", "employees": [1000], "revenue": [30000]}, ["large"], "unmet"),
    ({"industry_code": "5920", "employees": [200], "revenue": [30000]}, ["large"], "unmet"),
    ({"industry_code": "59", "employees": [100], "revenue": [3000]}, ["small", "medium"],
     "undetermined"),
    ({"industry_code": "7040", "employees": [10]}, ["none"], "unmet"),
    ({"industry_code": "7010", "revenue": [1000], "total_assets": [5000]}, ["medium"], "met"),
    ({"industry_code": "7510", "employees": [10]}, ["small"], "met"),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "classes", "verdict"), SIZES)
def test_a_size_follows_from_every_figure_of_its_row(
    stated: dict[str, Any], classes: list[str], verdict: str
) -> None:
    told = explained("size_table", stated)
    assert told["size"]["possible"] == classes
    assert told["size"]["class"] == (classes[0] if len(classes) == 1 else None)
    assert told["verdict"] == verdict


def test_the_reason_names_the_figure_that_keeps_it_down() -> None:
    told = explained("size_table", {"industry_code": "3841", "employees": [299], "revenue": [5e4]})
    (row,) = told["size"]["rows"]
    assert row["zh"] == "工业"
    staff, revenue = row["figures"]
    assert (staff["metric"], staff["value"], staff["allows_at_most"]) == ("employees", 299, "small")
    assert staff["bounds"] == {"large": 1000, "medium": 300, "small": 20}
    assert (revenue["allows_at_most"], revenue["decides"]) == ("large", False)


def test_an_open_size_names_what_is_missing() -> None:
    assert explained("size_table", {"industry_code": "3841", "revenue": [5000]})["missing"] == [
        "employees@Y0"
    ]
    assert explained("size_table", {})["missing"] == ["industry_code@Y0"]


def test_a_range_of_small_and_medium_is_small_or_medium_enough() -> None:
    told = explained("innov.63", {"industry_code": "3841", "revenue": [5000]})
    assert told["criteria"][0]["result"] == "met"
    open_ = explained("innov.63", {"industry_code": "3841", "revenue": [50000]})
    assert open_["criteria"][0]["result"] == "missing"
    assert open_["criteria"][0]["value"] == ["large", "medium", "micro", "small"]


@pytest.mark.parametrize(
    ("series", "on", "recheck", "version"),
    [
        ("zjtx", date(2026, 3, 31), False, "zjtx.63"),
        ("zjtx", date(2026, 4, 1), False, "zjtx.2026"),
        ("xjr", date(2026, 3, 31), False, "xjr.63"),
        ("xjr", date(2026, 4, 1), False, "xjr.2026"),
        ("xjr", date(2026, 6, 1), True, "xjr.63"),
        ("xjr", date(2026, 12, 31), True, "xjr.63"),
        ("xjr", date(2027, 1, 1), True, "xjr.2026"),
        ("innov", date(2026, 6, 1), False, "innov.63"),
        ("innov", date(2022, 7, 31), False, None),
        ("hte", date(2026, 6, 1), True, "hte.2016"),
    ],
)
def test_the_date_of_the_application_chooses_the_version(
    series: str, on: date, recheck: bool, version: str | None
) -> None:
    found = library().version_on(series, on, recheck)
    assert (found.id if found else None) == version
