"""The worklist, the way to it, and the mails a demonstration shows."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from tests.browser_client import Browser
from tests.factories import make_officer, make_person, make_submitted, make_uscc
from tests.worker import drain

Someone = Callable[[Person], Browser]
REVIEW = Right.REVIEW_ENTERPRISES


def submitted(count: int) -> None:
    for serial in range(1, count + 1):
        owner = make_person(f"owner{serial}@example.com")
        make_submitted(owner, uscc=make_uscc(serial), name=f"示例第{serial}储能公司")


def test_the_oldest_waits_on_top_and_days_are_counted(
    someone: Someone, wait: Callable[..., None]
) -> None:
    officer = make_officer(REVIEW)
    submitted(2)
    wait(days=6)
    page = someone(officer).get("/bureau/worklist")
    assert "2件待办理，其中2件超期。" in page.main
    assert page.main.index("S2026-0001") < page.main.index("S2026-0002")
    assert len(page.all("td", class_="late")) == 2
    assert "超期1个工作日" in page.main


def test_a_word_or_a_matter_narrows_the_list(someone: Someone) -> None:
    submitted(3)
    officer = someone(make_officer(REVIEW))
    page = officer.get("/bureau/worklist?q=第2储能")
    assert "第2储能公司" in page.main
    assert "第1储能公司" not in page.main
    assert "S2026-0003" in officer.get("/bureau/worklist?q=S2026-0003").main
    assert "没有待办理的事项" in officer.get("/bureau/worklist?matter=claim").main
    assert "没有待办理的事项" in officer.get("/bureau/worklist?matter=nonsense").main


def test_an_officer_without_that_right_has_nothing_of_it_to_do(someone: Someone) -> None:
    submitted(1)
    page = someone(make_officer(Right.AUDIT)).get("/bureau/worklist")
    assert "储能公司" not in page.main


def test_the_bureau_s_address_leads_to_the_worklist(someone: Someone) -> None:
    page = someone(make_officer(REVIEW)).get("/bureau/")
    assert page.heading == "待办理"
    assert page.one("nav", class_="work-bar") is not None


def test_members_and_visitors_have_no_worklist(someone: Someone, visitor: Browser) -> None:
    assert visitor.get("/bureau/worklist").heading == "登录"
    page = someone(make_person()).get("/bureau/worklist", 403)
    assert "此页面仅向具有相应权限的工作人员开放" in page.main


def test_a_demonstration_shows_the_mails_written(app: Flask, visitor: Browser) -> None:
    assert "暂无。" in visitor.get("/demonstration/messages").main
    visitor.post(
        "/account/sign-up", {"account": "new@example.com", "password": "bamboo hills 2026"}
    )
    drain(app)
    page = visitor.get("/demonstration/messages")
    assert "收件人：new@example.com" in page.main
    assert "确认邮箱" in page.main
    assert any("/account/confirm/" in link for link in page.links())


def test_outside_a_demonstration_no_mail_is_shown(app: Flask, visitor: Browser) -> None:
    app.config["DEMONSTRATION"] = False
    try:
        page = visitor.get("/demonstration/messages", 404)
    finally:
        app.config["DEMONSTRATION"] = True
    assert page.heading == "页面不存在"
