"""Facts of fictional firms, as the worked examples state them, and one call to judge them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from portal.classification.criteria.evaluation import Assessment, assess
from portal.classification.criteria.explanation import explain
from portal.classification.criteria.facts import Facts
from portal.classification.criteria.facts_file import read_facts
from portal.classification.criteria.library import Library, read_library

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
ON = date(2026, 5, 1)
SME = {
    "sme_size": "small",
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "restricted_product": False,
    "major_incident_3y": False,
}
HTE = {
    "reg_date": "2018-05-01",
    "full_years_operated": 7,
    "sales_revenue": [5000, 4000, 3000],
    "rd_expense": [250, 210, 160],
    "rd_expense_domestic": [250, 210, 160],
    "tech_staff": [12],
    "employees": [100],
    "hitech_income": [3300],
    "total_income": [5000],
    "total_assets": [2890, 2400, 2000],
    "total_liabilities": [1000, 1000, 1000],
    "ip1_effective": 1,
    "ip2_effective": 0,
    "ip_self_developed_any": True,
    "transfer_3y": [15],
    "core_ip_owned": True,
    "tech_field": "new_materials",
    "major_accident_12m": False,
    "expert_ip_advanced": 6,
    "expert_ip_core": 7,
    "expert_ip_source": 5,
    "expert_standards": 0,
    "expert_mgmt_1": 5,
    "expert_mgmt_2": 4,
    "expert_mgmt_3": 3,
    "expert_mgmt_4": 3,
}
KJSME = {
    "resident_enterprise": True,
    "employees": [100],
    "tech_staff": [20],
    "sales_revenue": [5000],
    "cost_expense": [4000],
    "rd_expense": [200],
    "total_assets": [3000],
    "restricted_product": False,
    "major_incident_Y1_now": False,
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "ip1_effective": 0,
    "ip2_effective": 3,
    "has_hte_cert": False,
    "award_nat_rank_5y": [0],
    "rd_institution": "none",
    "standards_led_5y": [0],
}
INNOV = SME | {
    "revenue": [3300, 3000],
    "main_revenue": [2310, 2100],  # exactly 70%, growing by exactly 10%
    "rd_expense": [99],  # exactly 3%
    "total_assets": [2000],
    "total_liabilities": [1100],
    "strategic_industry": True,
    "ip1_high_value": 0,
    "ip1_self": 1,
    "ip1_effective": 1,
    "ip2_effective": 0,
    "award_nat_rank_3y": [0],
    "award_prov_rank_3y": [0],
    "has_hte_cert": False,
    "has_innov_honor": False,
    "rd_institution": "none",
    "equity_3y": [0],
}
ZJTX63 = SME | {
    "niche_years": [10],
    "revenue": [6050],
    "main_revenue": [4840, 4400, 4000],  # exactly 80%, growing by exactly 10% twice
    "rd_expense": [363, 300],  # exactly 6%
    "rd_staff": [10],
    "employees": [100],
    "net_profit": [484],  # exactly 8%
    "total_assets": [6000],
    "total_liabilities": [3000],
    "product_field_63": "six_bases",
    "digital_level": 2,
    "quality_items": 2,
    "local_feature_points": 10,
    "ip1_high_value": 0,
    "ip1_self": 1,
    "ip1_effective": 1,
    "ip2_effective": 0,
    "rd_institution": "provincial",
    "equity_2y": [0],
    "award_prov_rank_3y": [0],
    "award_nat_rank_3y": [0],
    "maker_china_500": [False],
}
ZJTX26 = SME | {
    "has_tech_or_innov_sme": True,
    "niche_years": [3],
    "revenue": [4000, 3500],
    "main_revenue": [3200],
    "equity_2y": [0],
    "total_assets": [5000],
    "total_liabilities": [4000],
    "rd_expense": [120, 105],
    "ip1_applied": 1,
    "ip1_effective": 1,
    "award_prov_rank_3y": [0],
    "award_nat_rank_3y": [0],
    "rd_institution": "none",
    "platform_quality_score": 50,
}
XJR26 = SME | {
    "has_zjtx": True,
    "is_renewal": False,
    "niche_years": [3],
    "revenue": [11025, 10500, 10000],
    "main_revenue": ["9922.5"],
    "total_assets": [10000],
    "total_liabilities": [7500],
    "rd_expense": [650, 550],
    "ip1_applied": 4,
    "award_nat_rank_3y": [0],
    "market_share": ["0.10"],
    "market_rank_cn": [0],
    "market_reputation_ok": True,
    "key_link_ok": True,
    "platform_quality_score": 60,
}
XJR63 = SME | {
    "has_zjtx": True,
    "niche_years": [5],
    "revenue": [8000, 7500],
    "main_revenue": [7200, 6800, 6400],
    "core_it_system": True,
    "mgmt_or_product_cert": True,
    "total_assets": [10000],
    "total_liabilities": [7000],
    "market_share": ["0.10"],
    "market_reputation_ok": True,
    "own_brand": True,
    "rd_expense": [480, 450],
    "rd_staff": [20],
    "employees": [100],
    "rd_institution": "municipal",
    "ip1_applied": 2,
    "equity_2y": [0],
    "award_nat_rank_3y": [0],
    "maker_china_50": [False],
    "chain_support_ok": True,
    "product_domain_ok": True,
}
CHAMPION = {
    "legal_person": True,
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "restricted_product": False,
    "major_incident_3y": False,
    "niche_years": [10],
    "is_new_product": False,
    "has_zjtx": False,
    "main_revenue": [45000, 40000, 35000],
    "market_rank_global": [3],
    "tech_leading_ok": True,
    "innovation_leading_ok": True,
}
GAZELLE = {
    "reg_date": "2016-05-01",
    "full_years_operated": 9,
    "revenue": [1728, 1440, 1200, 1000],
    "rd_expense": [60, 45, 37, 35],
    "employees": [80, 75, 70, 60],
}
UNICORN = {
    "reg_date": "2019-05-01",
    "private_investment": True,
    "listed": False,
    "valuation_usd": 1_000_000_001,
}
XJJ = {
    "legal_person": True,
    "reg_date": "2020-03-01",
    "xjj_feature_ok": True,
    "core_ip_owned": True,
    "xjj_market_ok": True,
    "xjj_revenue": [1150, 1000],
    "revenue": [1900],
    "tax_paid": [200],
}


@cache
def library() -> Library:
    """Return the rule versions of the fixtures, read once."""
    return read_library(FIXTURES)


def facts_of(stated: dict[str, Any], on: date = ON) -> Facts:
    """Return facts as a file states them, for an application on a date."""
    return read_facts(json_of(stated), library().vocabulary, ON, on)


def json_of(stated: dict[str, Any]) -> str:
    """Return JSON in which decimals stand as they were written."""
    return json.dumps({name: written(value) for name, value in stated.items()})


def written(value: Any) -> Any:
    if isinstance(value, list):
        return [written(one) for one in value]
    if isinstance(value, str) and value.replace(".", "", 1).isdigit() and "." in value:
        return float(value)
    return value


def judged(version: str, stated: dict[str, Any], on: date = ON) -> Assessment:
    """Judge facts by a version, the size class derived where it is not stated."""
    return assess(library().versions[version], facts_of(stated, on), library().sizes_on(on))


def explained(version: str, stated: dict[str, Any], on: date = ON) -> dict[str, Any]:
    """Return the explanation as `flask classification assess` prints it."""
    return explain(judged(version, stated, on), library().vocabulary)


def without(stated: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the facts less some."""
    return {name: value for name, value in stated.items() if name not in names}


def found(criteria: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return a criterion of an explanation by its id, wherever it stands; raises KeyError."""
    every = {one["id"]: one for one in walked(criteria)}
    return every[name]


def walked(criteria: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every criterion with all its parts."""
    for one in criteria:
        yield one
        yield from walked(one["parts"])
