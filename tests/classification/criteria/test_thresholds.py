"""Both sides of every threshold, as each document says whether the number itself is included."""

from __future__ import annotations

from typing import Any

import pytest

from tests.classification.criteria.facts import (
    CHAMPION,
    GAZELLE,
    HTE,
    INNOV,
    KJSME,
    UNICORN,
    XJJ,
    XJR26,
    XJR63,
    ZJTX26,
    ZJTX63,
    explained,
    found,
)

BASES = {
    "hte.2016": HTE,
    "kjsme.2017": KJSME,
    "innov.63": INNOV,
    "zjtx.63": ZJTX63,
    "zjtx.2026": ZJTX26 | {"market_position_ok": True},
    "xjr.63": XJR63,
    "xjr.2026": XJR26,
    "champion.138": CHAMPION,
    "gazelle.torch": GAZELLE,
    "unicorn.ref": UNICORN,
    "xjj.2023": XJJ,
}
STAFF = {
    "employees": [150, 120, 110, 100],
    "revenue": [3600, 3000, 2500, 999],
    "rd_expense": [150, 90, 75, 50],
}
SIDES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    # version, criterion, what just meets it, what just does not
    ("hte.2016", "hte.c4", {"tech_staff": [10]}, {"tech_staff": [9]}),
    ("hte.2016", "hte.c5", {"rd_expense": [230, 210, 160], "rd_expense_domestic": [200, 160, 160]},
     {"rd_expense": [229.99, 210, 160], "rd_expense_domestic": [200, 160, 160]}),
    ("hte.2016", "hte.c5", {"sales_revenue": [5000.01, 4000, 3000]},
     {"sales_revenue": [5000.01, 5000, 5500.01]}),
    ("hte.2016", "hte.c5", {"sales_revenue": [20000, 0, 0], "rd_expense": [800, 0, 0],
                            "rd_expense_domestic": [800, 0, 0]},
     {"sales_revenue": [20000, 0, 0], "rd_expense": [799, 0, 0],
      "rd_expense_domestic": [799, 0, 0]}),
    ("hte.2016", "hte.c5", {"sales_revenue": [20000.01, 0, 0], "rd_expense": [600.01, 0, 0],
                            "rd_expense_domestic": [600, 0, 0]},
     {"sales_revenue": [20000.01, 0, 0], "rd_expense": [600, 0, 0],
      "rd_expense_domestic": [600, 0, 0]}),
    ("hte.2016", "hte.c5.d", {"rd_expense_domestic": [152, 110, 110]},
     {"rd_expense_domestic": [151.9, 110, 110]}),
    ("hte.2016", "hte.c6", {"hitech_income": [3000]}, {"hitech_income": [2999.99]}),
    ("hte.2016", "hte.c7", {"expert_ip_core": 0, "expert_mgmt_1": 2},  # 71 to 79
     {"expert_ip_core": 0, "expert_mgmt_1": 0, "expert_mgmt_2": 0, "expert_mgmt_3": 0}),  # to 70
    ("kjsme.2017", "kjsme.c2a", {"employees": [500]}, {"employees": [501]}),
    ("kjsme.2017", "kjsme.c2b", {"sales_revenue": [20000]}, {"sales_revenue": [20000.01]}),
    ("kjsme.2017", "kjsme.c2c", {"total_assets": [20000]}, {"total_assets": [20000.01]}),
    ("kjsme.2017", "kjsme.c5", {"ip2_effective": 3}, {"ip2_effective": 2}),
    ("kjsme.2017", "kjsme.c5", {"tech_staff": [10], "ip1_effective": 1},
     {"tech_staff": [9], "ip1_effective": 1}),
    ("kjsme.2017", "kjsme.d2", {"award_nat_rank_5y": [3]}, {"award_nat_rank_5y": [4]}),
    ("kjsme.2017", "kjsme.d2", {"award_nat_rank_5y": [1]}, {"award_nat_rank_5y": [0]}),
    ("kjsme.2017", "kjsme.d3", {"rd_institution": "provincial"}, {"rd_institution": "municipal"}),
    ("innov.63", "innov.c3.score", {"main_revenue": [2310, 2100]}, {"revenue": [4621, 3000]}),
    ("innov.63", "innov.c3.score.3", {"total_liabilities": [1500]}, {"total_liabilities": [1501],
                                                                  "main_revenue": [2310, 2200]}),
    ("innov.63", "innov.d4", {"equity_3y": [500]}, {"equity_3y": [499.99]}),
    ("innov.63", "innov.d1", {"award_prov_rank_3y": [9]}, {"award_prov_rank_3y": [0]}),
    ("innov.63", "innov.c0", {"sme_size": "medium"}, {"sme_size": "large"}),
    ("zjtx.63", "zjtx63.c1", {"niche_years": [2]}, {"niche_years": [1.9]}),
    ("zjtx.63", "zjtx63.c2", {"rd_expense": [181.5, 0]}, {"rd_expense": [181.4, 0]}),
    ("zjtx.63", "zjtx63.c2", {"revenue": [3300], "main_revenue": [3300], "rd_expense": [100]},
     {"revenue": [3300], "main_revenue": [3300], "rd_expense": [99.99]}),
    ("zjtx.63", "zjtx63.c3", {"revenue": [1000], "main_revenue": [800, 700, 600]},
     {"revenue": [999.99], "main_revenue": [800, 700, 600]}),
    ("zjtx.63", "zjtx63.d1", {"award_nat_rank_3y": [5]}, {"award_nat_rank_3y": [6]}),
    ("zjtx.63", "zjtx63.d1", {"award_prov_rank_3y": [3]}, {"award_prov_rank_3y": [4]}),
    ("zjtx.63", "zjtx63.d2", {"rd_expense": [1500, 500]}, {"rd_expense": [1500, 499.99]}),
    ("zjtx.63", "zjtx63.d3", {"equity_2y": [6000]}, {"equity_2y": [5999.99]}),
    ("zjtx.2026", "zjtx26.c1", {"niche_years": [3]}, {"niche_years": [2.99]}),
    ("zjtx.2026", "zjtx26.c2", {"revenue": [1500, 1400], "main_revenue": [1200]},
     {"revenue": [1499.99, 1400], "main_revenue": [1200]}),
    ("zjtx.2026", "zjtx26.c2", {"main_revenue": [3200]}, {"main_revenue": [3199.99]}),
    ("zjtx.2026", "zjtx26.c2", {"total_liabilities": [4000]}, {"total_liabilities": [4000.01]}),
    ("zjtx.2026", "zjtx26.c3", {"rd_expense": [120, 105]}, {"rd_expense": [120, 104.99]}),
    ("zjtx.2026", "zjtx26.c3", {"revenue": [3000, 3000], "rd_expense": [100, 100],
                                "main_revenue": [2900]},
     {"revenue": [3000, 3000], "rd_expense": [99.99, 100], "main_revenue": [2900]}),
    ("zjtx.2026", "zjtx26.c4", {"ip1_applied": 1}, {"ip1_applied": 0}),
    ("zjtx.2026", "zjtx26.c6", {"platform_quality_score": 50}, {"platform_quality_score": 49.99}),
    ("xjr.63", "xjr63.zhuan", {"main_revenue": [7140, 6800, 6476.19]},
     {"main_revenue": [7140, 6800, 6476.20]}),
    ("xjr.63", "xjr63.jing", {"total_liabilities": [7000]}, {"total_liabilities": [7000.01]}),
    ("xjr.63", "xjr63.te", {"market_share": [0.1]}, {"market_share": [0.0999]}),
    ("xjr.63", "xjr63.xin", {"revenue": [10000, 10000], "rd_expense": [300, 300]},
     {"revenue": [9999.99, 10000], "rd_expense": [300, 300]}),
    ("xjr.63", "xjr63.xin", {"revenue": [5000, 5000], "main_revenue": [4000, 3800, 3600],
                             "rd_expense": [300, 300]},
     {"revenue": [4999.99, 5000], "main_revenue": [4000, 3800, 3600], "rd_expense": [300, 300]}),
    ("xjr.63", "xjr63.xin.ip", {"ip1_applied": 2}, {"ip1_applied": 1}),
    ("xjr.2026", "xjr26.c2", {"revenue": [11025, 10500, 10000]},
     {"revenue": [11024.99, 10500, 10000]}),
    ("xjr.2026", "xjr26.c2", {"revenue": [11000, 10500, 10000], "is_renewal": True},
     {"revenue": [11000, 10500, 10000], "is_renewal": False}),
    ("xjr.2026", "xjr26.c3", {"rd_expense": [650, 550]}, {"rd_expense": [650, 549.99]}),
    ("xjr.2026", "xjr26.c4", {"ip1_applied": 4}, {"ip1_applied": 3}),
    ("xjr.2026", "xjr26.c5", {"market_share": [0.05], "market_rank_cn": [3]},
     {"market_share": [0.05], "market_rank_cn": [4]}),
    ("xjr.2026", "xjr26.c5", {"market_share": [0.1]}, {"market_share": [0.0999]}),
    ("xjr.2026", "xjr26.c7", {"platform_quality_score": 60}, {"platform_quality_score": 59.996}),
    ("champion.138", "champ.c1", {"niche_years": [10]}, {"niche_years": [9.99]}),
    ("champion.138", "champ.c1", {"niche_years": [5], "is_new_product": True},
     {"niche_years": [4.99], "is_new_product": True}),
    ("champion.138", "champ.c2", {"main_revenue": [45000, 40000, 35000]},
     {"main_revenue": [45000, 40000, 34999.99]}),
    ("champion.138", "champ.c2", {"main_revenue": [20000] * 3, "has_zjtx": True},
     {"main_revenue": [20000] * 3, "has_zjtx": False}),
    ("champion.138", "champ.c3", {"market_rank_global": [1]}, {"market_rank_global": [0]}),
    ("champion.138", "champ.c3", {"market_rank_global": [3]}, {"market_rank_global": [4]}),
    ("gazelle.torch", "gaz.a", {"revenue": [1728, 1440, 1200, 1000]},
     {"revenue": [1727.99, 1440, 1200, 1000]}),
    ("gazelle.torch", "gaz.a", {"revenue": [1728, 1440, 1200, 1000]},
     {"revenue": [1728, 1440, 1200, 999.99]}),
    ("gazelle.torch", "gaz.a", {"reg_date": "2011-05-01"}, {"reg_date": "2011-04-30"}),
    ("gazelle.torch", "gaz.a", {"full_years_operated": 4}, {"full_years_operated": 3}),
    ("gazelle.torch", "gaz.b", STAFF | {"employees": [220, 180, 150, 100]},
     STAFF | {"employees": [219, 180, 150, 100]}),
    ("gazelle.torch", "gaz.b", STAFF | {"employees": [220, 180, 150, 100]},
     STAFF | {"employees": [217, 180, 150, 99]}),
    ("gazelle.torch", "gaz.c", {"revenue": [100000.01, 100000, 1, 1]},
     {"revenue": [100000, 100000, 1, 1]}),
    ("gazelle.torch", "gaz.d", {"reg_date": "2021-05-01", "revenue": [50001, 70000, 1, 1]},
     {"reg_date": "2021-05-01", "revenue": [50001, 71430, 1, 1]}),
    ("gazelle.torch", "gaz.rd", {"revenue": [1000] * 4, "rd_expense": [25.01, 25, 25, 25]},
     {"revenue": [1000] * 4, "rd_expense": [25] * 4}),
    ("unicorn.ref", "uni.c1", {"reg_date": "2016-05-01"}, {"reg_date": "2016-04-30"}),
    ("unicorn.ref", "uni.c4", {"valuation_usd": 1000000000.01}, {"valuation_usd": 1000000000}),
    ("xjj.2023", "xjj.c1", {"reg_date": "2023-05-01"}, {"reg_date": "2023-05-02"}),
    ("xjj.2023", "xjj.c5", {"xjj_revenue": [1150, 1000]}, {"xjj_revenue": [1149.99, 1000]}),
    ("xjj.2023", "xjj.c5", {"xjj_revenue": [1140, 991]}, {"xjj_revenue": [1139.99, 991]}),
    ("xjj.2023", "xjj.c6", {"tax_paid": [200]}, {"tax_paid": [199.99]}),
]  # fmt: skip


