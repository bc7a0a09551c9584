"""The second factor: set up, asked for, taken once, recovered, removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Credential, PendingProof, Person, SignIn
from portal.accounts.queries.sign_ins import find_credential
from portal.accounts.terms import CredentialKind
from portal.accounts.totp import open_secret
from portal.audit import trail_of
from portal.extensions import db
from tests.accounts.proving import (
    MAIL,
    Authenticator,
    codes_on,
    first_step,
    give_authenticator,
    second_step,
    secret_on,
    set_up,
    sign_ins_of,
)
from tests.browser_client import Browser
from tests.factories import PASSWORD, make_person
from tests.worker import Mailbox

PAGE = "/my/account/second-factor"
WRONG = ["验证码不对，请等验证器显示下一个后再填写"]
WRONG_RECOVERY = ["恢复码不对或已使用"]
Someone = Callable[[Person], Browser]
Wait = Callable[..., None]


def test_a_member_sets_it_up_and_signs_in_with_it(
    app: Flask, someone: Someone, mailbox: Mailbox, wait: Wait
) -> None:
    authenticator, codes = set_up(someone(make_person(MAIL)))
    assert len(set(codes)) == 10
    assert mailbox.subjects(MAIL) == ["您的账号已开启两步验证"]
    wait(minutes=2)
    visitor = Browser(app)
    page = first_step(visitor)
    assert page.heading == "两步验证"
    assert second_step(visitor, page, authenticator.code()).heading == "我的企业"


def test_the_page_shows_a_picture_and_the_key(someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    page = browser.send(browser.get(PAGE), present=PASSWORD)
    assert page.heading == "设置验证器"
    picture = page.one("svg", class_="segno")
    assert picture.get("style") is None
    assert len(secret_on(page).replace(" ", "")) == 32


def test_half_signed_in_is_not_signed_in(app: Flask, visitor: Browser) -> None:
    person = make_person(MAIL)
    give_authenticator(person)
    before = len(sign_ins_of(person))
    first_step(visitor)
    with visitor.client.session_transaction() as session:
        assert "_user_id" not in session
    assert len(sign_ins_of(person)) == before
    assert visitor.get("/my/").heading == "登录"


def test_the_session_changes_between_the_steps(visitor: Browser) -> None:
    authenticator = give_authenticator(make_person(MAIL))
    cookies = []
    page = first_step(visitor)
    cookies.append(visitor.client.get_cookie("portal"))
    second_step(visitor, page, authenticator.code())
    cookies.append(visitor.client.get_cookie("portal"))
    assert cookies[0] is not None
    visitor.client.set_cookie("portal", cookies[0].value)
    assert visitor.get("/my/").heading == "登录"
    page = visitor.post("/account/second-step", {"code": authenticator.code(1)})
    assert page.heading == "登录", "the step was spent"


def test_it_leads_where_the_person_wanted_to_go(visitor: Browser) -> None:
    authenticator = give_authenticator(make_person(MAIL))
    page = visitor.get("/my/enterprises/new?from=home")
    page = visitor.send(page, "/account/sign-in", account=MAIL, password=PASSWORD)
    assert second_step(visitor, page, authenticator.code()).heading == "登记企业"


def test_what_was_typed_before_is_kept_through_both_steps(someone: Someone, wait: Wait) -> None:
    person = make_person(MAIL)
    authenticator = give_authenticator(person)
    browser = someone_with(authenticator, someone, person)
    page = browser.get("/my/account")
    wait(minutes=31)
    headers = {"Origin": "http://localhost"}
    data = page.form("/my/account/language").fields | {"language": "en"}
    browser.ask("/my/account/language", "POST", data=data, headers=headers)
    page = browser.page("/my/account/language", 401)
    page = browser.send(page, "/account/sign-in", account=MAIL, password=PASSWORD)
    page = second_step(browser, page, authenticator.code())
    assert page.heading == "提交已填内容"
    page = browser.send(page, "/my/account/language")
    assert "邮件和短信将使用该语言" in page.text


def someone_with(authenticator: Authenticator, someone: Someone, person: Person) -> Browser:
    """Return a browser in which somebody is signed in by both steps."""
    browser = someone(person)
    second_step(browser, browser.get("/account/second-step"), authenticator.code())
    return browser


def test_a_code_is_taken_once(app: Flask, wait: Wait) -> None:
    authenticator = give_authenticator(make_person(MAIL))
    code = authenticator.code()
    one, two = Browser(app), Browser(app)
    second_step(one, first_step(one), code)
    assert second_step(two, first_step(two), code, 422).errors == WRONG
    assert second_step(two, first_step(two), authenticator.code(-1), 422).errors == WRONG
    assert second_step(two, first_step(two), authenticator.code(1)).heading == "我的企业"


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_half_a_minute(
    visitor: Browser, wait: Wait, steps: int, taken: bool
) -> None:
    authenticator = give_authenticator(make_person(MAIL))
    wait(minutes=5)
    code = authenticator.code(steps)
    page = second_step(visitor, first_step(visitor), code, 200 if taken else 422)
    assert (page.errors == []) == taken


def test_a_recovery_code_is_taken_once_and_told(
    app: Flask, someone: Someone, mailbox: Mailbox
) -> None:
    person = make_person(MAIL)
    _authenticator, codes = set_up(someone(person))
    one, two = Browser(app), Browser(app)
    page = second_step(one, first_step(one), f" {codes[3].lower()} ")
    assert page.heading == "我的企业"
    assert second_step(two, first_step(two), codes[3], 422).errors == WRONG_RECOVERY
    assert mailbox.subjects(MAIL)[-1] == "您的账号使用了一个恢复码"
    assert "剩余恢复码9个" in one.get(PAGE).main
    assert trail_of("person", person.id)[0].changes == {"left": [10, 9]}


def test_new_recovery_codes_end_the_old_ones(app: Flask, someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    _authenticator, old = set_up(browser)
    new = codes_on(browser.send(browser.get(f"{PAGE}/codes"), present=PASSWORD))
    assert not set(old) & set(new)
    visitor = Browser(app)
    page = second_step(visitor, first_step(visitor), old[0], 422)
    assert second_step(visitor, page, new[0]).heading == "我的企业"


def test_neither_secret_nor_codes_are_kept_as_they_are(someone: Someone) -> None:
    person = make_person(MAIL)
    authenticator, codes = set_up(someone(person))
    kept = " ".join(db.session.scalars(select(Credential.secret)))
    assert str(authenticator.generator.secret) not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    sealed = find_credential(person, CredentialKind.TOTP)
    assert sealed is not None
    assert open_secret(person.id, sealed.secret) == authenticator.generator.secret
    assert open_secret(person.id + 1, sealed.secret) is None, "moved to somebody else's row"


def test_setting_it_up_ends_every_other_sign_in(someone: Someone) -> None:
    person = make_person(MAIL)
    here, elsewhere = someone(person), someone(person)
    set_up(here)
    assert elsewhere.get("/my/").heading == "登录"
    assert here.get("/my/").heading == "我的企业"


def test_guesses_are_few_whatever_was_typed(app: Flask, visitor: Browser) -> None:
    give_authenticator(make_person(MAIL))
    page = first_step(visitor)
    for code in ("000000", "nonsense", "", "１２３４５６", "9" * 40, "000001"):
        page = second_step(visitor, page, code, 422)
    page = second_step(visitor, page, "000002", 429)
    assert page.errors == ["尝试次数过多，请15分钟后再试"]


def test_the_second_step_waits_ten_minutes(visitor: Browser, wait: Wait) -> None:
    authenticator = give_authenticator(make_person(MAIL))
    page = first_step(visitor)
    wait(minutes=10, seconds=1)
    assert second_step(visitor, page, authenticator.code()).heading == "登录"


def test_a_first_code_that_is_wrong_switches_nothing_on(app: Flask, someone: Someone) -> None:
    person = make_person(MAIL)
    browser = someone(person)
    page = browser.send(browser.get(PAGE), present=PASSWORD)
    wrong = f"{(int(Authenticator(secret_on(page)).code()) + 1) % 1_000_000:06}"
    assert browser.send(page, code=wrong, status=422).errors == WRONG
    assert find_credential(person, CredentialKind.TOTP) is None
    assert first_step(Browser(app)).heading == "我的企业"


def test_another_phone_takes_the_place_of_the_first(app: Flask, someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    old, _codes = set_up(browser)
    new, _codes = set_up(browser)
    visitor = Browser(app)
    page = second_step(visitor, first_step(visitor), old.code(1), 422)
    assert second_step(visitor, page, new.code(1)).heading == "我的企业"


def test_a_member_removes_it(app: Flask, someone: Someone, mailbox: Mailbox) -> None:
    browser = someone(make_person(MAIL))
    set_up(browser)
    page = browser.send(browser.get(f"{PAGE}/remove"), present=PASSWORD)
    assert "两步验证已取消" in page.text
    assert mailbox.subjects(MAIL)[-1] == "您的账号已取消两步验证"
    assert first_step(Browser(app)).heading == "我的企业"


def test_without_one_there_is_nothing_to_renew_or_remove(someone: Someone) -> None:
    browser = someone(make_person(MAIL))
    for path in ("/codes", "/remove", "/prove"):
        assert browser.get(PAGE + path).heading == "两步验证设置"


def test_only_the_digest_of_a_step_is_kept(visitor: Browser) -> None:
    give_authenticator(make_person(MAIL))
    first_step(visitor)
    with visitor.client.session_transaction() as session:
        token = session["awaited"][1]
    assert token not in list(db.session.scalars(select(PendingProof.token_digest)))
    assert (
        db.session.scalars(select(SignIn).where(SignIn.second_factor_at.is_not(None))).all() == []
    )
