"""The trail for auditors: searched, paged, exported; administrators see people's rights only."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from flask import Flask

from portal import audit
from portal.accounts.actions.officers import end_right
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import SYSTEM, search, trail_of, verify
from portal.audit.search import TrailFilter
from portal.database import transaction
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.figure_factories import state
from tests.factories import make_active, make_officer, make_person, make_submitted, make_uscc
from tests.page import Page, text_of
from tests.statements import counted_statements


@pytest.fixture
def auditor(app: Flask, someone: Callable[[Person], Browser]) -> Browser:
    return someone(make_officer(Right.AUDIT, mail="auditor@portal.example"))


def rows_of(page: Page) -> str:
    return " ".join(text_of(body) for body in page.all("tbody"))


def lines_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_an_enterprises_lines_are_found_by_its_code(auditor: Browser) -> None:
    make_submitted(make_person())
    page = auditor.get(f"/bureau/trail?enterprise={make_uscc(1).lower()}")
    assert "提交" in page.text
    assert "授予权限" not in rows_of(page)
    assert "没有符合条件" in auditor.get(f"/bureau/trail?enterprise={make_uscc(2)}").text


def test_a_persons_lines_are_what_they_did_and_what_was_done_to_them(auditor: Browser) -> None:
    person = make_person()
    make_submitted(person)
    other = make_officer(Right.CURATE_LISTS)
    acts = {event.act for event in search.page(TrailFilter(person_id=person.id), None)}
    assert acts >= {"create_person", "start_draft", "save_step", "submit"}
    page = auditor.get(f"/bureau/trail?person={other.id}")
    assert "清单编制 · 市经济合作局 · 全市" in page.text
    assert "提交" not in rows_of(page)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("since=2026-11-22", True),
        ("since=2026-11-23", False),
        ("until=2026-11-22", True),
        ("until=2026-11-21", False),
        ("act=grant_right", True),
        ("act=end_right", False),
        ("kind=person", True),
        ("kind=enterprise", False),
        ("person=x", False),
        ("person=99999999999999999999", False),
        ("since=yesterday", True),
    ],
)
def test_lines_are_narrowed_by_days_act_and_kind(
    auditor: Browser, query: str, is_found: bool
) -> None:
    assert (
        "审计查阅 · 市经济合作局 · 全市" in auditor.get(f"/bureau/trail?{query}").text
    ) is is_found


def test_states_and_choices_stand_in_the_reader_s_words(auditor: Browser) -> None:
    make_active(make_person(), make_officer(Right.REVIEW_ENTERPRISES))
    rows = rows_of(auditor.get("/bureau/trail"))
    assert "状态：草稿 → 待核验" in rows
    assert "状态：待核验 → 已入库" in rows
    assert "结论：准予入库" in rows
    assert "所在区县：东坡区" in rows
    assert "submitted" not in rows
    auditor.client.set_cookie("language", "en")
    rows = rows_of(auditor.get("/bureau/trail"))
    assert "State: Draft → Awaiting verification" in rows
    assert "District or county: Dongpo District" in rows


def test_figures_in_the_trail_have_name_year_and_unit(auditor: Browser) -> None:
    owner = make_person()
    firm = make_active(owner, make_officer(Right.REVIEW_ENTERPRISES))
    state(owner, firm, revenue=1200)
    rows = rows_of(auditor.get("/bureau/trail"))
    assert "2025年营业收入：1200万元" in rows


def test_a_page_of_lines_costs_the_same_statements_however_many(auditor: Browser) -> None:
    owner, officer = make_person(), make_officer(Right.REVIEW_ENTERPRISES)
    make_active(owner, officer)
    with counted_statements() as few:
        auditor.get("/bureau/trail")
    for serial in (2, 3, 4):
        make_active(owner, officer, uscc=make_uscc(serial))
    with counted_statements() as many:
        auditor.get("/bureau/trail")
    assert len(many) == len(few)


def test_an_export_keeps_the_codes_and_adds_the_words(auditor: Browser) -> None:
    make_submitted(make_person())
    sent = auditor.ask(
        "/bureau/trail/export", "POST", data={"csrf_token": auditor.token(), "act": "submit"}
    )
    header, row = lines_of(sent.get_data(as_text=True))
    line = dict(zip(header, row, strict=True))
    assert json.loads(line["changes"])["state"] == ["draft", "submitted"]
    assert line["act in words"] == "已提交"
    assert line["changes in words"] == "状态：草稿 → 待核验"


def test_the_trail_is_paged_from_a_line_on(auditor: Browser, app: Flask) -> None:
    person = make_person()
    with transaction():
        for number in range(search.SIZE + 5):
            audit.record(person, "save_step", person, {"field": (None, f"第{number}行")})
    page = auditor.get("/bureau/trail?act=save_step")
    assert f"第{search.SIZE + 4}行" in page.text
    assert "第4行" not in page.text
    older = auditor.get(page.link("更早的记录"))
    assert "第4行" in older.text
    assert "更早的记录" not in older.text


def test_an_administrator_sees_peoples_rights_alone(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    boss = someone(make_officer(Right.ADMINISTER, mail="boss@portal.example"))
    make_submitted(make_person())
    page = boss.get("/bureau/trail")
    assert "系统管理 · 市经济合作局 · 全市" in page.text
    assert "提交" not in rows_of(page)
    assert "导出CSV" not in page.text
    assert "没有符合条件" in boss.get("/bureau/trail?act=submit").text


def test_an_export_is_itself_in_the_trail_with_its_filter(auditor: Browser) -> None:
    make_submitted(make_person())
    page = auditor.get("/bureau/trail?act=submit")
    sent = auditor.ask(
        "/bureau/trail/export", "POST", data={"csrf_token": auditor.token(), "act": "submit"}
    )
    assert page.form("/export").fields["act"] == ["submit"]
    header, *rows = lines_of(sent.get_data(as_text=True))
    assert header[:3] == ["line", "at", "actor"]
    assert [row[6] for row in rows] == ["submit"]
    assert search.page(TrailFilter(act="export_trail"), None)[0].changes == {
        "act": [None, "submit"]
    }


def test_an_export_names_nobody_and_runs_no_formula(auditor: Browser) -> None:
    officer = make_officer(Right.CURATE_LISTS, mail="hidden-mail@example.com")
    end_right(SYSTEM, officer.rights[0], '=HYPERLINK("http://example.com")')
    sent = auditor.ask("/bureau/trail/export", "POST", data={"csrf_token": auditor.token()})
    text = sent.get_data(as_text=True)
    assert "示例经办人" not in text
    assert "hidden-mail" not in text
    (ended,) = [row for row in lines_of(text)[1:] if row[6] == "end_right"]
    assert ended[10] == '\'=HYPERLINK("http://example.com")'
    assert "attachment" in sent.headers["Content-Disposition"]


def test_the_chain_holds_after_searching_and_exporting(auditor: Browser) -> None:
    auditor.ask("/bureau/trail/export", "POST", data={"csrf_token": auditor.token()})
    db.session.expire_all()
    assert verify() is None
    assert trail_of("person", 1)