@pytest.mark.parametrize(("version", "criterion", "meets", "misses"), SIDES)
def test_a_threshold_is_met_on_it_and_missed_beside_it(
    version: str, criterion: str, meets: dict[str, Any], misses: dict[str, Any]
) -> None:
    base = BASES[version]
    assert found(explained(version, base | meets)["criteria"], criterion)["result"] == "met"
    assert found(explained(version, base | misses)["criteria"], criterion)["result"] == "unmet"


BANDS: list[tuple[str, str, dict[str, Any], list[int]]] = [
    # version, indicator, facts, points
    ("hte.2016", "hte.s1.3", {"ip1_effective": 0, "ip2_effective": 5}, [5, 6]),
    ("hte.2016", "hte.s1.3", {"ip1_effective": 0, "ip2_effective": 4}, [3, 4]),
    ("hte.2016", "hte.s1.3", {"ip1_effective": 0, "ip2_effective": 0}, [0, 0]),
    ("hte.2016", "hte.s2.1", {"transfer_3y": [14]}, [19, 24]),
    ("hte.2016", "hte.s2.1", {"transfer_3y": [3]}, [1, 6]),
    ("hte.2016", "hte.s2.1", {"transfer_3y": [1]}, [0, 6]),
    ("hte.2016", "hte.s2.1", {"transfer_3y": [0]}, [0, 0]),
    ("hte.2016", "hte.s4.2", {"sales_revenue": [5400, 4000, 2962.962962]}, [9, 10]),
    ("hte.2016", "hte.s4.2", {"sales_revenue": [4000, 4000, 4000]}, [0, 0]),
    ("hte.2016", "hte.s4.2", {"sales_revenue": [4001, 4000, 4000]}, [1, 2]),
    ("hte.2016", "hte.s4.2", {"sales_revenue": [5000, 4000, 0]}, [7, 8]),
    ("hte.2016", "hte.s4.2", {"sales_revenue": [5000, 0, 3000]}, [0, 0]),
    ("hte.2016", "hte.s4.2", {"full_years_operated": 1}, [0, 0]),
    ("kjsme.2017", "kjsme.s1.1", {"tech_staff": [30]}, [20, 20]),
    ("kjsme.2017", "kjsme.s1.1", {"tech_staff": [29]}, [16, 16]),
    ("kjsme.2017", "kjsme.s2.1", {"rd_expense": [300]}, [50, 50]),
    ("kjsme.2017", "kjsme.s2.1", {"rd_expense": [299.99]}, [40, 40]),
    ("kjsme.2017", "kjsme.s3.1", {"ip2_effective": 4}, [24, 24]),
    ("innov.63", "innov.s2.1", {"main_revenue": [2310, 2310]}, [5, 5]),
    ("innov.63", "innov.s2.1", {"main_revenue": [2310, 2310.01]}, [0, 0]),
    ("innov.63", "innov.s2.2", {"total_liabilities": [1100.01]}, [5, 5]),
    ("innov.63", "innov.s3.1", {"strategic_industry": False}, [5, 5]),
    ("zjtx.63", "zjtx63.s1.3", {"niche_years": [3.99]}, [1, 1]),
    ("zjtx.63", "zjtx63.s1.3", {"niche_years": [4]}, [2, 2]),
    ("zjtx.63", "zjtx63.s2.2", {"quality_items": 1}, [3, 3]),
    ("zjtx.63", "zjtx63.s2.2", {"quality_items": 4}, [5, 5]),
    ("zjtx.63", "zjtx63.s4.2", {"rd_expense": [500]}, [10, 10]),
    ("zjtx.63", "zjtx63.s4.2", {"rd_expense": [484]}, [8, 8]),
    ("zjtx.63", "zjtx63.s4.2", {"rd_expense": [399.99]}, [6, 6]),
    ("zjtx.63", "zjtx63.s4.4", {"rd_institution": "none"}, [0, 0]),
]


@pytest.mark.parametrize(("version", "indicator", "stated", "points"), BANDS)
def test_a_value_on_a_border_earns_what_its_document_says(
    version: str, indicator: str, stated: dict[str, Any], points: list[int]
) -> None:
    told = explained(version, BASES[version] | stated)
    every = {one["id"]: one for part in told["dimensions"] for one in part["indicators"]}
    assert every[indicator]["points"] == points


@pytest.mark.parametrize("version", BASES)
@pytest.mark.parametrize("flag", ["on_abnormal_list", "restricted_product", "major_incident_3y"])
def test_a_bad_record_meets_no_title_that_asks_for_a_good_one(version: str, flag: str) -> None:
    base = BASES[version]
    if flag in base:
        assert explained(version, base | {flag: True})["verdict"] == "unmet"
