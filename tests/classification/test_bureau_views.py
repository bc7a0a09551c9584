"""Officers' pages of titles, as they are read and sent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.classification.models.titles import Title
from portal.classification.queries.titles import titles_of
from portal.database import transaction
from portal.enterprises.models import Enterprise, Membership
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import (
    INDUSTRY,
    make_enterprise,
    make_recogniser,
    record_title_for,
)
from tests.factories import make_draft, make_officer, make_person, make_uscc

CERTIFICATE: dict[str, Any] = {
    "number": "ＧＲ202451000001",
    "batch": "2024年第二批",
    "granted_on": "2024-11-05",
    "source_title": "示例：2024年高新技术企业认定备案名单",
    "source_number": "示例〔2024〕00号",
    "source_date": "2024-11-05",
    "source_url": "https://notices.example.com/high-tech-2024",
}


@pytest.fixture
def enterprise(app: Flask) -> Enterprise:
    return make_enterprise()


@pytest.fixture
def recogniser(app: Flask) -> Person:
    return make_recogniser()


@pytest.fixture
def browser(visitor: Browser, recogniser: Person) -> Browser:
    return visitor.sign_in(recogniser)


def record_path(enterprise: Enterprise, kind: str = "high_tech") -> str:
    return f"/bureau/titles/{kind}/{enterprise.id}/record"


@pytest.fixture
def title(enterprise: Enterprise, recogniser: Person) -> Title:
    return record_title_for(enterprise, recogniser)


def test_an_officer_finds_an_enterprise_and_records_its_title(
    browser: Browser, enterprise: Enterprise
) -> None:
    uscc, path = enterprise.uscc, record_path(enterprise)
    found = browser.get(f"/bureau/titles/find-enterprise?kind=high_tech&q={uscc.lower()}")
    assert found.link("岷江储能") == path
    assert "资质登记核实" in found.main
    form = browser.get(path)
    assert "GR加年份" in form.main
    assert "36个月" in form.main
    page = browser.post(path, CERTIFICATE)
    assert "2027-11-04" in page.main
    assert "已核实" in page.main
    assert "GR202451000001" in page.main
    listed = browser.get("/bureau/titles/")
    assert listed.link("GR202451000001") == page.link("更正").removesuffix("/correct")


def test_half_a_name_finds_it_and_nothing_is_said_when_nothing_is_found(
    browser: Browser, enterprise: Enterprise
) -> None:
    assert browser.get("/bureau/titles/find-enterprise?q=岷江").link("岷江储能")
    assert "企业名录中没有" in browser.get("/bureau/titles/find-enterprise?q=锦绣").main
    assert "企业名录中没有" in browser.get("/bureau/titles/find-enterprise?q=%25").main


def test_words_for_recording_never_say_the_city_grants_it(browser: Browser, title: Title) -> None:
    for path in (record_path(title.enterprise), f"/bureau/titles/{title.id}"):
        words = browser.get(path).main
        assert not any(word in words for word in ("予以认定", "通过认定", "已认定"))


def test_a_wrong_form_comes_back_with_what_was_typed(
    browser: Browser, enterprise: Enterprise
) -> None:
    sent = CERTIFICATE | {"granted_on": "2027-01-01", "source_title": "名单甲"}
    page = browser.post(record_path(enterprise), sent, status=422)
    assert page.title.startswith("有1处需修改")
    assert page.errors == ["日期尚未到来，请核对"]
    assert page.one("input", id="source_title").get("value") == "名单甲"
    empty = browser.post(record_path(enterprise), {}, status=422)
    assert empty.errors[:2] == ["请填写编号", "请填写授予日期"]
    assert titles_of(enterprise.id) == []


def test_a_duplicate_is_told_naming_the_other(browser: Browser, title: Title) -> None:
    page = browser.post(record_path(title.enterprise), CERTIFICATE, status=422)
    assert "GR202451000001已登记在" in page.errors[0]


def test_a_kind_of_several_levels_asks_for_the_level(visitor: Browser) -> None:
    enterprise = make_enterprise()
    browser = visitor.sign_in(make_recogniser(INDUSTRY))
    path = record_path(enterprise, "champion")
    page = browser.post(path, CERTIFICATE, status=422)
    assert page.errors == ["请选择级别"]
    page = browser.post(path, CERTIFICATE | {"level": "provincial", "subject": "车钩"})
    assert "制造业单项冠军（省级）" in page.main


def test_what_an_officer_may_not_record_is_refused(
    browser: Browser, enterprise: Enterprise
) -> None:
    draft = make_draft(make_person("draft@example.com"), uscc=make_uscc(9))
    browser.get(record_path(enterprise, "champion"), status=403)
    browser.get(record_path(enterprise, "demonstration"), status=403)
    browser.get(record_path(draft), status=404)
    browser.get(record_path(enterprise, "unknown"), status=404)
    browser.get("/bureau/titles/high_tech/99999/record", status=404)
    assert titles_of(enterprise.id) == []


def test_the_citys_own_title_says_how_it_is_granted(visitor: Browser) -> None:
    browser = visitor.sign_in(make_recogniser("meishan-coop"))
    page = browser.get(record_path(make_enterprise(), "demonstration"), status=422)
    assert "由本市认定，须由企业申请" in page.main


def test_nobody_records_for_their_own_enterprise(
    browser: Browser, recogniser: Person, enterprise: Enterprise
) -> None:
    with transaction():
        db.session.add(
            Membership(
                person_id=recogniser.id,
                enterprise_id=enterprise.id,
                role="viewer",
                since=enterprise.created_at,
            )
        )
    page = browser.post(record_path(enterprise), CERTIFICATE, status=403)
    assert "须由其他工作人员办理" in page.main


def test_a_correction_shows_what_stood_before(browser: Browser, title: Title) -> None:
    form = browser.get(f"/bureau/titles/{title.id}/correct").form("/correct")
    sent = form.fields | {"number": ["GR202451000009"], "ground": ["核对名单后更正"]}
    page = browser.post(form.action, sent)
    assert "GR202451000001 → GR202451000009" in page.main
    assert "核对名单后更正" in page.main
    before = browser.get(f"/bureau/titles/{title.id}")
    assert "已更正" in before.main
    again = browser.post(form.action, sent, status=422)
    assert "打开后已被更正或撤回" in again.errors[0]


def test_a_correction_without_ground_or_change_is_sent_back(browser: Browser, title: Title) -> None:
    form = browser.get(f"/bureau/titles/{title.id}/correct").form("/correct")
    assert browser.post(form.action, form.fields, status=422).errors == ["请说明理由和依据"]
    sent = form.fields | {"ground": ["核对"]}
    assert browser.post(form.action, sent, status=422).errors == ["没有改动，请至少更正一项"]
    sent = form.fields | {"ground": ["核对"], "version": ["x"]}
    assert browser.post(form.action, sent, status=422).errors


def test_a_withdrawal_is_confirmed_on_its_own_page(browser: Browser, title: Title) -> None:
    page = browser.get(f"/bureau/titles/{title.id}/withdraw")
    assert "仅用于登记有误" in page.main
    form = page.form("/withdraw")
    assert browser.post(form.action, form.fields, status=422).errors == ["请说明撤回的理由和依据"]
    page = browser.post(form.action, form.fields | {"ground": ["登记到了另一家企业"]})
    assert "登记到了另一家企业" in page.main
    assert "未核实" in page.main
    assert "没有符合条件" in browser.get("/bureau/titles/").main


def test_the_list_is_narrowed_by_kind_standing_and_words(
    browser: Browser, recogniser: Person, title: Title
) -> None:
    record_title_for(
        title.enterprise, recogniser, number="GR202151000001", granted_on=date(2021, 11, 16)
    )

    def numbers(query: str) -> list[str]:
        main = browser.get(f"/bureau/titles/?{query}").main
        return [number for number in ("GR202451000001", "GR202151000001") if number in main]

    assert numbers("") == ["GR202451000001", "GR202151000001"]
    assert numbers("standing=lapsed") == ["GR202151000001"]
    assert numbers("standing=valid&kind=high_tech") == ["GR202451000001"]
    assert numbers("kind=gazelle") == []
    assert numbers("q=岷江") == ["GR202451000001", "GR202151000001"]
    assert numbers("q=GR2024") == ["GR202451000001"]
    assert numbers("kind=unknown&standing=unknown") == ["GR202451000001", "GR202151000001"]


def test_auditors_read_and_change_nothing(visitor: Browser, title: Title) -> None:
    browser = visitor.sign_in(make_officer(Right.AUDIT, mail="audit@portal.example"))
    assert "/find-enterprise" not in browser.get("/bureau/titles/").html
    assert "/correct" not in browser.get(f"/bureau/titles/{title.id}").html
    browser.get(f"/bureau/titles/{title.id}/correct", status=403)
    browser.get("/bureau/titles/find-enterprise", status=403)


def test_pages_are_written_in_english_too(browser: Browser, title: Title) -> None:
    browser.client.set_cookie("language", "en")
    for path in (
        "/bureau/titles/",
        "/bureau/titles/find-enterprise?q=岷江",
        record_path(title.enterprise),
        f"/bureau/titles/{title.id}",
        f"/bureau/titles/{title.id}/correct",
        f"/bureau/titles/{title.id}/withdraw",
    ):
        browser.get(path)
    assert "High-tech" in browser.get(f"/bureau/titles/{title.id}").heading


def test_members_and_visitors_are_kept_out(visitor: Browser, title: Title) -> None:
    assert "/account/sign-in" in visitor.client.get("/bureau/titles/").headers["Location"]
    visitor.sign_in(make_person("member@example.com"))
    visitor.get("/bureau/titles/", status=403)
    visitor.get(f"/bureau/titles/{title.id}", status=403)
