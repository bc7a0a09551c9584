"""The first administrator and rights, given by command."""

from __future__ import annotations

from datetime import date

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


GRANT = ("grant", MAIL, "review_enterprises", "--department", "meishan-coop")


def test_a_right_for_a_zone_is_given_between_two_days(app: Flask) -> None:
    run(app, "create", MAIL)
    days = ("--from", "2026-12-01", "--until", "2027-03-31")
    status, said = run(app, *GRANT, "--zone", "meishan-hitech", *days)
    assert status == 0, said
    assert "in meishan-hitech from 2026-12-01 until 2027-03-31" in said
    identifier = find_confirmed(MAIL)
    assert identifier is not None
    (held,) = identifier.person.rights
    assert held.zone is not None
    assert (held.zone.slug, held.district) == ("meishan-hitech", None)
    assert (held.valid_from, held.valid_until) == (date(2026, 12, 1), date(2027, 3, 31))
    assert rights() == [], "not in force before its first day"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--zone", "nowhere"), "There is no zone nowhere"),
        (("--district", "renshou", "--zone", "meishan-hitech"), "二者请只选其一"),
        (("--from", "2026-12-02", "--until", "2026-12-01"), "结束日期早于开始日期"),
        (("--from", "2026-11-01", "--until", "2026-11-21"), "结束日期已过"),
        (("--from", "1 December"), "does not match the format"),
    ],
)
def test_the_rules_of_the_page_hold_for_the_command(
    app: Flask, words: tuple[str, ...], said: str
) -> None:
    run(app, "create", MAIL)
    status, output = run(app, *GRANT, *words)
    assert status != 0
    assert "Traceback" not in output
    assert said in output
    identifier = find_confirmed(MAIL)
    assert identifier is not None
    assert identifier.person.rights == []


def test_the_same_right_is_not_given_twice(app: Flask) -> None:
    run(app, "create", MAIL)
    assert run(app, *GRANT)[0] == 0
    status, output = run(app, *GRANT, "--until", "2027-01-01")
    assert status == 1
    assert "Traceback" not in output
    assert rights() == [("review_enterprises", "meishan-coop", "*")]
