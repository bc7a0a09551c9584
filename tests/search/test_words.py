"""Curators keep the words that stand for each other; every search follows at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.audit.models import AuditEvent
from portal.cli import nightly
from portal.cli.nightly import forget_old_needs
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.search.actions import add_group, keep_need, load_group, retire_group
from portal.search.models import SearchNeed
from portal.search.queries import SynonymTable, find_origin, groups
from portal.search.rules import words_in
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.lists.factories import make_curator, make_signer


def curator_browser(app: Flask) -> Browser:
    return Browser(app).sign_in(make_curator())


def test_a_new_group_shows_its_effect_before_it_holds(
    app: Flask, visitor: Browser, reindex: Callable[[], None]
) -> None:
    make_enterprise(1)
    reindex()
    browser = curator_browser(app)
    browser.get("/bureau/search/words")
    page = browser.post("/bureau/search/words/add", {"words": "岷江储\n母亲河", "preview": "1"})
    row = next(row for row in page.all("tr") if "母亲河" in "".join(row.itertext()))
    assert [cell.text for cell in row.iter("td")] == ["0", "1"]
    assert "共0项" in visitor.get("/search?q=母亲河").main.replace(" ", "")

    browser.post("/bureau/search/words/add", {"words": "岷江储\n母亲河", "note": ""})
    assert "四川岷江储能科技有限公司" in visitor.get("/search?q=母亲河").main
    group = groups()[-1]
    browser.get(f"/bureau/search/words/{group.id}")
    browser.post(f"/bureau/search/words/{group.id}/retire", {})
    assert "共0项" in visitor.get("/search?q=母亲河").main.replace(" ", "")
    acts = [event.act for event in db.session.query(AuditEvent).order_by(AuditEvent.id)]
    assert acts[-2:] == ["add_synonyms", "retire_synonyms"]


def test_another_process_sees_a_change(app: Flask) -> None:
    here, there = SynonymTable(), SynonymTable()
    assert there().alternatives("高企") == ("高新技术企业",)
    group = add_group(make_curator(), ["瞪羚羊", "小瞪羚"])
    assert there().alternatives("小瞪羚") == ("瞪羚羊",)
    assert here() is here()
    retire_group(make_curator("second"), group)
    assert there().alternatives("小瞪羚") == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["一个"], "每组2～20个词"),
        ([f"词{n}" for n in range(21)], "每组2～20个词"),
        (["。。", "词"], "不是40字以内的词"),
        (["词" * 41, "字"], "不是40字以内的词"),
        (["ＰＶ", "光能"], "已与光伏、太阳能、PV同组"),
    ],
)
def test_what_cannot_be_a_group_is_refused_with_the_reason(
    app: Flask, words: list[str], why: str
) -> None:
    with app.test_request_context(), pytest.raises(Refused) as refusal:
        add_group(make_curator(), words)
    assert why in refusal.value.message


def test_only_curators_keep_words(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(NotAllowed):
        add_group(make_signer(), ["一词", "二词"])


def test_a_fixture_is_loaded_once_and_then_belongs_to_the_officers(app: Flask) -> None:
    group = find_origin("高企")
    assert group is not None
    retire_group(make_curator(), group)
    load_group(["高企", "高新技术企业"])
    assert all(each.words[0] != "高企" for each in groups())


def test_words_are_read_one_to_a_line_or_between_commas() -> None:
    assert words_in("光伏\n 太阳能，PV、pv\n\n") == ["光伏", "太阳能", "PV"]


def test_a_group_changed_meanwhile_is_not_overwritten(app: Flask) -> None:
    group = groups()[0]
    one, other = curator_browser(app), Browser(app).sign_in(make_curator("other"))
    address = f"/bureau/search/words/{group.id}"
    one.get(address)
    other.get(address)
    told = {"words": "高企\n高新企业\n高新技术企业", "note": "", "version": str(group.version)}
    one.post(f"{address}/change", told)
    page = other.post(f"{address}/change", told | {"words": "高企\n高新"}, status=422)
    assert "这组词已被他人修改" in page.main


def test_a_wish_is_kept_without_a_name_and_counted_by_word(app: Flask, visitor: Browser) -> None:
    visitor.get("/search/need?q=量子点膜")
    told = {"word": "量子点膜", "kind": "supply", "text": "示例：需要量子点膜的中试线"}
    visitor.post("/search/need", told)
    visitor.get("/search/need?q=量子点膜")
    visitor.post("/search/need", told | {"word": "量子点膜 "})
    assert {need.word for need in db.session.query(SearchNeed)} == {"量子点膜"}

    read = curator_browser(app).get("/bureau/search/needs").main
    assert "示例：需要量子点膜的中试线" in read
    assert "量子点膜" in read


@pytest.mark.parametrize("text", ["请打13800138000", "028-38160000", "x@example.com", ""])
def test_a_wish_names_nobody_and_is_not_empty(visitor: Browser, text: str) -> None:
    visitor.get("/search/need")
    page = visitor.post("/search/need", {"word": "膜", "text": text}, status=422)
    assert text in page.html
    assert db.session.query(SearchNeed).count() == 0


def test_a_wish_is_deleted_once_it_was_kept_long_enough(
    app: Flask, visitor: Browser, wait: Callable[..., None]
) -> None:
    days = app.config["SEARCH_NEED_DAYS"]
    assert f"最多保存{days}天" in visitor.get("/privacy").main
    keep_need("旧词", "", "三年前的需求")
    wait(days=days - 1)
    keep_need("新词", "", "今天的需求")
    forget_old_needs()
    assert db.session.query(SearchNeed).count() == 2
    wait(days=1, minutes=1)
    forget_old_needs()
    assert [need.word for need in db.session.query(SearchNeed)] == ["新词"]
    assert forget_old_needs in nightly.JOBS
