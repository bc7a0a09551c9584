"""Questions about a published entry: anyone signed in asks, the publisher answers once for all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.lists.actions.life import mark_life
from portal.lists.actions.questions import answer, ask
from portal.lists.models import Entry, EntryQuestion
from portal.lists.rules.questions import MOST_WAITING, check_not_too_many, check_taking
from portal.lists.terms.entries import Life
from tests.browser_client import Browser
from tests.factories import make_person
from tests.lists.factories import (
    make_curator,
    make_published_release,
    make_sender,
    make_signed_release,
)
from tests.worker import Mailbox

Someone = Callable[[Person], Browser]
WORDS = "是否接受联合体投标？"


@pytest.fixture
def entry(app: Flask) -> Entry:
    return make_published_release().entries[0]


@pytest.fixture
def asker(app: Flask) -> Person:
    return make_person("asker@example.com")


def asked(entry: Entry, asker: Person) -> EntryQuestion:
    return ask(asker, entry, WORDS)


def test_questions_are_taken_while_an_entry_is_open_or_in_talks() -> None:
    check_taking(Life.OPEN, is_over=False)
    check_taking(Life.IN_TALKS, is_over=False)
    for life, is_over in ((Life.OPEN, True), (Life.MATCHED, False), (Life.WITHDRAWN, False)):
        with pytest.raises(Refused, match="已结束"):
            check_taking(life, is_over)


def test_five_questions_of_one_person_may_wait() -> None:
    check_not_too_many(MOST_WAITING - 1)
    with pytest.raises(Refused, match="5个问题等待答复"):
        check_not_too_many(MOST_WAITING)


def test_a_question_is_public_only_with_its_answer_and_without_who_asked(
    entry: Entry, asker: Person, visitor: Browser, mailbox: Mailbox
) -> None:
    question = asked(entry, asker)
    assert WORDS not in visitor.get(f"/entries/{entry.number}").main
    assert "有人就您发布的条目提问" in mailbox.subjects("sender@portal.example")
    answer(make_sender(), question, question.version, "接受。", declined=False)
    page = visitor.get(f"/entries/{entry.number}")
    assert WORDS in page.main
    assert "接受。" in page.main
    assert "asker" not in page.text
    assert "您的问题已有答复" in mailbox.subjects("asker@example.com")


def test_a_question_without_a_public_answer_is_read_by_who_asked_alone(
    entry: Entry, asker: Person, visitor: Browser, someone: Someone
) -> None:
    question = asked(entry, asker)
    answer(make_sender(), question, question.version, "涉及商业秘密。", declined=True)
    assert "商业秘密" not in visitor.get(f"/entries/{entry.number}").main
    assert "商业秘密" in someone(asker).get(f"/my/entries/ask/{entry.number}").main
    other = someone(make_person("other@example.com"))
    assert "商业秘密" not in other.get(f"/my/entries/ask/{entry.number}").main


def test_a_question_is_answered_once(entry: Entry, asker: Person) -> None:
    question = asked(entry, asker)
    version = question.version
    with pytest.raises(NotAllowed):
        answer(asker, question, version, "接受。", declined=False)
    with pytest.raises(Refused, match="请填写答复"):
        answer(make_sender(), question, version, " ", declined=False)
    answer(make_sender(), question, version, "接受。", declined=False)
    with pytest.raises(ChangedSinceOpened):
        answer(make_sender(), question, version, "不接受。", declined=False)


def test_the_publisher_does_not_ask_and_nothing_is_asked_of_what_is_over(
    entry: Entry, asker: Person
) -> None:
    with pytest.raises(NotAllowed, match="自己的条目"):
        ask(make_sender(), entry, WORDS)
    with pytest.raises(Refused, match="请填写问题"):
        ask(asker, entry, " ")
    mark_life(make_curator(), entry, entry.version, Life.CLOSED, "结束")
    with pytest.raises(Refused, match="已结束"):
        ask(asker, entry, WORDS)


def test_nothing_is_asked_before_the_release(app: Flask, someone: Someone) -> None:
    entry = make_signed_release().entries[0]
    with pytest.raises(Refused):
        ask(make_person("asker@example.com"), entry, WORDS)
    browser = someone(make_person("other@example.com"))
    assert browser.ask(f"/my/entries/ask/{entry.number}").status_code == 404


def test_somebody_asks_and_the_publisher_answers_on_the_pages(
    entry: Entry, asker: Person, someone: Someone, visitor: Browser
) -> None:
    assert visitor.get(f"/entries/{entry.number}").link("向发布主体提问")
    browser = someone(asker)
    page = browser.get(f"/my/entries/ask/{entry.number}")
    assert "请填写问题" in browser.send(page, "send", status=422).main
    assert "尚未答复" in browser.send(page, "send", question=WORDS).main
    sender = someone(make_sender())
    listed = sender.get(f"/my/entries/{entry.id}/questions")
    page = sender.get(listed.link("答复：" + WORDS))
    assert "请填写答复" in sender.send(page, "answer", status=422).main
    assert "接受。" in sender.send(page, "answer", answer="接受。").main
