"""Contacts are in no public page, file, feed or index, nor in the trail, the outbox or a log."""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.enterprises.actions.contacts import ask_contact
from portal.enterprises.actions.invitations import invite
from portal.enterprises.terms.record import Role
from portal.extensions import db
from portal.outbox.models import OutboxMessage
from portal.partners.actions import register_partner
from portal.search.engine import Engine
from portal.search.postgres_engine.tables import SCHEMA
from portal.search.whoosh_engine.index import Index as Folder
from tests.browser_client import Browser
from tests.directory.texts import text_of
from tests.factories import make_active, make_claim, make_officer, make_person, make_uscc
from tests.lists.factories import make_published_release
from tests.partners.test_partners import FACTS

MARKS = {
    "mail": "zq-marker-mail@example.com",
    "name": "卍示例显示名卍",
    "contact_name": "卍示例联系人卍",
    "contact_phone": "13000009137",
    "statement": "卍示例申请说明卍",
    "named": "卍示例未确认者卍",
    "post": "卍示例职务卍",
    "asked": "zq-marker-asked@example.com",
    "invited": "zq-marker-invited@example.com",
}
HIDDEN = [*MARKS.values(), "zq-marker", "卍"]
STARTS = (
    "/",
    "/site-map",
    "/sitemap.xml",
    "/enterprises.csv",
    "/search?q=储能",
    f"/search?q={MARKS['contact_name']}",
    f"/search?q={MARKS['contact_phone']}",
    "/readyz",
)
CLOSED = ("/my", "/bureau", "/account", "/static", "/preferences")


@pytest.fixture
def city(app: Flask, caplog: pytest.LogCaptureFixture) -> Person:
    """A city with an enterprise, a request, a partner and a published list, full of marks."""
    caplog.set_level(logging.DEBUG)
    owner = make_person(MARKS["mail"], MARKS["name"])
    contacts = {name: MARKS[name] for name in ("contact_name", "contact_phone")}
    reviewer = make_officer(Right.REVIEW_ENTERPRISES)
    make_active(owner, reviewer, **contacts)
    other = make_person("other@example.com")
    theirs = make_active(other, reviewer, uscc=make_uscc(2), name="示例他人公司")
    make_claim(owner, theirs, MARKS["statement"])
    named = (MARKS["named"], MARKS["post"], MARKS["asked"])
    ask_contact(other, theirs, *named, "示例事项")
    invite(other, theirs, MARKS["invited"], Role.EDITOR)
    register_partner(owner, FACTS)
    make_published_release()
    return owner


def marks_in(text: str) -> list[str]:
    return [mark for mark in HIDDEN if mark in text]


def links_of(text: str) -> list[str]:
    """Return the addresses a page or a sitemap leads to, on this site."""
    found = [part.split('"')[0] for part in text.split('href="')[1:]]
    found += [part.split("<")[0] for part in text.split("<loc>")[1:]]
    paths = [address.removeprefix("http://localhost").replace("&amp;", "&") for address in found]
    return [
        path.partition("#")[0]
        for path in paths
        if path.startswith("/") and not path.startswith(("//", *CLOSED))
    ]


def walk(visitor: Browser, most: int = 250) -> dict[str, str]:
    """Return every public page within reach, each kind of filter address once."""
    waiting, seen, pages = deque(STARTS), set(STARTS), {}
    while waiting and len(pages) < most:
        path = waiting.popleft()
        pages[path] = text_of(visitor.ask(path, follow_redirects=True).get_data())
        for link in links_of(pages[path]):
            if "?" not in link and link not in seen:
                seen.add(link)
                waiting.append(link)
    return pages


def test_no_public_address_shows_a_contact(
    city: Person, visitor: Browser, reindex: Callable[[], None]
) -> None:
    reindex()
    pages = walk(visitor)
    kinds = {path.split("/")[1].partition("?")[0] for path in pages}
    assert kinds >= {"enterprises", "lists", "titles", "policies", "search", "sitemap.xml"}
    shown = {
        path: marks_in(text)
        for path, text in pages.items()
        if marks_in(text) and not any(mark in path for mark in HIDDEN)
    }
    assert shown == {}


def test_searching_for_a_contact_finds_nothing(
    city: Person, visitor: Browser, reindex: Callable[[], None]
) -> None:
    reindex()
    for mark in (MARKS["contact_name"], MARKS["contact_phone"], MARKS["mail"]):
        page = visitor.get(f"/search?q={mark}")
        assert "岷江储能" not in page.text


def kept_in(index: Engine) -> Iterator[tuple[str, bytes]]:
    """Yield all that an index keeps, file by file or table by table, as bytes."""
    if isinstance(index, Folder):
        for path in index.folder.rglob("*"):
            if path.is_file():
                yield path.name, path.read_bytes()
        return
    for name in inspect(db.engine).get_table_names(schema=SCHEMA):
        rows = db.session.execute(text(f"SELECT t::text FROM {SCHEMA}.{name} t")).all()
        yield name, repr(rows).encode()


def test_neither_index_trail_outbox_nor_log_holds_a_contact(
    app: Flask,
    city: Person,
    someone: Callable[[Person], Browser],
    reindex: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    owed = db.session.scalars(select(OutboxMessage)).all()
    assert marks_in(json.dumps([row.payload for row in owed], ensure_ascii=False)) == []
    someone(city).get("/my/")
    reindex()
    index = list(kept_in(app.extensions["search"].index))
    assert index
    for name, held in index:
        assert not [mark for mark in HIDDEN if mark.encode() in held], name
    trail = db.session.scalars(select(AuditEvent)).all()
    lines = json.dumps([[e.changes, e.note, e.office] for e in trail], ensure_ascii=False)
    assert "hmac-sha256:" in lines, "the contact stands there as a keyed digest"
    assert marks_in(lines) == []
    assert marks_in(caplog.text) == []
