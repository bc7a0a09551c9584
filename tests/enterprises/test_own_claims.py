"""What who asked to act for an enterprise sees of it, and how many requests may wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.errors import Refused
from tests.browser_client import Browser
from tests.enterprises.test_claims import ask
from tests.factories import (
    make_active,
    make_claim,
    make_officer,
    make_person,
    make_submitted,
    make_uscc,
)

Someone = Callable[[Person], Browser]


@pytest.fixture
def newcomer(app: Flask) -> Person:
    return make_person("newcomer@example.com", "示例申请人")


def test_who_asked_finds_the_request_on_their_own_pages(someone: Someone, newcomer: Person) -> None:
    browser = someone(newcomer)
    assert "成员申请" not in browser.get("/my/").main
    firm = make_active(make_person(), make_officer(Right.REVIEW_ENTERPRISES))
    ask(browser)
    page = browser.get("/my/")
    assert "您的成员申请" in page.main
    assert "您还没有负责的企业" not in page.main
    page = browser.get(page.link(firm.name))
    browser.send(page, "/withdraw")
    assert "您的成员申请" not in browser.get("/my/").main


def test_five_requests_of_one_person_may_wait(app: Flask, newcomer: Person) -> None:
    firms = [
        make_submitted(make_person(f"o{n}@example.com"), uscc=make_uscc(n)) for n in range(1, 7)
    ]
    for firm in firms[:5]:
        make_claim(newcomer, firm)
    with pytest.raises(Refused, match="您有5份申请尚未办结"):
        make_claim(newcomer, firms[5])
    assert make_claim(newcomer, firms[0]).decided_at is None, "asking again is no further one"
