"""The second factor is required of officers, except in demonstrations, which say so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from tests.accounts.proving import MAIL, first_step, second_step, set_up
from tests.browser_client import Browser
from tests.enterprises.figure_factories import make_evidence
from tests.factories import PASSWORD, make_active, make_officer, make_person

PAGE = "/my/account/second-factor"
Someone = Callable[[Person], Browser]
Wait = Callable[..., None]


@pytest.fixture
def production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal without its demonstration mode."""
    monkeypatch.setitem(app.config, "DEMONSTRATION", False)


@pytest.mark.usefixtures("production")
def test_an_officer_reaches_no_bureau_page_before_setting_it_up(
    app: Flask, someone: Someone, wait: Wait
) -> None:
    officer = make_officer(Right.REVIEW_ENTERPRISES, mail=MAIL)
    browser = someone(officer)
    for path in ("/bureau", "/bureau/worklist", "/bureau/enterprises", "/bureau/nothing"):
        page = browser.get(path)
        assert page.heading == "两步验证设置"
        assert "工作人员登录须使用两步验证" in page.text
    browser.post("/bureau/enterprises/1/decide")
    assert browser.page("", 200).heading == "两步验证设置"
    authenticator, _codes = set_up(browser)
    assert browser.get("/bureau/worklist").heading == "待办理"
    wait(minutes=2)
    visitor = Browser(app)
    page = second_step(visitor, first_step(visitor), authenticator.code())
    assert page.heading == "待办理"


@pytest.mark.usefixtures("production")
def test_an_officer_opens_no_evidence_before_setting_it_up(app: Flask, someone: Someone) -> None:
    owner = make_person("member@example.com")
    officer = make_officer(Right.REVIEW_ENTERPRISES, mail=MAIL)
    path = f"/files/{make_evidence(owner, make_active(owner, officer), 'uscc').name}"
    browser = someone(officer)
    assert browser.get(path).heading == "两步验证设置"
    assert someone(owner).ask(path).status_code == 200
    set_up(browser)
    assert browser.ask(path).status_code == 200


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("right", list(Right))
def test_every_right_needs_it(someone: Someone, right: Right) -> None:
    assert someone(make_officer(right)).get("/bureau/worklist").heading == "两步验证设置"


@pytest.mark.usefixtures("production")
def test_an_officer_replaces_it_but_does_not_remove_it(someone: Someone) -> None:
    browser = someone(make_officer(Right.AUDIT, mail=MAIL))
    set_up(browser)
    assert "取消两步验证" not in browser.get(PAGE).main
    page = browser.post(f"{PAGE}/remove", {"present": PASSWORD}, 422)
    assert page.errors == ["工作人员登录须使用两步验证，不能取消，可改用新的验证器"]


@pytest.mark.usefixtures("production")
def test_members_are_offered_it_and_not_asked(someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    assert browser.get("/my/").heading == "我的企业"
    assert "登录时除密码外，再填写手机上的验证码" in browser.get("/my/account").main


def test_in_demonstrations_officers_go_without_and_pages_say_so(someone: Someone) -> None:
    browser = someone(make_officer(Right.REVIEW_ENTERPRISES, mail=MAIL))
    page = browser.get("/bureau/worklist")
    assert page.heading == "待办理"
    assert "演示模式：工作人员可不设置两步验证" in page.text
    assert "演示模式：工作人员可不设置两步验证" in browser.get(PAGE).main
    member = someone(make_person("member@example.com"))
    assert "演示模式：工作人员" not in member.get(PAGE).main
