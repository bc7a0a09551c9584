"""The first administrator and rights, given by command."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.queries.people import find_confirmed, rights_of
from tests.browser_client import Browser
from tests.factories import PASSWORD

MAIL = "boss@portal.example"


def run(app: Flask, *words: str, password: str = PASSWORD) -> tuple[int, str]:
    """Run `flask users …`; return its exit status and what it said."""
    result = app.test_cli_runner().invoke(
        args=["users", *words], env={"PORTAL_NEW_PASSWORD": password}
    )
    return result.exit_code, result.output


def rights(mail: str = MAIL) -> list[tuple[str, str, str]]:
    identifier = find_confirmed(mail)
    assert identifier is not None
    return [
        (held.right, held.department.slug, held.district.slug if held.district else "*")
        for held in rights_of(identifier.person)
    ]


def test_the_first_administrator_is_made_and_signs_in(app: Flask, visitor: Browser) -> None:
    status, said = run(app, "create", MAIL, "--administrator", "--department", "meishan-coop")
    assert (status, said) == (0, f"Created {MAIL}.\n")
    assert rights() == [("administer", "meishan-coop", "*")]
    page = visitor.post("/account/sign-in", {"account": MAIL, "password": PASSWORD})
    assert page.heading == "个人信息处理规则"
    assert visitor.send(page, "/account/consent", agreed="y").heading == "待办理"


def test_the_first_administrator_is_asked_for_what_was_left_out(app: Flask) -> None:
    result = app.test_cli_runner().invoke(
        args=["users", "create", "--administrator"],
        input=f"{PASSWORD}\n{PASSWORD}\n{MAIL}\n",
    )
    assert result.output.endswith(f"Created {MAIL}.\n")
    assert rights() == [("administer", "meishan-coop", "*")]


def test_a_right_for_a_district_is_given(app: Flask) -> None:
    run(app, "create", MAIL)
    place = ("--department", "meishan-coop", "--district", "renshou")
    status, said = run(app, "grant", MAIL.upper(), "review_enterprises", *place)
    assert status == 0, said
    assert rights() == [("review_enterprises", "meishan-coop", "renshou")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "nobody"), "name@example.com"),
        (("create", MAIL, "--administrator", "--department", "x"), "There is no department 'x'"),
        (("grant", MAIL, "review_enterprises", "--department", "x"), "Nobody has the confirmed"),
        (("grant", MAIL, "nothing", "--department", "x"), "Invalid value"),
    ],
)
def test_a_mistake_is_one_sentence_and_makes_nobody(
    app: Flask, words: tuple[str, ...], said: str
) -> None:
    status, output = run(app, *words)
    assert status != 0
    assert said in output
    assert "Traceback" not in output
    assert find_confirmed(MAIL) is None


def test_a_poor_password_is_refused(app: Flask) -> None:
    status, output = run(app, "create", MAIL, password="short")
    assert status == 1
    assert "at least 10 characters" in output or "不能少于10个字符" in output


def test_the_same_address_twice_is_refused(app: Flask) -> None:
    run(app, "create", MAIL)
    status, output = run(app, "create", MAIL)
    assert status == 1
    assert "has an account already" in output or "已有账号" in output


@pytest.mark.parametrize("option", [("--district", "nowhere"), ()])
def test_an_unknown_district_gives_no_right(app: Flask, option: tuple[str, ...]) -> None:
    run(app, "create", MAIL)
    words = ("grant", MAIL, "audit", "--department", "meishan-coop" if option else "nowhere")
    status, output = run(app, *words, *option)
    assert status == 1
    assert "There is no d" in output
    assert rights() == []
