"""What people and machines send that no form would: a clear page, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.browser_client import Browser
from tests.enterprises.journey import ANSWERS, begin
from tests.factories import make_draft, make_person, make_uscc

Someone = Callable[[Person], Browser]


@pytest.fixture
def member(someone: Someone) -> Browser:
    return someone(make_person())


def lines() -> int:
    """Return how long the trail is: what it does not say has not happened."""
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


@pytest.mark.parametrize(
    ("step", "changes", "said"),
    [
        ("identity", {"uscc": ""}, "请填写统一社会信用代码"),
        ("identity", {"name": " \u3000\u200b"}, "请填写企业名称"),
        ("identity", {"name": "名" * 121}, "企业名称不能超过120字，现为121字，请精简"),
        ("identity", {"name": "岷\x00江"}, "企业名称中有无法保存的字符，请重新输入"),
        ("identity", {"established_on": ""}, "请填写成立日期"),
        ("identity", {"established_on": "0000-00-00"}, "成立日期应为日期，如2025-11-25，请核对"),
        ("identity", {"registered_capital": ""}, "请填写注册资本，没有的填0"),
        ("identity", {"registered_capital": "-1"}, "注册资本应为数字"),
        ("identity", {"registered_capital": "1e9"}, "注册资本应为数字"),
        ("identity", {"registered_capital": "NaN"}, "注册资本应为数字"),
        ("identity", {"registered_capital": "9" * 30}, "注册资本过大或小数位过多"),
        ("identity", {"registered_capital": "0.0000001"}, "注册资本过大或小数位过多"),
        ("identity", {"name_en": "x" * 201}, "英文名称不能超过200字"),
        ("place", {"district": ""}, "请选择所在区县"),
        ("place", {"district": "chengdu"}, "请在列表中选择所在区县"),
        ("place", {"district": "1 OR 1=1"}, "请在列表中选择所在区县"),
        ("place", {"zone": "dongpo"}, "请在列表中选择所在功能区"),
        ("industry", {"pillars": None}, "请至少选择一项四新类别"),
        ("industry", {"pillars": ["new-industry", "nothing"]}, "请在列表中选择四新类别"),
        ("industry", {"industry": "38"}, "请在列表中选择行业大类"),
        ("profile", {"products": "品" * 301}, "主营产品不能超过300字"),
        ("profile", {"introduction": "长" * 2001}, "企业简介不能超过2000字"),
        ("profile", {"website": "javascript:alert(1)"}, "网址"),
        ("profile", {"website": "https://user:pass@example.com/"}, "网址"),
        ("contact", {"landline": ""}, "请填写联系部门座机"),
        ("contact", {"contact_name": "人" * 61}, "联系人（不公开）不能超过60字"),
        ("contact", {"version": ""}, "此表单已不是最新，请重新打开页面再办理"),
        ("contact", {"version": "-1"}, "此表单已不是最新，请重新打开页面再办理"),
        ("contact", {"version": "1 "}, "此表单已不是最新，请重新打开页面再办理"),
        ("contact", {"version": "9" * 40}, "此表单已不是最新，请重新打开页面再办理"),
        ("contact", {"version": "99"}, "打开此页后登记信息已被修改，请对照后重新保存"),
    ],
)
def test_one_wrong_answer_is_said_once_and_nothing_is_kept(
    member: Browser, step: str, changes: dict[str, Any], said: str
) -> None:
    page = member.get(f"{begin(member)}/steps/{step}")
    before = lines()
    page = member.send(page, "/save", 422, **(ANSWERS[step] | changes))
    assert len(page.errors) == 1, page.errors
    assert said in page.errors[0]
    assert lines() == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"registered_capital": "１，２００.５"}, ("registered_capital", "1200.5")),
        ({"registered_capital": "0"}, ("registered_capital", "0")),
        ({"established_on": "2016年5月4日"}, ("established_on", "2016-05-04")),
        ({"name": " 四川  岷江\u3000公司 "}, ("name", "四川 岷江 公司")),
        ({"name": "<b>岷江</b>&\"'"}, ("name", "<b>岷江</b>&\"'")),
        ({"name": "𠮷田😀公司"}, ("name", "𠮷田😀公司")),
        ({"name": "四川\u200b岷江\ufeff公司"}, ("name", "四川岷江公司")),
    ],
)
def test_what_can_be_read_is_put_right_and_kept(
    member: Browser, typed: dict[str, str], kept: tuple[str, str]
) -> None:
    page = member.get(f"{begin(member)}/steps/identity")
    member.send(page, "/save", **(ANSWERS["identity"] | typed))
    name, value = kept
    stored = getattr(db.session.scalars(select(Enterprise)).one(), name)
    assert str(stored) == value
    assert "<b>岷江" not in member.get("/my/").html


@pytest.mark.parametrize("turning", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_what_turns_the_direction_of_reading_is_taken_out_and_said(
    member: Browser, turning: str
) -> None:
    page = member.get(f"{begin(member)}/steps/identity")
    name = f"四川{turning}岷江公司"
    page = member.send(page, "/save", 422, **(ANSWERS["identity"] | {"name": name}))
    assert page.errors == ["企业名称中有改变文字方向的不可见字符，已去除，请核对后重新提交"]
    member.send(page, "/save")
    assert db.session.scalars(select(Enterprise.name)).one() == "四川岷江公司"


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/my/enterprises/999999", 404, "页面不存在"),
        ("/my/enterprises/0", 404, "页面不存在"),
        ("/my/enterprises/-1", 404, "页面不存在"),
        ("/my/enterprises/99999999999999999999", 404, "页面不存在"),
        ("/my/enterprises/1e3", 404, "页面不存在"),
        ("/my/enterprises/1/steps/nothing", 404, "页面不存在"),
        ("/my/enterprises/1/steps/%00", 400, "无法读取这次请求"),
        ("/my/enterprises/claims/nothing", 404, "页面不存在"),
        ("/my/enterprises/claims/" + "9" * 3000, 404, "页面不存在"),
        ("/my/enterprises/1/submitted", 404, "页面不存在"),
        ("/bureau/enterprises/1", 403, "无权访问此页"),
        ("/my/?q=%00", 400, "无法读取这次请求"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(
    member: Browser, path: str, status: int, heading: str
) -> None:
    make_draft(make_person("other@example.com"))
    page = member.get(path, status)
    assert page.heading == heading


@pytest.mark.parametrize(
    "path",
    [
        "/my/enterprises/1/steps/identity/save",
        "/my/enterprises/1/submit",
        "/my/enterprises/999999/submit",
        "/my/enterprises/999999/steps/place/save",
    ],
)
def test_another_persons_draft_takes_nothing(member: Browser, path: str) -> None:
    make_draft(make_person("other@example.com"))
    before = lines()
    page = member.post(path, ANSWERS["identity"] | {"version": "1", "uscc": make_uscc(5)}, 404)
    assert page.heading == "页面不存在"
    assert lines() == before


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "IjEyMyI.aaaa.bbbb"])
def test_a_form_without_a_good_token_keeps_what_was_typed(member: Browser, token: str) -> None:
    tasks = begin(member)
    before = lines()
    data = ANSWERS["identity"] | {"version": "1", "csrf_token": token}
    headers = {"Origin": "http://localhost"}
    member.ask(f"{tasks}/steps/identity/save", "POST", data=data, headers=headers)
    page = member.page("", 400)
    assert page.heading == "表单已过期"
    assert lines() == before
    page = member.send(page, "/save")
    assert page.heading == "所在地"
    assert db.session.scalars(select(Enterprise.uscc)).one() == make_uscc(1)


def test_a_form_of_another_site_is_not_resent(member: Browser) -> None:
    data = ANSWERS["identity"] | {"version": "1"}
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    member.ask("/my/enterprises/1/steps/identity/save", "POST", data=data, headers=headers)
    page = member.page("", 400)
    assert page.all("input", name="uscc") == []


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "a b", ""])
def test_a_request_for_another_host_is_refused(member: Browser, host: str) -> None:
    member.ask("/my/", headers={"Host": host})
    if host:
        page = member.page("/my/", 400)
        assert page.heading == "无法读取这次请求"
        assert "elsewhere" not in page.html


def test_a_form_of_more_than_a_megabyte_is_too_much(member: Browser) -> None:
    tasks = begin(member)
    data = {"introduction": "长" * 700_000, "csrf_token": member.token()}
    member.ask(f"{tasks}/steps/profile/save", "POST", data=data)
    assert member.page("", 413).heading == "提交的内容过大"


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/my/enterprises/start", "GET"),
        ("/my/enterprises/1/submit", "GET"),
        ("/bureau/enterprises/1/decide", "GET"),
        ("/my/", "POST"),
        ("/my/", "DELETE"),
        ("/account/sign-out", "GET"),
    ],
)
def test_the_wrong_method_is_refused(member: Browser, path: str, method: str) -> None:
    member.ask(path, method)
    assert member.page(path, 405).heading == "此网址不能直接打开"


def test_a_form_that_is_not_utf_8_is_refused(member: Browser) -> None:
    tasks = begin(member)
    before = lines()
    data = ANSWERS["identity"] | {"name": "岷江".encode("gbk"), "csrf_token": member.token()}
    member.ask(f"{tasks}/steps/identity/save", "POST", data=data | {"version": "1"})
    assert member.page(tasks, 400).heading == "无法读取这次请求"
    assert lines() == before


def test_a_body_that_is_no_form_is_refused(member: Browser) -> None:
    tasks = begin(member)
    before = lines()
    for kind, body in (
        ("application/json", b'{"name": "x"}'),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("application/x-www-form-urlencoded", b"%ff%00=%zz&&&=;"),
        ("text/plain", b"\xff\x00"),
    ):
        member.ask(f"{tasks}/submit", "POST", data=body, content_type=kind)
        member.page(tasks, 400)
    assert lines() == before


def test_fields_sent_many_times_count_once(app: Flask, member: Browser) -> None:
    page = member.get(f"{begin(member)}/steps/identity")
    answers = ANSWERS["identity"] | {"name": ["第一个名称", "第二个名称"]}
    member.send(page, "/save", **answers)
    assert db.session.scalars(select(Enterprise.name)).one() == "第一个名称"
