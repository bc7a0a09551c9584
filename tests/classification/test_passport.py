"""The passport: every title at once, one pre-check in full, and the facts to copy from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.applying import all_applying, read_order
from portal.classification.passport import passport_of
from portal.classification.words.advice import Page, advice_for
from portal.database import transaction
from portal.enterprises.models import Enterprise, Figure
from portal.enterprises.terms.figures import Source
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.criteria.facts import library
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.enterprises.figure_factories import state
from tests.factories import make_officer
from tests.statements import counted_statements

Someone = Callable[[Person], Browser]
BASICS = {
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "restricted_product": False,
    "major_incident_3y": False,
    "ip1_effective": 2,
    "ip1_applied": 1,
    "rd_institution": "provincial",
}


@pytest.fixture
def enterprise(app: Flask) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def checker(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES, mail="checker@portal.example")


def owner_of(enterprise: Enterprise) -> Person:
    return db.session.get_one(Person, enterprise.created_by_id)


def address(enterprise: Enterprise, rest: str = "") -> str:
    return f"/my/enterprises/{enterprise.id}/passport{rest}"


def nearly_specialised(enterprise: Enterprise, checker: Person, rd_before: str) -> None:
    """State everything SRDI asks for, R&D of the year before last as given."""
    record_title_for(
        enterprise,
        make_recogniser("meishan-eit", "sme@portal.example"),
        "innovative_sme",
        level="provincial",
        number="2025年第一批第96项",
        batch="2025年第一批",
        granted_on=date(2025, 6, 1),
        source_date=date(2025, 6, 1),
    )
    state(checker, enterprise, None, Source.CHECKED, **BASICS)
    state(
        checker,
        enterprise,
        2025,
        Source.CHECKED,
        employees=80,
        revenue="4000",
        main_revenue="3600",
        total_assets="5000",
        total_liabilities="2000",
        rd_expense="140",
        niche_years="6",
    )
    state(checker, enterprise, 2024, Source.CHECKED, revenue="3500", rd_expense=rd_before)
    reviewed = {"platform_quality_score": "60", "market_position_ok": True}
    for code, value in reviewed.items():
        dated = db_years(code)
        state(checker, enterprise, dated, Source.CHECKED, **{code: value})


def db_years(code: str) -> int | None:
    return 2025 if library().vocabulary.metrics[code].years else None


def test_every_title_stands_on_one_page(enterprise: Enterprise, someone: Someone) -> None:
    page = someone(owner_of(enterprise)).get(address(enterprise))

    for name in ("高新技术企业", "专精特新中小企业", "专精特新“小巨人”企业", "制造业单项冠军"):
        assert name in page.text
    assert "预评" in page.text
    assert "不作为认定依据" in page.text
    assert "已认定" not in page.text
    assert "正式申报" not in page.text


def test_what_is_missing_leads_to_its_field(enterprise: Enterprise, someone: Someone) -> None:
    browser = someone(owner_of(enterprise))
    page = browser.get(address(enterprise, "/zjtx"))

    assert f"/my/enterprises/{enterprise.id}/figures/2025/income#revenue" in page.html
    form = browser.get(f"/my/enterprises/{enterprise.id}/figures/2025/income")
    assert 'id="revenue"' in form.html


def test_what_only_a_reviewer_states_is_not_counted_as_data_of_the_enterprise(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    nearly_specialised(enterprise, checker, "105")
    withdrawn = {"platform_quality_score": None, "market_position_ok": None}
    with transaction():
        db.session.execute(delete(Figure).where(Figure.metric.in_(withdrawn)))
    page = someone(owner_of(enterprise)).get(address(enterprise, "/zjtx"))
    assert "暂不能判定，缺1项资料" in page.text
    assert "须由评审判断：主导产品在国内或国际细分市场占有率较为靠前" in page.text
    assert "专精特新发展评价得分" in page.text
    line = passport_of(enterprise, clock.today()).line("zjtx")
    assert line.missing == 1
    assert line.standing.judged.summary["missing"] == ["platform_quality_score"]


def test_an_unknown_size_class_asks_for_what_it_follows_from(
    enterprise: Enterprise, someone: Someone
) -> None:
    passport = passport_of(enterprise, clock.today())
    explanation, size = passport.line("zjtx").explanation, passport.size_explanation
    forms = {advice.page for advice in advice_for(explanation, passport.metrics, size)}
    assert Page(2025, "size") in forms

    page = someone(owner_of(enterprise)).get(address(enterprise, "/zjtx"))
    assert f"/my/enterprises/{enterprise.id}/figures/2025/size#employees" in page.html


def test_of_alternatives_that_are_met_the_others_are_only_named(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    years = {2025: ("6000", "300"), 2024: ("5000", "250"), 2023: ("4000", "200")}
    for year, (sales, rd) in years.items():
        figures = {"sales_revenue": sales, "rd_expense_hte": rd, "rd_expense_domestic": rd}
        state(checker, enterprise, year, Source.CHECKED, **figures)
    state(checker, enterprise, None, Source.CHECKED, full_years_operated=9)
    page = someone(owner_of(enterprise)).get(address(enterprise, "/hte"))

    assert "最近一年销售收入2亿元以上的，不低于3%" in page.text
    assert "≥ 4%" in page.text, "the bracket that holds is explained"
    assert "≥ 3%" not in page.text.partition("知识产权：")[0], "the others are not"


def test_a_ratio_just_below_the_mark_is_not_shown_as_the_mark(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    nearly_specialised(enterprise, checker, "104.99")
    page = someone(owner_of(enterprise)).get(address(enterprise, "/zjtx"))

    assert "2.9997%" in page.text
    assert "由104.99万元变为105万元" in page.text
    assert "2024年研发费用（财务报表口径）" in page.text
    assert "已结束年度的数据不再变动" in page.text


def test_all_criteria_met_is_a_pre_check_and_no_recognition(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    nearly_specialised(enterprise, checker, "105")
    page = someone(owner_of(enterprise)).get(address(enterprise, "/zjtx"))

    assert "预评：按现有资料各项条件均达到" in page.text
    assert "本平台不作认定，预评不作为依据" in page.text
    assert "优质中小企业梯度培育平台" in page.text
    passport = passport_of(enterprise, clock.today())
    assert passport.advice[0].name == "可以申报：专精特新中小企业"


def test_a_base_of_zero_is_said_plainly(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    state(checker, enterprise, 2025, Source.CHECKED, revenue="0", rd_expense="120")
    page = someone(owner_of(enterprise)).get(address(enterprise, "/zjtx"))

    assert "2025年营业收入为0或负数，无法计算，按未知处理" in page.text


def test_the_size_class_is_shown_with_its_figures(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    state(checker, enterprise, 2025, Source.CHECKED, employees=299, revenue="50000")
    page = someone(owner_of(enterprise)).get(address(enterprise))

    assert "小型企业" in page.text
    assert "299人" in page.text
    assert "中小企业划型标准规定" in page.text


def test_a_title_that_lapses_soon_comes_first(enterprise: Enterprise) -> None:
    record_title_for(
        enterprise,
        make_recogniser(),
        granted_on=date(2024, 1, 10),
        valid_until=date(2027, 1, 9),
        source_date=date(2024, 1, 10),
    )
    first = passport_of(enterprise, clock.today()).advice[0]
    assert first.name == "准备复核：高新技术企业"
    assert first.gain == "2027年1月9日到期"


def test_the_facts_to_copy_say_whose_order_theirs_is(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    state(checker, enterprise, 2025, Source.CHECKED, employees=100, tech_staff=12)
    page = someone(owner_of(enterprise)).get(address(enterprise, "/hte/fields"))

    assert page.text.index("职工总数") < page.text.index("科技人员总数")
    assert "科技人员总数\t12人" in page.html
    assert "待补" in page.text
    assert "字段顺序由本平台整理，不是申报平台的填报顺序" in page.text
    assert all(one.order.is_ours for one in all_applying().values()), "none was read so far"


def test_an_order_that_was_read_on_the_platform_says_where() -> None:
    read = {"confidence": "secondary", "source": "示例：平台填报手册"}
    order = read_order({"zh": "示例", "en": "an example", "read": read})
    assert not order.is_ours
    assert (order.confidence, order.source) == ("secondary", "示例：平台填报手册")


def test_a_series_without_fields_or_unknown_is_not_found(
    enterprise: Enterprise, someone: Someone
) -> None:
    browser = someone(owner_of(enterprise))
    assert browser.ask(address(enterprise, "/nothing")).status_code == 404
    assert browser.ask(address(enterprise, "/unicorn/fields")).status_code == 404


def test_officers_read_the_same_page(
    enterprise: Enterprise, checker: Person, someone: Someone
) -> None:
    page = someone(checker).get(f"/bureau/titles/passports/{enterprise.id}/zjtx")
    assert f"/bureau/enterprises/{enterprise.id}/figures/2025/revenue" in page.html


def test_the_english_page_is_english(enterprise: Enterprise, someone: Someone) -> None:
    browser = someone(owner_of(enterprise))
    browser.client.set_cookie("language", "en")
    page = browser.get(address(enterprise, "/hte"))
    assert "Pre-check: High-tech enterprise" in page.text


def test_the_passport_takes_a_fixed_number_of_statements(
    enterprise: Enterprise, someone: Someone
) -> None:
    browser = someone(owner_of(enterprise))
    browser.get(address(enterprise))
    with counted_statements() as sent:
        browser.get(address(enterprise))
    assert len(sent) <= 22


def test_every_field_of_the_platforms_is_a_known_fact() -> None:
    metrics = library().vocabulary.metrics
    for applying in all_applying().values():
        for _name, fields in applying.groups:
            for one in fields:
                if one.ref is not None:
                    years = metrics[one.ref.metric].years
                    assert one.ref.back is None or one.ref.back < years, one


def test_every_series_applied_for_is_known() -> None:
    assert set(all_applying()) <= {version.series for version in library().versions.values()}
