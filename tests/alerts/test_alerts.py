"""What is told, to whom, and that it is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.alerts import rules
from portal.alerts.actions import wake
from portal.alerts.models import Alert
from portal.alerts.telling import tell_due
from portal.extensions import db
from portal.lists.actions.publication import publish
from portal.lists.models import Release
from portal.search.errors import IndexUnavailable
from tests.alerts.saving import LIST, MAIL, STORAGE, confirm, new_page, publish_more, save, told
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    sign_all,
    start_signing,
)
from tests.statements import counted_statements
from tests.worker import Mailbox

Reindex = Callable[[], None]
Tell = Callable[..., None]


def test_nothing_is_sent_before_the_address_is_confirmed(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, STORAGE)
    publish_more("园区储能应用场景")
    reindex()
    tell(days=2)
    assert len(mailbox.mails(MAIL)) == 1
    assert not told(mailbox)


def test_only_what_is_new_is_told_and_only_once(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, STORAGE)
    confirm(visitor, mailbox)
    tell(days=1)
    assert not told(mailbox)
    publish_more("园区储能应用场景")
    reindex()
    tell(days=2)
    tell(days=1)
    (mail,) = told(mailbox)
    assert mail["Subject"] == "1条新结果：机会清单：储能"
    text = str(mail.get_content())
    assert "园区储能应用场景" in text
    assert "公交场站储能应用场景之1" not in text
    assert "http://localhost/entries/MS-JH-2027-01-001" in text


def test_what_does_not_meet_the_conditions_is_not_told(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, f"{LIST}?q={quote('光伏')}&district=dongpo")
    confirm(visitor, mailbox)
    publish_more("园区储能应用场景")
    reindex()
    tell(days=2)
    assert not told(mailbox)


def test_at_once_means_a_minute_after_the_change_and_then_ten_apart(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, LIST, rhythm="immediate")
    confirm(visitor, mailbox)
    tell(days=1)
    publish_more("园区储能应用场景")
    reindex()
    wake()
    tell(seconds=59)
    assert not told(mailbox)
    tell(seconds=2)
    assert len(told(mailbox)) == 1
    publish_more("医院储能应用场景", year=2028)
    reindex()
    wake()
    tell(minutes=9)
    assert len(told(mailbox)) == 1
    tell(minutes=3)
    assert len(told(mailbox)) == 2


def test_the_worker_wakes_the_alerts_after_indexing(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release
) -> None:
    save(visitor, LIST, rhythm="immediate")
    confirm(visitor, mailbox)
    publish_more("园区储能应用场景")
    mailbox.mails()  # the worker's round
    tell(minutes=2)
    assert len(told(mailbox)) == 1


def test_no_writer_waits_for_alerts_that_nobody_saved(app: Flask, city: Release) -> None:
    with counted_statements() as sent:
        wake()
    assert [text for text in sent if not text.startswith("SELECT")] == []


def test_what_is_not_public_is_not_told(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, LIST)
    confirm(visitor, mailbox)
    release = make_call(year=2027)
    make_accepted(release, title="尚未公开的储能条目")
    start_signing(release)
    sign_all(release)
    reindex()
    tell(days=2)
    assert not told(mailbox)


def test_a_new_enterprise_of_the_registry_is_told(
    tell: Tell, visitor: Browser, mailbox: Mailbox, reindex: Reindex
) -> None:
    reindex()
    save(visitor, "/enterprises?district=dongpo")
    confirm(visitor, mailbox)
    make_active(make_person(), make_officer(), uscc=make_uscc(7), name="示例新入库储能有限公司")
    reindex()
    tell(days=2)
    assert "示例新入库储能有限公司" in str(told(mailbox)[0].get_content())


def test_without_an_index_nothing_is_taken_for_gone_or_new(
    app: Flask,
    visitor: Browser,
    mailbox: Mailbox,
    city: Release,
    wait: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save(visitor, STORAGE)
    confirm(visitor, mailbox)

    def fail(*_args: object, **_named: object) -> None:
        raise IndexUnavailable("rebuilt")

    monkeypatch.setattr(app.extensions["search"], "search", fail)
    wait(days=1)
    assert tell_due() == 1
    due = db.session.scalars(select(Alert.due_at)).one()
    assert due is not None
    assert timedelta(minutes=9) < due - clock.now() <= timedelta(minutes=10)
    assert not told(mailbox)
    assert "全文检索正在更新" in visitor.get(new_page(STORAGE), status=503).main


def test_a_member_saves_without_an_address_and_reads_it_in_the_inbox(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    person = make_person()
    number = person.id
    visitor.sign_in(person)
    page = visitor.get(new_page(STORAGE))
    assert not page.all("input", name="mail")
    assert "机会清单：储能" in visitor.send(page, rhythm="daily").main
    publish_more("园区储能应用场景")
    reindex()
    tell(days=2)
    assert len(told(mailbox, "owner@example.com")) == 1
    visitor.sign_in(db.session.get_one(Person, number))
    inbox = visitor.get("/my/inbox")
    letter = visitor.get(inbox.link("1条新结果"))
    assert "园区储能应用场景" in letter.main
    assert "/alerts/" not in letter.main, "the link that stops it is in the mail only"


def test_a_saved_entry_is_announced_before_it_closes(
    tell: Tell, visitor: Browser, mailbox: Mailbox, reindex: Reindex
) -> None:
    reindex()
    release = make_call()
    make_accepted(release, closes_on=date(2026, 12, 2))
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    visitor.send(visitor.get(new_page("/entries/MS-JH-2026-01-001")), mail=MAIL)
    confirm(visitor, mailbox)
    for _day in range(11):
        tell(days=1)
        mailbox.mails()
    subjects = [str(mail["Subject"]) for mail in told(mailbox)]
    assert [subject.partition("：")[0] for subject in subjects] == ["7天后截止", "1天后截止"]


def test_a_search_over_everything_tells_of_every_kind(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, "/search?q=储能&district=dongpo")
    confirm(visitor, mailbox)
    publish_more("园区储能应用场景")
    make_active(make_person(), make_officer(), uscc=make_uscc(7), name="示例新入库储能有限公司")
    reindex()
    tell(days=2)
    (mail,) = told(mailbox)
    text = str(mail.get_content())
    assert "园区储能应用场景" in text
    assert "示例新入库储能有限公司" in text
    assert text.count("/entries/") == 1


def test_a_search_that_finds_very_much_says_what_it_does_not_tell(
    visitor: Browser, city: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "只记住最新的"
    assert said not in visitor.get(new_page("/lists/opportunity")).main
    monkeypatch.setattr(rules, "MOST_KNOWN", 0)
    assert said in visitor.get(new_page("/lists/opportunity")).main
