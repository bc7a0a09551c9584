"""Saving a search or an entry, and the link by which it is changed and stopped."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from portal.alerts.actions import forget_spent
from portal.alerts.models import Alert
from portal.alerts.rules import MOST_PER_READER
from portal.cli.nightly import JOBS
from portal.extensions import db, limiter
from portal.lists.models import Release
from tests.alerts.saving import LIST, MAIL, STORAGE, confirm, new_page, publish_more, save, told
from tests.browser_client import Browser
from tests.factories import make_person, make_uscc
from tests.worker import Mailbox

Reindex = Callable[[], None]
Tell = Callable[..., None]


def test_saving_says_what_would_come_and_how_often(visitor: Browser, city: Release) -> None:
    page = visitor.get(new_page(STORAGE))
    assert "机会清单：储能" in page.main
    assert "现有结果" in page.main
    for rhythm in ("每天", "每周一", "随时"):
        assert rhythm in page.main


def test_the_link_pauses_goes_on_and_changes_the_rhythm(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, LIST)
    link = confirm(visitor, mailbox)
    assert "已暂停" in visitor.send(visitor.get(link), f"{link}/mute").main
    publish_more("园区储能应用场景")
    reindex()
    tell(days=2)
    visitor.send(visitor.get(link), f"{link}/unmute")
    tell(days=1)
    assert not told(mailbox), "what came while paused is not sent later"
    changed = visitor.send(visitor.get(link), f"{link}/rhythm", rhythm="weekly")
    assert "接收频次已修改" in changed.main
    assert db.session.scalars(select(Alert.rhythm)).one() == "weekly"


def test_stopping_forgets_the_address_and_may_be_done_twice(
    visitor: Browser, mailbox: Mailbox, city: Release
) -> None:
    save(visitor, LIST)
    link = confirm(visitor, mailbox)
    page = visitor.get(link)
    assert "已停止" in visitor.send(page, f"{link}/stop").main
    assert "已停止" in visitor.send(page, f"{link}/stop").main
    assert db.session.scalars(select(Alert.mail)).one() == ""
    refused = visitor.send(page, f"{link}/mute", status=422)
    assert "已停止" in refused.main


def test_a_mail_program_stops_it_with_one_click(
    tell: Tell, visitor: Browser, mailbox: Mailbox, city: Release, reindex: Reindex
) -> None:
    save(visitor, LIST)
    confirm(visitor, mailbox)
    publish_more("园区储能应用场景")
    reindex()
    tell(days=2)
    (mail,) = told(mailbox)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = urlsplit(mail["List-Unsubscribe"].strip(" <>")).path
    for _time in range(2):
        assert visitor.ask(address, "POST").status_code == 204
    assert db.session.scalars(select(Alert)).one().standing == "ended"


@pytest.mark.parametrize("token", ["1-" + "0" * 32, "999999-abc", "x", "-", "1", "1-é"])
def test_an_altered_link_opens_nothing(visitor: Browser, city: Release, token: str) -> None:
    save(visitor, LIST)
    assert "链接已失效" in visitor.get(f"/alerts/{quote(token)}", status=404).main
    visitor.post(f"/alerts/{quote(token)}/stop", status=404)
    assert visitor.ask(f"/alerts/{quote(token)}/one-click", "POST").status_code == 404
    assert db.session.scalars(select(Alert)).one().ended_at is None


@pytest.mark.parametrize(
    "of",
    [
        "",
        "//elsewhere.example/lists/opportunity",
        "https://elsewhere.example/lists/opportunity",
        "/bureau/",
        "/search",
        "/search?kind=enterprise",
        "/lists/nothing",
        "/entries/MS-JH-2026-01-999",
        "/enterprises/" + make_uscc(3),
        "/lists/opportunity?q=" + "储" * 2000,
        "/lists/opportunity?q=" + "a" * 300,
        "/enterprises?q=!!!",
        "/search?q=!!!",
        "/lists/opportunity\x00",
    ],
)
def test_only_lists_and_published_entries_can_be_saved(
    visitor: Browser, city: Release, of: str
) -> None:
    answer = visitor.ask(new_page(of)) if "\0" not in of else None
    assert answer is None or answer.status_code == 404


def test_the_same_search_in_another_order_is_the_same_alert(
    visitor: Browser, mailbox: Mailbox, city: Release
) -> None:
    save(visitor, f"{LIST}?q=储能&district=dongpo&page=3&sort=closing")
    save(visitor, f"{LIST}?district=dongpo&q=储能")
    assert len(db.session.scalars(select(Alert)).all()) == 1
    confirm(visitor, mailbox)
    save(visitor, f"{LIST}?district=dongpo&q=储能&district=nowhere&colour=red")
    assert "已经订阅" in mailbox.subjects(MAIL)[-1]


def test_bad_input_keeps_what_was_typed(visitor: Browser, city: Release) -> None:
    page = visitor.send(visitor.get(new_page(LIST)), rhythm="weekly", mail="no address", status=422)
    assert page.one("input", name="mail").get("value") == "no address"
    assert page.one("input", value="weekly").get("checked") is not None


def test_writing_to_one_address_again_and_again_is_throttled(
    visitor: Browser, city: Release
) -> None:
    for number in range(5):
        save(visitor, f"{LIST}?q=储能{number}")
    page = visitor.get(new_page(f"{LIST}?q=储能9"))
    refused = visitor.send(page, rhythm="daily", mail=MAIL, status=429)
    assert "次数过多" in refused.main


def test_a_member_has_at_most_so_many(visitor: Browser, city: Release) -> None:
    visitor.sign_in(make_person())
    for number in range(MOST_PER_READER):
        visitor.send(visitor.get(new_page(f"{LIST}?q=储能{number}")), rhythm="daily")
    page = visitor.get(new_page(f"{LIST}?q=储能一"))
    assert "达到上限" in visitor.send(page, rhythm="daily", status=422).main


def test_unconfirmed_alerts_are_forgotten_after_seven_days(
    visitor: Browser, city: Release, wait: Callable[..., None]
) -> None:
    save(visitor, LIST)
    assert forget_spent in JOBS
    for days, left in ((6.9, 1), (0.2, 0)):
        wait(days=days)
        forget_spent()
        assert len(db.session.scalars(select(Alert)).all()) == left


def test_who_reads_english_is_answered_in_english(
    visitor: Browser, mailbox: Mailbox, city: Release
) -> None:
    visitor.client.set_cookie("language", "en")
    visitor.sign_in(make_person())
    page = visitor.send(visitor.get(new_page(STORAGE)), rhythm="daily")
    assert "Saved: you will be told of what is new" in page.text
    assert "Opportunity list: 储能" in page.main


def test_saying_what_searches_find_is_counted_like_searching(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    statuses = [visitor.ask(new_page(LIST)).status_code for _time in range(61)]
    limiter.reset()
    assert statuses == [200] * 60 + [429]
