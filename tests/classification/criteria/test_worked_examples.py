"""The worked examples of the sources, calculated by hand, and their neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from tests.classification.criteria.facts import (
    CHAMPION,
    GAZELLE,
    HTE,
    INNOV,
    KJSME,
    XJJ,
    XJR26,
    XJR63,
    ZJTX26,
    ZJTX63,
    explained,
    without,
)

MET, UNMET, OPEN = "met", "unmet", "undetermined"
H3 = {
    "ip1_effective": 0,
    "ip2_effective": 2,
    "transfer_3y": [9],
    "expert_ip_advanced": 6,
    "expert_ip_core": 7,
    "expert_ip_source": 6,
    "expert_mgmt_1": 6,
    "expert_mgmt_2": 6,
    "expert_mgmt_3": 4,
    "expert_mgmt_4": 4,
}
H7 = {
    "full_years_operated": 2,
    "total_assets": [2890, 2400],
    "sales_revenue": [5000, 4000],
    "rd_expense": [250, 210],
    "rd_expense_domestic": [250, 210],
    "transfer_3y": [10],
}
I3 = {
    "ip1_self": 0,
    "rd_expense": [63],
    "revenue": [3150],
    "main_revenue": [2205, 2100],
    "total_liabilities": [1500],
    "strategic_industry": False,
}
T7 = {"rd_expense": [200], "tech_staff": [20], "ip2_effective": 2}
Z5 = {"digital_level": 1, "quality_items": 0, "net_profit": [242]}

EXAMPLES: list[tuple[str, str, dict[str, Any], str, list[int] | None]] = [
    ("H1", "hte.2016", HTE, MET, [81, 89]),
    ("H3", "hte.2016", HTE | H3, OPEN, [69, 77]),
    ("H5", "hte.2016", HTE | {"reg_date": "2025-05-02"}, UNMET, [81, 89]),
    ("H5 a day older", "hte.2016", HTE | {"reg_date": "2025-05-01"}, MET, [81, 89]),
    ("H7", "hte.2016", HTE | H7, MET, [81, 89]),
    ("T1", "kjsme.2017", KJSME, MET, [60, 60]),
    (
        "T3",
        "kjsme.2017",
        KJSME | {"rd_expense": [50], "cost_expense": [160], "ip2_effective": 0},
        MET,
        [62, 62],
    ),
    (
        "T5",
        "kjsme.2017",
        KJSME | {"tech_staff": [10], "rd_expense": [100], "ip2_effective": 0, "has_hte_cert": True},
        MET,
        [14, 14],
    ),
    ("T7", "kjsme.2017", without(KJSME | T7, "ip1_effective"), OPEN, [54, 72]),
    ("I1", "innov.63", INNOV, MET, [85, 85]),
    ("I3", "innov.63", INNOV | I3, MET, [60, 60]),
    ("I5", "innov.63", INNOV | {"main_revenue": [2310]}, OPEN, [70, 90]),
    ("I, base 0", "innov.63", INNOV | {"main_revenue": [2310, 0]}, OPEN, [70, 90]),
    ("Z1", "zjtx.63", ZJTX63, MET, [79, 79]),
    (
        "Z3",
        "zjtx.63",
        ZJTX63
        | {
            "revenue": [900],
            "main_revenue": [720, 640, 560],
            "net_profit": [72],
            "equity_2y": [2000],
        },
        MET,
        None,
    ),
    ("Z5", "zjtx.63", without(ZJTX63 | Z5, "local_feature_points"), OPEN, [57, 72]),
    ("N1", "zjtx.2026", ZJTX26, OPEN, None),
    ("N1 judged", "zjtx.2026", ZJTX26 | {"market_position_ok": True}, MET, None),
    (
        "N3",
        "zjtx.2026",
        ZJTX26 | {"ip1_applied": 0, "rd_institution": "provincial", "market_position_ok": True},
        MET,
        None,
    ),
    (
        "N5",
        "zjtx.2026",
        without(ZJTX26 | {"market_position_ok": True}, "platform_quality_score"),
        OPEN,
        None,
    ),
    ("X1", "xjr.2026", XJR26, MET, None),
    ("X3", "xjr.2026", XJR26 | {"market_share": ["0.08"], "market_rank_cn": [3]}, MET, None),
    ("X5", "xjr.2026", without(XJR26, "market_share", "market_rank_cn"), OPEN, None),
    ("X, 63", "xjr.63", XJR63, MET, None),
    ("X7", "xjr.63", XJR63 | {"rd_expense": [480, "442.5"]}, UNMET, None),
    ("C1", "champion.138", CHAMPION, MET, None),
    ("C3", "champion.138", CHAMPION | {"niche_years": [5], "is_new_product": True}, MET, None),
    ("C5", "champion.138", without(CHAMPION, "market_rank_global"), OPEN, None),
    ("G1", "gazelle.torch", GAZELLE, MET, None),
    (
        "G3",
        "gazelle.torch",
        {
            "reg_date": "2023-06-01",
            "full_years_operated": 2,
            "revenue": [9000, 6000],
            "rd_expense": [400, 300],
            "employees": [50, 40],
        },
        UNMET,
        None,
    ),
    (
        "G5",
        "gazelle.torch",
        GAZELLE
        | {
            "employees": [220, 180, 140, 100],
            "revenue": [1000, 950, 900, 950],
            "rd_expense": [37, 36, 33, 35],
        },
        MET,
        None,
    ),
    ("E1", "xjj.2023", XJJ, MET, None),
    ("E1, growing by less", "xjj.2023", XJJ | {"xjj_revenue": [1150, "1000.01"]}, UNMET, None),
    ("E1, below 10 million", "xjj.2023", XJJ | {"xjj_revenue": ["999.99", 800]}, UNMET, None),
    (
        "E1, 10 million, exactly 15% and 60%",
        "xjj.2023",
        XJJ | {"xjj_revenue": [1150, 1000], "revenue": ["1916.666666"]},
        MET,
        None,
    ),
    (
        "E1, 1 yuan of revenue more than 60% allow",
        "xjj.2023",
        XJJ | {"revenue": ["1916.666767"]},
        UNMET,
        None,
    ),
    (
        "E1, exactly 10 million",
        "xjj.2023",
        XJJ | {"xjj_revenue": [1000, 850], "revenue": [1600]},
        MET,
        None,
    ),
    ("E1, tax a yuan short", "xjj.2023", XJJ | {"tax_paid": ["199.9999"]}, UNMET, None),
    ("E1, three years today", "xjj.2023", XJJ | {"reg_date": "2023-05-01"}, MET, None),
    ("E1, three years tomorrow", "xjj.2023", XJJ | {"reg_date": "2023-05-02"}, UNMET, None),
    ("E1, not judged", "xjj.2023", without(XJJ, "xjj_feature_ok"), OPEN, None),
    ("E1, tax not stated", "xjj.2023", without(XJJ, "tax_paid"), OPEN, None),
    ("E3", "xjj.2023", XJJ | {"xjj_revenue": [1150, 0]}, OPEN, None),
    ("gazelle on the list", "gazelle.sichuan", {"on_sc_gazelle_list": True}, MET, None),
    ("gazelle, not looked up", "gazelle.sichuan", {}, OPEN, None),
]


@pytest.mark.parametrize(
    ("version", "stated", "verdict", "score"),
    [example[1:] for example in EXAMPLES],
    ids=[example[0] for example in EXAMPLES],
)
def test_a_worked_example_comes_out_as_calculated(
    version: str, stated: dict[str, Any], verdict: str, score: list[int] | None
) -> None:
    told = explained(version, stated)
    assert told["verdict"] == verdict
    if score is not None:
        assert told["score"] == score


def test_h1_comes_out_dimension_by_dimension() -> None:
    told = explained("hte.2016", HTE)
    assert [one["points"] for one in told["dimensions"]] == [[25, 26], [25, 30], [15, 15], [16, 18]]


def test_z1_comes_out_dimension_by_dimension() -> None:
    told = explained("zjtx.63", ZJTX63)
    assert [one["points"] for one in told["dimensions"]] == [[23, 23], [21, 21], [10, 10], [25, 25]]


def test_i5_leaves_growth_between_10_and_30() -> None:
    told = explained("innov.63", INNOV | {"main_revenue": [2310]})
    assert told["dimensions"][1]["points"] == [10, 30]


def test_n1_is_open_for_the_market_position_alone() -> None:
    told = explained("zjtx.2026", ZJTX26)
    results = {one["id"]: one["result"] for one in told["criteria"]}
    assert results.pop("zjtx26.c5") == "judgement"
    assert set(results.values()) == {"met"}


def test_without_a_direct_ground_14_points_are_not_enough() -> None:
    t6 = KJSME | {"tech_staff": [10], "rd_expense": [100], "ip2_effective": 0}
    told = explained("kjsme.2017", t6)
    assert (told["verdict"], told["score"]) == (UNMET, [14, 14])


def test_the_rising_deficit_earns_no_certain_points() -> None:
    deficit = {"total_assets": [700, 800, 900], "total_liabilities": [1000, 1000, 1000]}
    told = explained("hte.2016", HTE | deficit)
    growth = told["dimensions"][3]["indicators"][0]
    assert growth["points"] == [0, 10]
