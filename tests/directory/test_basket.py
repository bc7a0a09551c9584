"""Entries picked from the lists: in the address and nowhere else, taken away as three files."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from openpyxl import load_workbook

from portal.directory.asking.picks import MOST, moved, picks_of
from portal.extensions import db
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.models import Entry, Release
from portal.typesetting import OnDemand, TooBusy
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    make_signed_release,
    sign_all,
    start_signing,
)
from tests.typesetting.pdf import characters_in

ONE, TWO, THREE = (f"MS-JH-2026-01-{number:03d}" for number in (1, 2, 3))
FORMS = ("pdf", "xlsx", "txt")


@pytest.fixture
def release(app: Flask) -> Release:
    return make_published_release(entries=3)


def address(*numbers: str, form: str = "") -> str:
    """Return the address of a selection, or of its file."""
    ending = f".{form}" if form else ""
    return f"/lists/basket{ending}?" + "&".join(f"pick={number}" for number in numbers)


def order_in(text: str) -> list[str]:
    """Return the three numbers in the order in which a text first says them."""
    return sorted((n for n in (ONE, TWO, THREE) if n in text), key=text.index)


def test_ticked_entries_of_a_list_are_picked_and_more_can_be(
    visitor: Browser, release: Release
) -> None:
    page = visitor.get("/lists/opportunity?state=open&sort=closing")
    assert page.html.count('name="pick"') == 3
    back = "/lists/opportunity?state=open&sort=closing&page=1"
    sent = {"state": "open", "pick": [TWO, ONE], "back": back}
    answer = visitor.ask("/lists/opportunity", query_string=sent)
    assert answer.status_code == 303
    page = visitor.get(answer.location)
    assert order_in(page.html) == [TWO, ONE]
    again = f"{back}&pick={TWO}&pick={ONE}".replace("&", "&amp;")
    assert f'href="{again}"' in page.html
    assert "Set-Cookie" not in visitor.response.headers


def test_what_was_picked_elsewhere_comes_along(visitor: Browser, release: Release) -> None:
    page = visitor.get(f"/lists/opportunity?state=standing&pick={ONE}")
    assert f'type="hidden" name="pick" value="{ONE}"' in page.html
    assert "另有1项选自其他页面" in page.main
    page = visitor.get(f"/lists/opportunity?pick={ONE}")
    assert f'name="pick" value="{ONE}" checked' in page.html
    assert "pick=" not in page.html.split("opportunity.xlsx")[1].split('"')[0]


def test_an_entry_and_an_edition_offer_it_too(visitor: Browser, release: Release) -> None:
    page = visitor.get(f"/entries/{ONE}")
    assert f'href="/lists/basket?pick={ONE}"' in page.html
    page = visitor.get("/lists/2026/opportunity")
    form = page.form("/lists/basket")
    assert form.method.lower() == "get"
    assert page.html.count('name="pick"') == 3


def test_search_offers_it_for_entries_only(
    visitor: Browser, release: Release, reindex: object
) -> None:
    assert callable(reindex)
    reindex()
    page = visitor.get("/search?q=储能")
    assert page.html.count('name="pick"') == 3
    page = visitor.get("/search?q=瞪羚")
    assert 'name="pick"' not in page.html


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        (f"up={THREE}", [ONE, THREE, TWO]),
        (f"up={ONE}", [ONE, TWO, THREE]),
        (f"down={ONE}", [TWO, ONE, THREE]),
        (f"down={THREE}", [ONE, TWO, THREE]),
        (f"remove={TWO}", [ONE, THREE]),
        ("up=unheard-of", [ONE, TWO, THREE]),
        ("field=smart-economy", [ONE, TWO, THREE]),
    ],
)
def test_buttons_lead_to_the_address_that_holds_the_order(
    visitor: Browser, release: Release, pressed: str, order: list[str]
) -> None:
    answer = visitor.ask(f"{address(ONE, TWO, THREE)}&back=/search&{pressed}")
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.location).query)
    assert query == {"pick": order, "back": ["/search"]}
    page = visitor.get(answer.location)
    assert order_in(page.main) == order


def test_numbers_are_added_as_they_are_typed(visitor: Browser, release: Release) -> None:
    page = visitor.get(f"/lists/basket?pick={ONE}&pick=ms-jh-2026-01-003，{TWO}")
    assert order_in(page.main) == [ONE, THREE, TWO]
    answer = visitor.ask(f"/lists/basket?pick={ONE}&pick=")
    assert answer.location == f"/lists/basket?pick={ONE}", "nothing was typed"


def test_what_is_unknown_doubled_or_withdrawn_is_named(visitor: Browser, release: Release) -> None:
    gone, curator = release.entries[1], make_curator()
    erratum = errata.propose_withdrawal(curator, release, gone, "项目取消")
    issue(make_curator("second"), erratum, erratum.version)
    page = visitor.get(address(ONE, TWO, "MS-JH-2026-01-999", "<b>", ONE))
    assert "没有以此编号发布的条目：MS-JH-2026-01-999、<B>。" in page.main
    assert f"发布后已撤回：{TWO}。" in page.main
    assert f"重复选取，只列一次：{ONE}。" in page.main
    text = visitor.ask(address(TWO, ONE, form="txt")).get_data(as_text=True)
    assert f"发布后已撤回：{TWO}。" in text
    assert "项目取消" not in text


def test_a_withdrawn_release_is_named_as_such(visitor: Browser, release: Release) -> None:
    erratum = errata.propose_withdrawal(make_curator(), release, None, "清单有误")
    issue(make_curator("second"), erratum, erratum.version)
    page = visitor.get(address(ONE))
    assert f"发布后已撤回：{ONE}。" in page.main
    assert "还没有选取条目" in page.main


def test_a_selection_has_a_most(visitor: Browser, release: Release) -> None:
    many = [f"MS-JH-2026-01-{number:03d}" for number in range(1, MOST + 3)]
    page = visitor.get(address(*many))
    assert "选编最多60项，最后2项未列入。" in page.main
    assert "等，另有52个" in page.main
    assert picks_of(many[:MOST]).over == 0
    assert picks_of(many[: MOST + 1]).over == 1
    assert visitor.get(address(*["x" * 300] * 20)).main


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_selection_leads_to_the_page_that_says_so(visitor: Browser, form: str) -> None:
    assert visitor.ask(address("unknown", form=form)).location == "/lists/basket?pick=UNKNOWN"
    assert "还没有选取条目" in visitor.get("/lists/basket").main


def test_the_text_is_ready_for_a_newsletter(visitor: Browser, release: Release) -> None:
    answer = visitor.ask(address(TWO, ONE, form="txt"))
    assert answer.mimetype == "text/plain"
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    lines = text.split("\r\n")
    assert lines[0] == "条目选编"
    assert lines[3] == "1. 公交场站储能应用场景之2"
    assert f"编号：{TWO}、机会清单" in lines
    assert "联系方式：高新技术科 028-0000 0003" in lines
    assert f"/entries/{TWO}" in text
    assert order_in(text) == [TWO, ONE]


def test_the_text_is_in_the_language_of_who_asks(visitor: Browser, release: Release) -> None:
    visitor.client.set_cookie("language", "en")
    text = visitor.ask(address(ONE, form="txt")).get_data(as_text=True)
    assert "Picked entries" in text
    assert "State: Open, Closes 2026-12-31" in text
    assert visitor.get(address(ONE)).main


def test_the_workbook_has_the_columns_of_the_lists(visitor: Browser, release: Release) -> None:
    data = visitor.ask(address(THREE, ONE, form="xlsx")).get_data()
    book = load_workbook(io.BytesIO(data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["编号", THREE, ONE]
    said = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert said["次序"] == "按选取的顺序"
    assert said["地址"].endswith(address(THREE, ONE))


def test_the_pdf_is_set_once_for_the_same_words(
    visitor: Browser, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = visitor.ask(address(TWO, ONE, form="pdf"))
    assert first.mimetype == "application/pdf"
    assert set("条目选编机会清单状态正在征集") <= characters_in(first.get_data())
    monkeypatch.setattr(OnDemand, "turn", lambda self: pytest.fail("it is kept"))
    again = visitor.ask(address(TWO, ONE, form="pdf"))
    assert again.get_data() == first.get_data()


def test_who_comes_third_is_told_to_wait(
    visitor: Browser, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(self: OnDemand) -> None:
        raise TooBusy

    monkeypatch.setattr(OnDemand, "turn", taken)
    page = visitor.get(address(ONE, form="pdf"), status=503)
    assert "正在为他人生成PDF，请稍候一分钟。" in page.html
    assert visitor.response.headers["Retry-After"] == "60"


def test_nothing_is_told_of_what_is_not_published(visitor: Browser) -> None:
    make_published_release(year=2025)
    hidden = make_signed_release()
    number = str(hidden.entries[0].number)
    page = visitor.get(address(number))
    assert f"没有以此编号发布的条目：{number}。" in page.main
    assert hidden.entries[0].title not in page.html
    old = "MS-JH-2025-01-001"
    for form in FORMS[1:]:
        data = visitor.ask(address(old, number, form=form)).get_data()
        if form == "xlsx":
            rows = load_workbook(io.BytesIO(data)).worksheets[0]
            assert [row[0] for row in rows.iter_rows(values_only=True)] == ["编号", old]
        else:
            assert data.decode().count(number) == 1, "named as unknown"


def test_a_publisher_without_name_stays_without(app: Flask, visitor: Browser) -> None:
    owner = make_person()
    firm = make_active(owner, make_officer("review_enterprises", mail="r@portal.example"))
    release = make_call()
    make_accepted(
        release,
        actor=owner,
        enterprise=firm,
        subtype="challenge",
        anonymous=True,
        office="市场部",
        landline="028-9999 0001",
    )
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    number = str(db.session.get_one(Entry, release.entries[0].id).number)
    pages = [visitor.ask(address(number, form=form)).get_data() for form in ("txt", "xlsx")]
    book = load_workbook(io.BytesIO(pages[1])).worksheets[0]
    rows = [[str(cell) for cell in row] for row in book.iter_rows(values_only=True)]
    told = [pages[0].decode(), repr(rows), visitor.get(address(number)).html]
    for text in told:
        assert "匿名发布" in text
        assert not [x for x in (firm.name, firm.uscc, "市场部", "028-9999 0001") if x in text]


def test_moving_stays_inside() -> None:
    assert moved([ONE, TWO], TWO, 1) == [ONE, TWO]
    assert moved([], TWO, 1) == []
