"""What is offered while somebody types."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal import clock
from portal.enterprises.models import EnterpriseName
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.lists.factories import make_published_release, make_signed_release

Reindex = Callable[[], None]
pytestmark = pytest.mark.usefixtures("every_engine")


def offered(visitor: Browser, text: str) -> dict[str, tuple[str, str]]:
    """Return what is offered for a text: its words with the note and the address."""
    answer = visitor.client.get("/search/suggest", query_string={"q": text})
    assert answer.status_code == 200
    return {one["text"]: (one["note"], one["url"]) for one in answer.get_json()["suggestions"]}


@pytest.mark.parametrize("text", ["岷", "岷江储", "储能", "minjiang", "mjcn", "minj"])
def test_names_are_offered_as_far_as_they_are_typed(
    visitor: Browser, reindex: Reindex, text: str
) -> None:
    enterprise = make_enterprise(1)
    reindex()
    note, address = offered(visitor, text)["四川岷江储能科技有限公司"]
    assert (note, address) == ("企业", f"/enterprises/{enterprise.uscc}")


def test_a_previous_name_is_offered_with_the_present_one(
    visitor: Browser, reindex: Reindex
) -> None:
    enterprise = make_enterprise(1)
    past = EnterpriseName(enterprise_id=enterprise.id, name="眉山竹溪电池厂（示例）")
    past.recorded_at = clock.now()
    db.session.add(past)
    db.session.commit()
    reindex()
    note, _address = offered(visitor, "竹溪电")["四川岷江储能科技有限公司"]
    assert note == "曾用名眉山竹溪电池厂（示例）"


def test_titles_of_entries_and_words_of_the_vocabularies_are_offered(
    visitor: Browser, reindex: Reindex
) -> None:
    make_published_release()
    reindex()
    assert offered(visitor, "公交场站")["公交场站储能应用场景之1"] == (
        "机会清单",
        "/entries/MS-JH-2026-01-001",
    )
    notes = {note for text, (note, _url) in offered(visitor, "小巨").items() if "小巨人" in text}
    assert notes == {"检索此词"}
    assert "专精特新" in offered(visitor, "專精特")


def test_what_is_not_public_is_not_offered(visitor: Browser, reindex: Reindex) -> None:
    make_signed_release()
    reindex()
    assert offered(visitor, "公交场站") == {}


@pytest.mark.parametrize("text", ["", " ", "。", "%", "储" * 5000, "\"'<", "-", "名称:"])
def test_whatever_is_typed_has_an_answer(visitor: Browser, reindex: Reindex, text: str) -> None:
    reindex()
    offered(visitor, text)


def test_without_an_index_nothing_breaks(visitor: Browser) -> None:
    make_enterprise(1)
    assert "四川岷江储能科技有限公司" not in offered(visitor, "岷江")
