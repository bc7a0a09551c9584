"""A person's own data: all of it, theirs alone, without what authenticates."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Flask

from portal.accounts.models import Person
from portal.accounts.queries.sign_ins import find_credential
from portal.accounts.terms import CredentialKind, Right
from portal.audit import trail_of
from portal.partners.actions import register_partner
from tests.browser_client import Browser
from tests.factories import make_active, make_claim, make_officer, make_person, make_uscc
from tests.partners.test_partners import FACTS


def download(browser: Browser) -> str:
    answer = browser.ask("/my/account/data/download", "POST", data={"csrf_token": browser.token()})
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


def test_the_download_holds_what_is_held_on_the_person(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    person, other = make_person("me@example.com", "示例本人"), make_person("other@example.com")
    reviewer = make_officer(Right.REVIEW_ENTERPRISES)
    make_active(person, reviewer)
    theirs = make_active(other, reviewer, uscc=make_uscc(2), name="示例他人公司")
    make_claim(person, theirs, "我是示例部门的经办人")
    register_partner(person, FACTS)
    browser = someone(person)
    assert "下载" in browser.get("/my/account/data").text
    held = json.loads(download(browser))
    assert held["person"]["display_name"] == "示例本人"
    assert [one["role"] for one in held["enterprises"]] == ["owner"]
    rows = held["rows"]
    assert [one["subject"] for one in rows["identifier"]] == ["me@example.com"]
    assert [one["statement"] for one in rows["claim"]] == ["我是示例部门的经办人"]
    for table in ("submission", "sign_in", "consent", "partner_member"):
        assert len(rows[table]) == 1, table
    assert held["named_in"]["enterprise"] == {"created_by_id": [1]}
    acts = {line["act"] for line in held["trail"]}
    assert acts >= {"create_person", "submit", "accept_consent"}
    assert trail_of("person", person.id)[0].act == "download_own_data"


def test_it_holds_no_password_token_or_key_and_nobody_elses_contacts(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    person = make_person("me@example.com")
    reviewer = make_officer(Right.REVIEW_ENTERPRISES, mail="officer-mail@portal.example")
    make_active(person, reviewer)
    secret = find_credential(person, CredentialKind.PASSWORD)
    assert secret is not None
    text = download(someone(person))
    for hidden in (secret.secret, str(person.digest_key), "officer-mail", "token_digest", "argon2"):
        assert hidden not in text


def test_officers_find_what_they_decided_on_by_number(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    officer = make_officer(Right.REVIEW_ENTERPRISES)
    make_active(make_person(), officer)
    held = json.loads(download(someone(officer)))
    assert held["rows"]["officer_right"][0]["right"] == "review_enterprises"
    assert held["named_in"]["submission"] == {"decided_by_id": [1]}
