"""Who acts for an enterprise: what each role may do, changing it, removing and leaving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.enterprises.actions import members as actions
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.members import find_membership, members_of
from portal.enterprises.rules import roles
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.record import Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import make_draft, make_member, make_person
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]
LAST = "每家企业至少保留一名负责人，请先将其他成员设为负责人，或向其移交负责人身份"


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person(name="示例负责人")


@pytest.fixture
def editor(app: Flask) -> Person:
    return make_person("editor@example.com", "示例编辑")


@pytest.fixture
def viewer(app: Flask) -> Person:
    return make_person("viewer@example.com", "示例查看者")


@pytest.fixture
def draft(owner: Person, editor: Person, viewer: Person) -> Enterprise:
    """A complete draft with an owner, an editor and a viewer."""
    enterprise = make_draft(owner)
    make_member(enterprise, editor, Role.EDITOR)
    make_member(enterprise, viewer, Role.VIEWER)
    return enterprise


def number_of(person: Person, enterprise: Enterprise) -> int:
    membership = find_membership(person, enterprise.id)
    assert membership is not None
    return membership.id


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (None, set()),
        (Role.VIEWER, {Doing.READ}),
        (Role.EDITOR, {Doing.READ, Doing.EDIT, Doing.SUBMIT}),
        (Role.OWNER, {Doing.READ, Doing.EDIT, Doing.SUBMIT, Doing.MANAGE}),
    ],
)
def test_a_role_lets_do_exactly_this(role: Role | None, allowed: set[Doing]) -> None:
    assert {doing for doing in Doing if roles.may(role, doing)} == allowed


@pytest.mark.parametrize(
    ("role", "owners", "kept"),
    [
        (Role.OWNER, 1, False),
        (Role.OWNER, 2, True),
        (Role.EDITOR, 1, True),
        (Role.VIEWER, 1, True),
        (Role.EDITOR, 0, True),
    ],
)
def test_only_the_last_owner_must_stay(role: Role, owners: int, kept: bool) -> None:
    if kept:
        roles.check_keeps_owner(role, owners)
    else:
        with pytest.raises(Refused):
            roles.check_keeps_owner(role, owners)


def test_everyone_in_the_enterprise_sees_its_members(
    someone: Someone, owner: Person, viewer: Person, draft: Enterprise
) -> None:
    path = f"/my/enterprises/{draft.id}/members"
    for person in (owner, viewer):
        page = someone(person).get(path)
        assert "示例负责人" in page.main
        assert "示例编辑" in page.main
        assert "2026-11-22加入" in page.main
        assert "@example.com" not in page.html
    assert "成员由负责人管理，如需变更请联系负责人" in page.main
    assert not [link for link in page.links() if link.startswith(f"{path}/")]


def test_a_viewer_is_offered_nothing_to_change(
    someone: Someone, viewer: Person, draft: Enterprise
) -> None:
    page = someone(viewer).get(f"/my/enterprises/{draft.id}")
    assert page.heading == "四川岷江储能科技有限公司"
    assert "工商业液冷储能一体柜" in page.main
    own = [link for link in page.links() if link.startswith(f"/my/enterprises/{draft.id}")]
    assert not [link for link in own if "/steps/" in link or link.endswith("/check")]


@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("GET", "/steps/place", "只有企业的负责人和编辑可以修改，请联系负责人"),
        ("POST", "/steps/place/save", "只有企业的负责人和编辑可以修改，请联系负责人"),
        ("GET", "/check", "只有企业的负责人和编辑可以提交，请联系负责人"),
        ("POST", "/submit", "只有企业的负责人和编辑可以提交，请联系负责人"),
        ("GET", "/members/1", "只有企业的负责人可以管理成员，请联系负责人"),
        ("POST", "/members/1/change-role", "只有企业的负责人可以管理成员，请联系负责人"),
        ("GET", "/members/1/removal", "只有企业的负责人可以管理成员，请联系负责人"),
        ("POST", "/members/1/remove", "只有企业的负责人可以管理成员，请联系负责人"),
    ],
)
def test_a_viewer_is_refused_in_words(
    someone: Someone, viewer: Person, draft: Enterprise, method: str, path: str, words: str
) -> None:
    browser = someone(viewer)
    address = f"/my/enterprises/{draft.id}{path}"
    page = browser.get(address, 403) if method == "GET" else browser.post(address, {}, 403)
    assert words in page.main


def test_the_actions_refuse_whatever_page_was_shown(
    owner: Person, editor: Person, viewer: Person, draft: Enterprise
) -> None:
    membership = find_membership(owner, draft.id)
    assert membership is not None
    for person in (editor, viewer):
        with pytest.raises(NotAllowed, match="负责人可以管理成员"):
            actions.change_role(person, membership, Role.VIEWER, membership.version)
        with pytest.raises(NotAllowed, match="负责人可以管理成员"):
            actions.remove(person, membership, membership.version)
    with pytest.raises(NotAllowed, match="负责人和编辑"):
        actions.check_editor(viewer, draft)
    actions.check_editor(editor, draft)


def test_members_of_another_enterprise_learn_nothing(
    someone: Someone, owner: Person, draft: Enterprise
) -> None:
    outsider = make_person("outsider@example.com")
    other = make_draft(outsider, name="示例另一公司")
    browser, theirs = someone(outsider), number_of(owner, draft)
    for path in ("members", f"members/{theirs}", f"members/{theirs}/removal", "leaving"):
        assert browser.get(f"/my/enterprises/{draft.id}/{path}", 404).heading == "页面不存在"
    for path in (f"members/{theirs}/change-role", f"members/{theirs}/remove", "leave"):
        browser.post(f"/my/enterprises/{draft.id}/{path}", {}, 404)
    browser.get(f"/my/enterprises/{other.id}/members/{theirs}", 404)
    page = browser.post(
        f"/my/enterprises/{other.id}/members/{theirs}/remove", {"version": "1"}, 404
    )
    assert page.heading == "页面不存在"
    assert len(members_of(draft.id)) == 3


def test_an_owner_changes_a_role_and_the_member_is_told(
    someone: Someone, owner: Person, viewer: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{draft.id}/members")
    page = browser.get(page.link("示例查看者"))
    page = browser.send(page, "/change-role", role="editor")
    assert "角色已变更，并已告知该成员" in page.text
    someone(viewer).get(f"/my/enterprises/{draft.id}/steps/place")
    assert mailbox.subjects("viewer@example.com") == ["您在企业中的角色已变更"]
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.changes == {"member": [None, viewer.id], "role": ["viewer", "editor"]}


def test_removing_says_what_is_lost_and_takes_it_at_once(
    someone: Someone, owner: Person, editor: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser, leaving = someone(owner), someone(editor)
    path = f"/my/enterprises/{draft.id}/members/{number_of(editor, draft)}"
    page = browser.get(browser.get(path).link("移出企业"))
    assert "填报和提交企业信息及年度清单条目" in page.main
    assert "管理企业成员" not in page.main
    page = browser.send(page, "/remove")
    assert "已移除该成员并告知本人" in page.text
    assert "示例编辑" not in page.main
    assert leaving.get(f"/my/enterprises/{draft.id}", 404).heading == "页面不存在"
    assert mailbox.subjects("editor@example.com") == ["您已不再是企业成员"]


def test_removing_twice_changes_nothing_more(
    someone: Someone, owner: Person, editor: Person, draft: Enterprise
) -> None:
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{draft.id}/members/{number_of(editor, draft)}/removal")
    browser.send(page, "/remove")
    browser.send(page, "/remove", 404)
    ended = select(Membership).where(Membership.ended_at.is_not(None))
    assert len(db.session.scalars(ended).all()) == 1


def test_a_member_leaves_and_the_owners_are_told(
    someone: Someone, editor: Person, draft: Enterprise, mailbox: Mailbox
) -> None:
    browser = someone(editor)
    page = browser.get(browser.get(f"/my/enterprises/{draft.id}/members").link("退出企业"))
    page = browser.send(page, "/leave")
    assert "您已退出该企业" in page.text
    assert mailbox.subjects("owner@example.com") == ["一名成员已退出您的企业"]
    browser.get(f"/my/enterprises/{draft.id}", 404)


def test_the_last_owner_neither_leaves_nor_is_removed_nor_demoted(
    someone: Someone, owner: Person, draft: Enterprise
) -> None:
    browser = someone(owner)
    member = f"/my/enterprises/{draft.id}/members/{number_of(owner, draft)}"
    page = browser.get(f"/my/enterprises/{draft.id}/leaving")
    assert browser.send(page, "/leave", 422).errors == [LAST]
    assert browser.send(browser.get(f"{member}/removal"), "/remove", 422).errors == [LAST]
    assert browser.send(browser.get(member), "/change-role", 422, role="viewer").errors == [LAST]
    assert number_of(owner, draft)


def test_of_two_owners_who_demote_each_other_the_second_is_refused(
    someone: Someone, owner: Person, editor: Person, draft: Enterprise
) -> None:
    actions.change_role(owner, *opened(editor, draft, Role.OWNER))
    first, second = someone(owner), someone(editor)
    place = f"/my/enterprises/{draft.id}/members"
    one = first.get(f"{place}/{number_of(editor, draft)}")
    other = second.get(f"{place}/{number_of(owner, draft)}")
    first.send(one, "/change-role", role="editor")
    page = second.send(other, "/change-role", 403, role="editor")
    assert "只有企业的负责人可以管理成员" in page.main
    kept = [m.role for m in members_of(draft.id)]
    assert kept == ["owner", "editor", "viewer"]


def test_of_two_owners_who_leave_at_once_one_stays(
    owner: Person, editor: Person, draft: Enterprise
) -> None:
    actions.change_role(owner, *opened(editor, draft, Role.OWNER))
    actions.leave(owner, draft)
    with pytest.raises(Refused, match="至少保留一名负责人"):
        actions.leave(editor, draft)


def opened(person: Person, enterprise: Enterprise, role: Role) -> tuple[Membership, Role, int]:
    """Return what an owner sends for a member's new role."""
    membership = find_membership(person, enterprise.id)
    assert membership is not None
    return membership, role, membership.version


def test_a_page_opened_before_another_owner_changed_the_role_is_refused(
    someone: Someone, owner: Person, viewer: Person, draft: Enterprise
) -> None:
    browser = someone(owner)
    page = browser.get(f"/my/enterprises/{draft.id}/members/{number_of(viewer, draft)}")
    actions.change_role(owner, *opened(viewer, draft, Role.EDITOR))
    page = browser.send(page, "/change-role", 422, role="owner")
    assert page.errors == ["您打开页面后该成员的角色已变更，请核对后重新操作"]
    assert "现角色：编辑" in page.main
    page = browser.send(page, "/change-role", role="owner")
    assert "角色已变更" in page.text


def test_the_trail_names_no_member(owner: Person, editor: Person, draft: Enterprise) -> None:
    actions.change_role(owner, *opened(editor, draft, Role.VIEWER))
    membership = find_membership(editor, draft.id)
    assert membership is not None
    actions.remove(owner, membership, membership.version)
    lines = db.session.scalars(select(AuditEvent)).all()
    kept = " ".join(f"{line.changes} {line.note}" for line in lines)
    assert "示例编辑" not in kept
    assert "editor@example.com" not in kept
