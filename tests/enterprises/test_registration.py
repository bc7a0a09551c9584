"""A member registers an enterprise in steps, comes back to it, checks and submits it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.enterprises.models import Enterprise, Submission
from portal.enterprises.terms.record import Step
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import ANSWERS, begin, fill_in, register
from tests.factories import make_draft, make_person, make_uscc

Someone = Callable[[Person], Browser]


@pytest.fixture
def member(someone: Someone) -> Browser:
    return someone(make_person())


def test_from_the_first_step_to_the_submission_number(member: Browser) -> None:
    page = fill_in(member, begin(member))
    assert page.heading == "核对并提交"
    for words in ("四川岷江储能科技有限公司", "2016-05-04", "8000万元", "东坡区", "储能电池"):
        assert words in page.main, words
    page = member.send(page, "/submit")
    assert page.heading == "已提交"
    assert "提交编号S2026-0001" in page.main
    enterprise = db.session.scalars(select(Enterprise)).one()
    assert (enterprise.state, enterprise.established_on) == ("submitted", date(2016, 5, 4))
    assert enterprise.registered_capital == Decimal(8000)


def test_after_submitting_the_record_is_read_only_and_says_so(member: Browser) -> None:
    tasks = register(member)
    page = member.get(tasks)
    assert "正在核验，其间不能修改" in page.main
    assert "编号S2026-0001" in page.main
    page = member.post(f"{tasks}/steps/place/save", ANSWERS["place"] | {"version": "7"}, 422)
    assert len(page.errors) == 1


def test_each_step_leads_to_the_next_and_the_list_shows_how_they_stand(member: Browser) -> None:
    tasks = begin(member)
    assert fill_in(member, tasks, Step.IDENTITY).heading == "所在地"
    page = member.get(tasks)
    assert page.main.count("已完成") == 1
    assert page.main.count("未开始") == 4
    assert "以上各项完成后可提交" in page.main


def test_a_step_may_be_saved_half_empty_and_finished_later(member: Browser) -> None:
    tasks = begin(member)
    page = member.send(
        member.get(f"{tasks}/steps/identity"), "/save", name="四川岷江储能科技有限公司", later="1"
    )
    assert "已保存" in page.text
    assert page.heading == "四川岷江储能科技有限公司"
    assert "填写中" in page.main
    page = member.get(f"{tasks}/steps/identity")
    assert page.one("input", name="name").get("value") == "四川岷江储能科技有限公司"


def test_saving_for_later_forgives_what_is_empty_never_what_is_wrong(member: Browser) -> None:
    tasks = begin(member)
    page = member.get(f"{tasks}/steps/identity")
    page = member.send(page, "/save", 422, uscc="1" * 18, later="1")
    assert page.errors == ["这不是真实代码，请按营业执照填写"]


def test_what_was_typed_stands_there_again_after_an_error(member: Browser) -> None:
    page = member.get(f"{begin(member)}/steps/identity")
    page = member.send(page, "/save", 422, name="某公司", registered_capital="八千")
    assert page.one("input", name="name").get("value") == "某公司"
    assert page.one("input", name="registered_capital").get("value") == "八千"
    assert "注册资本应为数字，如1200.5，请核对数值和单位" in page.errors


def test_a_code_in_full_width_or_small_letters_is_put_right_and_said(member: Browser) -> None:
    tasks, code = begin(member), make_uscc(7)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code.lower())
    answers = ANSWERS["identity"] | {"uscc": f" {wide[:6]}-{wide[6:]}"}
    page = member.send(member.get(f"{tasks}/steps/identity"), "/save", **answers)
    assert f"信用代码已规范为{code}" in page.text
    assert db.session.scalars(select(Enterprise.uscc)).one() == code


def test_a_code_written_well_needs_no_remark(member: Browser) -> None:
    page = fill_in(member, begin(member), Step.IDENTITY)
    assert "信用代码已规范为" not in page.text


def test_an_identity_card_number_is_refused_and_kept_nowhere(member: Browser) -> None:
    page = member.get(f"{begin(member)}/steps/identity")
    card = "511402199003070036"
    page = member.send(page, "/save", 422, **(ANSWERS["identity"] | {"uscc": card}))
    assert page.errors == ["这像是居民身份证号码，请填写企业的统一社会信用代码"]
    assert db.session.scalars(select(Enterprise.uscc)).one() == ""
    trail = "".join(str(event.changes) for event in db.session.scalars(select(AuditEvent)))
    assert card not in trail


def test_the_trail_keeps_no_personal_values(member: Browser) -> None:
    register(member)
    trail = "".join(str(event.changes) for event in db.session.scalars(select(AuditEvent)))
    facts = str(db.session.scalars(select(Submission)).one().facts)
    for text in (trail, facts):
        assert "13800000000" not in text
        assert "示例联系人" not in text
        assert "hmac-sha256:" in text


def test_incomplete_records_cannot_be_sent(member: Browser) -> None:
    tasks = begin(member)
    fill_in(member, tasks, Step.IDENTITY, Step.PLACE)
    page = member.get(f"{tasks}/check")
    assert "还需补全：行业与四新类别、产品与简介、联系方式" in page.main
    page = member.send(page, "/submit", 422)
    assert page.errors == ["还有未填写的项目，请补全后再提交"]
    assert db.session.scalars(select(Submission)).all() == []


def test_sending_twice_makes_one_submission(member: Browser) -> None:
    page = fill_in(member, begin(member))
    first, second = member.send(page, "/submit"), member.send(page, "/submit")
    assert "S2026-0001" in first.main
    assert "S2026-0001" in second.main
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_check_page_of_another_tab_is_out_of_date_after_a_change(member: Browser) -> None:
    tasks = begin(member)
    page = fill_in(member, tasks)
    fill_in(member, tasks, Step.PROFILE, products="钠离子电池")
    page = member.send(page, "/submit", 422)
    assert page.errors == ["打开此页后登记信息已被修改，请对照后重新保存"]
    assert "钠离子电池" in page.main
    assert member.send(page, "/submit").heading == "已提交"


def test_a_form_opened_before_a_change_shows_what_changed_and_keeps_what_was_typed(
    member: Browser,
) -> None:
    tasks = begin(member)
    fill_in(member, tasks)
    old_tab = member.get(f"{tasks}/steps/profile")
    fill_in(member, tasks, Step.PROFILE, products="钠离子电池")
    page = member.send(old_tab, "/save", 422, products="液流电池")
    assert "打开此页后登记信息已被修改，请对照后重新保存" in page.errors
    assert "其间已改为：钠离子电池" in page.errors
    assert page.one("input", name="products").get("value") == "液流电池"
    member.send(page, "/save")
    assert db.session.scalars(select(Enterprise.products)).one() == "液流电池"


def test_two_tabs_of_different_steps_do_not_overwrite_each_other_silently(
    member: Browser,
) -> None:
    tasks = begin(member)
    place, contact = member.get(f"{tasks}/steps/place"), member.get(f"{tasks}/steps/contact")
    member.send(place, "/save", **ANSWERS["place"])
    page = member.send(contact, "/save", 422, **ANSWERS["contact"])
    assert page.errors == ["打开此页后登记信息已被修改，请对照后重新保存"]
    member.send(page, "/save")
    enterprise = db.session.scalars(select(Enterprise)).one()
    assert enterprise.district is not None
    assert (enterprise.district.slug, enterprise.office) == ("dongpo", "市场部")


def test_a_place_in_another_chain_is_refused(member: Browser) -> None:
    page = member.get(f"{begin(member)}/steps/industry")
    answers = ANSWERS["industry"] | {"key_industry": ""}
    page = member.send(page, "/save", 422, **answers)
    assert page.errors == ["该产业链环节不属于所选重点产业，请核对"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-23", "成立日期晚于今天，请核对"),
        ("2026-11-22", None),
        ("1948-12-31", "成立日期早于1949年，请核对"),
        ("1949-01-01", None),
        ("2023-02-29", "成立日期应为日期，如2025-11-25，请核对"),
        ("去年", "成立日期应为日期，如2025-11-25，请核对"),
    ],
)
def test_the_day_of_establishment(member: Browser, day: str, said: str | None) -> None:
    page = member.get(f"{begin(member)}/steps/identity")
    answers = ANSWERS["identity"] | {"established_on": day}
    page = member.send(page, "/save", 422 if said else 200, **answers)
    assert page.errors == ([said] if said else [])


def test_twenty_drafts_are_enough(member: Browser) -> None:
    for _each in range(20):
        begin(member)
    page = member.send(member.get("/my/enterprises/new"), "/start", 422)
    assert page.errors == ["您已有20份草稿，请先完成其中一份"]


def test_numbers_of_submissions_run_on_without_gaps(app: Flask, someone: Someone) -> None:
    for serial in (1, 2, 3):
        register(someone(make_person(f"p{serial}@example.com")), uscc=make_uscc(serial))
    numbers = list(db.session.scalars(select(Submission.number).order_by(Submission.id)))
    assert numbers == ["S2026-0001", "S2026-0002", "S2026-0003"]


def test_the_home_of_a_member_lists_their_enterprises_only(someone: Someone) -> None:
    one, other = make_person("one@example.com"), make_person("other@example.com")
    make_draft(one)
    assert "四川岷江储能科技有限公司" in someone(one).get("/my/").main
    assert "您还没有负责的企业" in someone(other).get("/my/").main


def test_the_pages_speak_english_too(member: Browser) -> None:
    member.client.set_cookie("language", "en")
    tasks = begin(member)
    page = member.send(member.get(f"{tasks}/steps/identity"), "/save", 422)
    assert "Enter the name of the enterprise" in page.errors
    assert page.title.startswith("4 things to correct")
    assert member.get(f"{tasks}/steps/place").heading == "District and zone"
