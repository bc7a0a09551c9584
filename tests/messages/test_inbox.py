"""The inbox: letters kept on the site, read in the reader's language, by their reader only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal import clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Identifier, Person
from portal.accounts.queries.people import mail_of
from portal.accounts.terms import IdentifierKind
from portal.database import action
from portal.errors import NotFound
from portal.extensions import db
from portal.messages import mark_read
from portal.messages.queries import count_inbox, count_unread, get_letter, inbox_of
from portal.web.letters import read_letter
from tests.factories import make_person
from tests.worker import Mailbox, Phones

MAIL = "owner@example.com"
PHONE = "+8613800000001"


@action
def decide(person: Person, number: int = 1) -> None:
    tell(person, "claim_decided", accepted=True, enterprise=number, ground="")


@action
def replace_mail_by_phone(person: Person) -> None:
    identifier = mail_of(person)
    assert identifier is not None
    db.session.delete(identifier)
    phone = Identifier(person_id=person.id, kind=IdentifierKind.PHONE, subject=PHONE)
    phone.confirmed_at = clock.now()
    db.session.add(phone)


def test_a_letter_goes_by_mail_and_stays_in_the_inbox(
    app: Flask, mailbox: Mailbox, phones: Phones
) -> None:
    person = make_person(MAIL)
    decide(person)
    assert mailbox.subjects(MAIL) == ["企业成员申请的办理结果"]
    assert phones.texts() == []
    (kept,) = inbox_of(person)
    assert kept.values == {"accepted": True, "enterprise": 1, "ground": ""}


def test_who_has_no_mail_gets_an_sms_and_the_letter_in_the_inbox(
    app: Flask, mailbox: Mailbox, phones: Phones
) -> None:
    person = make_person(MAIL)
    replace_mail_by_phone(person)
    decide(person)
    assert mailbox.mails() == []
    assert "企业成员申请的办理结果" in phones.texts(PHONE)[0]
    assert count_inbox(person) == 1


@pytest.mark.parametrize(
    ("cookie", "subject", "words"),
    [
        ("zh", "企业成员申请的办理结果", "您已成为该企业的成员"),
        ("en", "Decision on your request to act for an enterprise", "You may now act"),
    ],
)
def test_a_letter_is_read_in_the_language_of_the_page(
    app: Flask, cookie: str, subject: str, words: str
) -> None:
    person = make_person(MAIL)
    decide(person)
    with app.test_request_context(headers={"Cookie": f"language={cookie}"}):
        (kept,) = inbox_of(person)
        letter = read_letter(kept.template, kept.values)
    assert letter.subject == subject
    assert words in letter.paragraphs[0]
    assert subject not in letter.text


def test_letters_come_newest_first_and_are_unread_until_opened(
    app: Flask, wait: Callable[..., None]
) -> None:
    person = make_person(MAIL)
    for number in (1, 2, 3):
        decide(person, number)
    newest = inbox_of(person, limit=2)
    assert [letter.values["enterprise"] for letter in newest] == [3, 2]
    assert [letter.values["enterprise"] for letter in inbox_of(person, offset=2)] == [1]
    assert count_unread(person) == 3
    mark_read(person, newest[0])
    first_read = newest[0].read_at
    wait(hours=1)
    mark_read(person, newest[0])
    assert newest[0].read_at == first_read
    assert (count_unread(person), count_inbox(person)) == (2, 3)


def test_nobody_finds_or_marks_somebody_elses_letter(app: Flask) -> None:
    person, other = make_person(MAIL), make_person("other@example.com")
    decide(person)
    (letter,) = inbox_of(person)
    assert get_letter(person, letter.id) is letter
    for number in (letter.id, letter.id + 1):
        with pytest.raises(NotFound):
            get_letter(other, number)
    with pytest.raises(NotFound):
        mark_read(other, letter)
    assert inbox_of(other) == []
    assert count_unread(person) == 1
