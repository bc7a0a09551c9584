"""Certificates after a change: issued anew by an officer, the earlier ones kept; after a merge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions import certificates, following, standing
from portal.classification.actions.titles import take_over_title
from portal.classification.queries.certificates import certificates_of
from portal.classification.queries.titles import get_title, get_title_kind
from portal.classification.rules.standing import Asked
from portal.database import transaction
from portal.enterprises.queries.members import owners_of
from portal.errors import NotAllowed, Refused
from tests.browser_client import Browser
from tests.classification.certificate_factories import (
    NAME,
    NUMBER,
    made,
    make_granted,
    make_lead,
    own_page,
    owner_of,
    rename,
)
from tests.classification.factories import (
    make_enterprise,
    make_recogniser,
    record_title_for,
    title_facts,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


@pytest.fixture
def officer(app: Flask) -> Person:
    """An officer of the department that leads the city's own title."""
    return make_lead()


def test_after_a_rename_the_department_issues_anew_and_the_old_one_stays(
    app: Flask, officer: Person, someone: SignIn, visitor: Browser, mailbox: Mailbox
) -> None:
    title = make_granted(officer)
    first = made(app, title)
    old = (first.file_name, first.digest)
    title = rename(title, "示例新名有限公司")
    assert "请联系主管部门换发" in someone(owner_of(title)).get(own_page(title)).text
    browser = someone(officer)
    page = browser.get(f"/bureau/titles/{title.id}")
    assert "登记信息已变更" in page.text
    page = browser.get(page.link("换发证书"))
    assert NAME in page.main
    assert "示例新名有限公司" in page.main
    page = browser.send(page, status=422)
    assert "请填写换发理由" in page.errors[0]
    page = browser.send(page, ground="名称变更已核准")
    assert "生成中" in page.text
    assert "证书已生成：示例新名有限公司" in mailbox.subjects("owner-1@example.com")[-1]
    assert "换发" not in someone(owner_of(title)).get(own_page(title)).main.replace("已换发", "")
    second, kept = certificates_of(get_title(title.id))
    assert (kept.file_name, kept.digest) == old
    assert kept.statement["name"] == NAME
    assert second.issue == 2
    page = visitor.get(f"/titles/check/{NUMBER}")
    assert page.text.count("已换发") == 1
    for digest in (second.digest, kept.digest):
        assert digest in page.text.replace(" ", "")


def test_nothing_is_issued_anew_without_a_change(
    app: Flask, officer: Person, someone: SignIn
) -> None:
    title = make_granted(officer)
    with pytest.raises(Refused, match="正在生成"):
        certificates.issue_again(officer, title, 1, "示例")
    made(app, title)
    with pytest.raises(Refused, match="无须换发"):
        certificates.issue_again(officer, get_title(title.id), 1, "示例")
    page = someone(officer).get(f"/bureau/titles/{title.id}/certificate")
    assert "与登记信息一致" in page.text
    assert "暂不能签发" in page.main


def test_two_officers_do_not_issue_the_same_certificate_twice(app: Flask, officer: Person) -> None:
    title = make_granted(officer)
    made(app, title)
    title = rename(title, "示例新名有限公司")
    certificates.issue_again(officer, title, 1, "名称变更")
    with pytest.raises(Refused, match="已签发过"):
        certificates.issue_again(officer, get_title(title.id), 1, "名称变更")


def test_only_the_department_in_charge_issues_and_never_for_its_own(
    app: Flask, officer: Person
) -> None:
    title = make_granted(officer)
    made(app, title)
    title = rename(title, "示例新名有限公司")
    with pytest.raises(NotAllowed):
        certificates.issue_again(make_recogniser(mail="other@portal.example"), title, 1, "示例")


@pytest.mark.parametrize(("days", "issued"), [(0, True), (1, False)])
def test_a_title_that_has_lapsed_gets_no_certificate(
    app: Flask, officer: Person, wait: Wait, days: int, issued: bool
) -> None:
    title = make_granted(officer)
    made(app, title)
    title = rename(title, "示例新名有限公司")
    assert title.valid_until is not None
    wait(days=(title.valid_until - clock.today() + timedelta(days=days)).days)
    if issued:
        assert certificates.issue_again(officer, title, 1, "名称变更").issue == 2
    else:
        with pytest.raises(Refused, match="有效的称号"):
            certificates.issue_again(officer, title, 1, "名称变更")


def test_a_suspended_title_keeps_its_certificate_and_the_check_page_says_how_it_stands(
    app: Flask, officer: Person, visitor: Browser
) -> None:
    title = made(app, make_granted(officer)).title
    second = make_recogniser("meishan-coop", mail="second@portal.example")
    asked = standing.ask(
        officer, title, title.version, Asked("suspend", clock.today(), "示例理由", None)
    )
    standing.consent(second, asked, asked.version)
    page = visitor.get(f"/titles/check/{NUMBER}")
    assert "暂停" in page.main
    assert certificates_of(get_title(title.id))[0].digest in page.text.replace(" ", "")


def test_the_city_issues_none_for_titles_granted_elsewhere(app: Flask) -> None:
    science = make_recogniser()
    title = record_title_for(make_enterprise(), science)
    with pytest.raises(Refused, match="自行认定"):
        certificates.issue_again(science, get_title(title.id), 0, "")


def test_after_a_merge_the_members_of_the_remaining_record_read_it(
    app: Flask, officer: Person, someone: SignIn
) -> None:
    title = make_granted(officer)
    name = made(app, title).file_name
    former, survivor = owner_of(title), make_enterprise(2)
    with transaction():
        following.move(officer, get_title(title.id).enterprise, survivor)
    assert someone(owners_of(survivor.id)[0]).ask(f"/files/{name}").status_code == 200
    assert someone(former).ask(f"/files/{name}").status_code == 404
    page = someone(owners_of(survivor.id)[0]).get(f"/my/enterprises/{survivor.id}/titles")
    assert NAME in page.text


def test_what_is_stated_is_frozen_with_the_issue(app: Flask, officer: Person) -> None:
    title = make_granted(officer)
    title = rename(title, "示例新名有限公司")
    certificate = made(app, title)
    assert certificate.statement["name"] == NAME


def test_a_title_of_before_the_portal_gets_its_first_certificate_without_a_ground(
    app: Flask, officer: Person, someone: SignIn
) -> None:
    kind, day = get_title_kind("demonstration"), clock.today()
    facts = title_facts(level="city", number="2026-01", granted_on=day, source_date=day)
    title = take_over_title(officer, make_enterprise(), kind, facts)
    number = title.id
    browser = someone(officer)
    page = browser.get(f"/bureau/titles/{number}")
    assert "尚未在平台签发证书" in page.text
    page = browser.get(page.link("签发证书"))
    assert "理由" not in page.main
    page = browser.send(page)
    assert "生成中" in page.text
    assert made(app, get_title(number)).ground == ""
