"""The smallest change that meets a criterion: exact, with its assumption, and true when tried."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from portal.classification.criteria.showing import exact, shown
from tests.classification.criteria.facts import (
    GAZELLE,
    HTE,
    INNOV,
    KJSME,
    UNICORN,
    XJR26,
    XJR63,
    ZJTX26,
    ZJTX63,
    explained,
    found,
)

JUDGED = ZJTX26 | {"market_position_ok": True}


def changes(version: str, stated: dict[str, Any], criterion: str) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = found(explained(version, stated)["criteria"], criterion)[
        "changes"
    ]
    return changes


def steps(change: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [
        (f"{step['metric']}@{step['period']}" if step["period"] else step["metric"],
         step["value"], step["to"])
        for step in change["steps"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("version", "stated", "criterion", "wanted"),
    [
        ("hte.2016", HTE | {"tech_staff": [9]}, "hte.c4", ("tech_staff@Y0", 9, 10)),
        ("hte.2016", HTE | {"employees": [101], "tech_staff": [9]}, "hte.c4",
         ("tech_staff@Y0", 9, 11)),
        ("hte.2016", HTE | {"hitech_income": [2500]}, "hte.c6", ("hitech_income@Y0", 2500, 3000)),
        ("hte.2016", HTE | {"core_ip_owned": True, "major_accident_12m": True}, "hte.c8",
         ("major_accident_12m", True, False)),
        ("zjtx.2026", JUDGED | {"rd_expense": [120, 90]}, "zjtx26.c3", ("rd_expense@Y1", 90, 105)),
        ("zjtx.2026", JUDGED | {"main_revenue": [3000]}, "zjtx26.c2",
         ("main_revenue@Y0", 3000, 3200)),
        ("xjr.2026", XJR26 | {"revenue": [11000, 10500, 10000]}, "xjr26.c2.3.2",
         ("revenue@Y0", 11000, 11025)),
        ("gazelle.torch", GAZELLE | {"revenue": [1700, 1440, 1200, 1000]}, "gaz.a",
         ("revenue@Y0", 1700, 1728)),
        ("gazelle.torch", GAZELLE | {"revenue": [1000] * 4, "rd_expense": [25] * 4}, "gaz.rd",
         ("rd_expense@Y0", 25, 25.000001)),
        ("kjsme.2017", KJSME | {"employees": [510]}, "kjsme.c2a", ("employees@Y0", 510, 500)),
    ],
)  # fmt: skip
def test_the_amount_is_exact(
    version: str, stated: dict[str, Any], criterion: str, wanted: tuple[str, Any, Any]
) -> None:
    assert steps(changes(version, stated, criterion)[0]) == [wanted]


def test_what_stays_unchanged_is_said() -> None:
    (change,) = changes("hte.2016", HTE | {"hitech_income": [2500]}, "hte.c6")
    (kept,) = change["assumes"]["unchanged"]
    assert (kept["metric"], kept["year"], kept["value"]) == ("total_income", 2025, 5000)
    assert change["steps"][0]["by"] == 500


def test_a_debt_ratio_falls_by_repaying_or_by_capital() -> None:
    repaid, capital = changes("zjtx.2026", JUDGED | {"total_liabilities": [4200]}, "zjtx26.c2.3")
    if len(repaid["steps"]) == 1:
        repaid, capital = capital, repaid
    assert steps(repaid) == [("total_liabilities@Y0", 4200, 3200), ("total_assets@Y0", 5000, 4000)]
    assert repaid["assumes"]["zh"] == "偿还债务，资产同步减少"
    assert steps(capital) == [("total_assets@Y0", 5000, 5250)]


def test_too_young_a_firm_is_told_the_day() -> None:
    told = explained("xjj.2023", {"reg_date": "2023-06-15", "legal_person": True})
    (change,) = found(told["criteria"], "xjj.c1.2")["changes"]
    assert steps(change) == [("application_date", "2026-05-01", "2026-06-15")]
    assert change["steps"][0]["by"] == 45


def test_a_group_is_met_by_its_changes_together() -> None:
    low = JUDGED | {"rd_expense": [60, 105]}
    (change,) = changes("zjtx.2026", low, "zjtx26.c3")
    assert steps(change) == [("rd_expense@Y0", 60, 120)]


def test_another_class_of_revenue_is_not_a_goal() -> None:
    told = explained("xjr.63", XJR63 | {"rd_expense": [480, 442.5]})
    inner = found(told["criteria"], "xjr63.xin.rd")
    assert [steps(change) for change in inner["changes"]] == [[("rd_expense@Y1", 442.5, 450)]]


def test_a_change_outside_what_a_fact_can_be_is_not_proposed() -> None:
    told = explained("zjtx.2026", JUDGED | {"platform_quality_score": 49.98})
    assert steps(found(told["criteria"], "zjtx26.c6")["changes"][0])[0][2] == 50
    only_rights = JUDGED | {"ip1_applied": 0, "ip1_effective": 0}
    offered = [
        step for one in changes("zjtx.2026", only_rights, "zjtx26.c4") for step in steps(one)
    ]
    assert "ip1_applied" not in {name for name, _before, _after in offered}
    assert offered


def test_what_is_missing_is_asked_for_and_not_invented() -> None:
    criterion = found(explained("hte.2016", {"employees": [100]})["criteria"], "hte.c4")
    assert (criterion["result"], criterion["missing"]) == ("missing", ["tech_staff@Y0"])
    assert criterion["changes"] == []
    assert criterion["value"] is None


def test_a_score_names_the_ways_to_its_mark() -> None:
    low = KJSME | {"tech_staff": [10], "ip2_effective": 3}
    score = found(explained("kjsme.2017", low)["criteria"], "kjsme.c5.score.1")
    assert (score["points"], score["short_by"]) == ([52, 52], 8)
    first = score["ways"][0]
    assert first["enough"] is True
    assert all(way["gain"] >= 8 for way in score["ways"] if way["enough"])
    by_indicator = {(way["indicator"], way["gain"]): way for way in score["ways"]}
    assert steps(by_indicator["kjsme.s1.1", 8]["change"]) == [("tech_staff@Y0", 10, 20)]
    assert steps(by_indicator["kjsme.s2.1", 10]["change"]) == [
        ("rd_expense_deduction@Y0", 200, 250)
    ]


def test_an_undecided_score_names_what_would_decide_it() -> None:
    z5 = ZJTX63 | {"digital_level": 1, "quality_items": 0, "net_profit": [242]}
    told = explained("zjtx.63", {k: v for k, v in z5.items() if k != "local_feature_points"})
    assert "local_feature_points" in told["missing"]
    assert told["awaited"] == ["local_feature_points"]
    indicator = told["dimensions"][2]["indicators"][0]
    assert (indicator["points"], indicator["needs_judgement"]) == ([0, 15], True)


@pytest.mark.parametrize(
    ("stated", "points", "outside"),
    [
        ({"expert_ip_source": 5, "ip_self_developed_any": True}, [5, 5], False),
        ({"expert_ip_source": 5, "ip_self_developed_any": False}, [3, 3], True),
        ({"expert_ip_source": 0, "ip_self_developed_any": True}, [1, 1], True),
        ({"expert_ip_source": 5}, [5, 5], False),
        ({"ip_self_developed_any": True}, [1, 6], False),
        ({"ip_self_developed_any": False}, [1, 3], False),
        ({}, [0, 6], False),
    ],
)
def test_a_reviewer_is_bound_by_the_band(
    stated: dict[str, Any], points: list[int], outside: bool
) -> None:
    source = explained("hte.2016", stated)["dimensions"][0]["indicators"][3]
    assert (source["points"], source["outside_band"]) == (points, outside)


def test_a_base_of_zero_is_said_to_have_no_meaning() -> None:
    told = explained("xjj.2023", {"xjj_revenue": [1150, 0], "revenue": [1900]})
    growth = found(told["criteria"], "xjj.c5.2")
    assert (growth["result"], growth["undefined"]) == ("judgement", "xjj_revenue@Y1 is 0")


@pytest.mark.parametrize(
    ("value", "bound", "text"),
    [
        ("0.49998", "0.5", "49.998%"),
        ("0.5", "0.5", "50%"),
        ("0.50002", "0.5", "50.002%"),
        ("0.4999999999", "0.5", "49.99999999%"),
        ("0.11995", "0.10", "12%"),
        ("0.099996", "0.10", "9.9996%"),
    ],
)
def test_a_figure_never_reads_as_if_it_met_what_it_misses(
    value: str, bound: str, text: str
) -> None:
    assert shown(Fraction(value), "ratio", [Fraction(bound)]) == text


def test_the_ratio_just_below_is_printed_below() -> None:
    short = JUDGED | {"main_revenue": [3199.9]}
    share = found(explained("zjtx.2026", short)["criteria"], "zjtx26.c2.2")
    assert (share["result"], share["value"], share["wanted"]) == ("unmet", "79.998%", "≥ 80%")


def test_a_compound_rate_is_shown_on_its_side() -> None:
    told = explained("xjr.2026", XJR26 | {"revenue": [11024.99, 10500, 10000]})
    rate = found(told["criteria"], "xjr26.c2.3.2")
    assert (rate["result"], rate["value"]) == ("unmet", "4.99995%")


@pytest.mark.parametrize(
    ("value", "written"),
    [("3", 3), ("0.1", 0.1), ("9922.5", 9922.5), ("12345678.123456789012", "12345678.123456789012"),
     ("1/3", "1/3")],
)  # fmt: skip
def test_a_number_in_json_reads_back_as_itself(value: str, written: Any) -> None:
    assert exact(Fraction(value)) == written


@pytest.mark.parametrize(
    ("version", "stated", "criterion"),
    [
        ("innov.63", INNOV | {"sme_size": "large"}, "innov.c0"),
        ("zjtx.2026", JUDGED | {"sme_size": "large"}, "zjtx26.c0"),
        ("unicorn.ref", UNICORN | {"reg_date": "2016-04-30"}, "uni.c1"),
    ],
)
def test_no_change_is_proposed_of_the_class_a_firm_is_in(
    version: str, stated: dict[str, Any], criterion: str
) -> None:
    assert found(explained(version, stated)["criteria"], criterion)["result"] == "unmet"
    assert changes(version, stated, criterion) == []


def test_a_firm_too_young_is_told_from_which_day_it_is_old_enough() -> None:
    (change,) = changes("hte.2016", HTE | {"reg_date": "2025-05-02"}, "hte.c1")
    assert steps(change) == [("application_date", "2026-05-01", "2026-05-02")]
