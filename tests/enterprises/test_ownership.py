"""The ownership of a record is offered to a member and accepted by that member."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.enterprises.actions import members
from portal.enterprises.actions import ownership as actions
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.members import find_membership
from portal.enterprises.terms.record import Role
from portal.errors import NotAllowed, Refused
from tests.browser_client import Browser
from tests.factories import make_draft, make_member, make_person
from tests.page import Page
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(name="示例负责人")


@pytest.fixture
def editor(app: Flask) -> Person:
    return make_person("editor@example.com", "示例编辑")


@pytest.fixture
def draft(owner: Person, editor: Person) -> Enterprise:
    enterprise = make_draft(owner)
    make_member(enterprise, editor, Role.EDITOR)
    return enterprise


def membership(person: Person, enterprise: Enterprise) -> Membership:
    found = find_membership(person, enterprise.id)
    assert found is not None
    return found


def role_of(person: Person, enterprise: Enterprise) -> str:
    return membership(person, enterprise).role


def offer(someone: Someone, owner: Person, editor: Person, draft: Enterprise) -> Browser:
    """Offer the ownership by the pages; return the owner's browser."""
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{draft.id}/members")
    page = browser.get(page.link("示例编辑"))
    page = browser.get(page.link("向该成员移交负责人身份"))
    assert "您改为编辑" in page.main
    page = browser.send(page, "/offer-ownership")
    assert "已向该成员提出移交，并已告知" in page.text
    return browser


def opened(browser: Browser, draft: Enterprise) -> Page:
    return browser.get(browser.get(f"/my/enterprises/{draft.id}/members").link("查看移交"))


def test_an_offer_is_accepted_and_both_are_told(
    someone: Someone, owner: Person, editor: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    offer(someone, owner, editor, draft)
    taking = someone(editor)
    page = opened(taking, draft)
    again = page
    page = taking.send(page, "/accept")
    assert "您已成为企业负责人" in page.text
    taking.send(again, "/accept")
    assert (role_of(owner, draft), role_of(editor, draft)) == ("editor", "owner")
    assert mailbox.subjects("owner@example.com") == ["您已移交负责人身份"]
    assert mailbox.subjects("editor@example.com")[1:] == ["您已成为企业负责人"]


@pytest.mark.parametrize(
    ("act", "by", "words"),
    [("/decline", "editor", "已谢绝移交"), ("/withdraw", "owner", "移交已撤回")],
)
def test_an_offer_is_declined_or_withdrawn_and_changes_nothing(
    someone: Someone,
    owner: Person,
    editor: Person,
    draft: Enterprise,
    act: str,
    by: str,
    words: str,
) -> None:
    giving = offer(someone, owner, editor, draft)
    browser = giving if by == "owner" else someone(editor)
    page = opened(browser, draft)
    assert words in browser.send(page, act).text
    assert "该移交已结束" in browser.get(page.path).main
    assert (role_of(owner, draft), role_of(editor, draft)) == ("owner", "editor")


@pytest.mark.parametrize(("days", "works"), [(6.99, True), (7.01, False)])
def test_an_offer_is_good_for_seven_days(
    owner: Person,
    editor: Person,
    draft: Enterprise,
    wait: Callable[..., None],
    days: float,
    works: bool,
) -> None:
    made = actions.offer(owner, membership(editor, draft))
    wait(days=days)
    if works:
        actions.accept(editor, made)
    else:
        with pytest.raises(Refused, match="已过期，请联系负责人重新提出"):
            actions.accept(editor, made)
    assert role_of(editor, draft) == ("owner" if works else "editor")


def test_an_expired_offer_may_be_made_again(
    owner: Person, editor: Person, draft: Enterprise, wait: Callable[..., None]
) -> None:
    first = actions.offer(owner, membership(editor, draft))
    assert actions.offer(owner, membership(editor, draft)).id == first.id
    wait(days=8)
    assert actions.offer(owner, membership(editor, draft)).id != first.id


def test_one_offer_at_a_time(owner: Person, editor: Person, draft: Enterprise) -> None:
    actions.offer(owner, membership(editor, draft))
    third = make_member(draft, make_person("third@example.com"), Role.VIEWER)
    with pytest.raises(Refused, match="请先撤回"):
        actions.offer(owner, third)
    with pytest.raises(Refused, match="该成员已是负责人"):
        actions.offer(owner, membership(owner, draft))


def test_an_offer_ends_when_the_member_goes(
    owner: Person, editor: Person, draft: Enterprise
) -> None:
    made = actions.offer(owner, membership(editor, draft))
    members.leave(editor, draft)
    with pytest.raises(Refused, match="该移交已由负责人撤回"):
        actions.accept(editor, made)


def test_an_offer_of_somebody_demoted_meanwhile_is_void(
    owner: Person, editor: Person, draft: Enterprise
) -> None:
    second = make_person("second@example.com")
    make_member(draft, second, Role.OWNER)
    made = actions.offer(owner, membership(editor, draft))
    giver = membership(owner, draft)
    members.change_role(second, giver, Role.VIEWER, giver.version)
    with pytest.raises(Refused, match="已不是负责人"):
        actions.accept(editor, made)
    assert role_of(editor, draft) == "editor"


def test_only_the_two_it_concerns_see_and_answer_an_offer(
    someone: Someone, owner: Person, editor: Person, draft: Enterprise
) -> None:
    made = actions.offer(owner, membership(editor, draft))
    third = make_person("third@example.com")
    make_member(draft, third, Role.OWNER)
    path = f"/my/enterprises/{draft.id}/ownership-offers/{made.id}"
    for person in (third, make_person("outsider@example.com")):
        browser = someone(person)
        browser.get(path, 404)
        browser.post(f"{path}/accept", {}, 404)
    with pytest.raises(NotAllowed, match="只有受让的成员"):
        actions.accept(owner, made)
    with pytest.raises(NotAllowed, match="只有提出移交的负责人"):
        actions.withdraw(editor, made)
