"""Every page of the public as somebody reads it who is not signed in: without a cookie, kept, told
apart by its tag, and drawn anew after every change and every midnight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask, template_rendered
from werkzeug.test import TestResponse

from portal.database import action, mark_public_change
from portal.directory import (
    keeping,
)
from portal.directory.views import policies as policy_views
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.notices.queries import policies
from portal.plan.models import Plan
from portal.plan.queries import TargetProgress, all_targets, current_plan
from tests.browser_client import Browser
from tests.factories import make_active, make_person
from tests.statements import counted_statements
from tests.test_access import arguments, people, rows  # noqa: F401 - fixtures

STREAMED = {"published_list_file", "edition_file", "registry_file", "title_csv", "sitemap"}
FILES = {"list_call_file", "entry_file", "issued_document", "catalogue"}
OF_ONE_READER = {"pick", "back"}  # in the query of a selection somebody makes
READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)|,\s*"?(\w+)\s*(?=,|WHERE|\n)')
LINK = re.compile(r'href="(/[^"#]*\?[^"#]*)"')


@dataclass
class Visit:
    """Two requests for a page, one after the other, and the statements each took."""

    name: str
    path: str
    first: TestResponse
    second: TestResponse
    drawn: list[str]
    again: list[str]


def visits(app: Flask, visitor: Browser, rows: dict[str, Any]) -> Iterator[Visit]:  # noqa: F811
    """Yield a visit of every page of the public."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(("directory.", "api.")) and "GET" in (rule.methods or ()):
            path = adapter.build(rule.endpoint, arguments(rule, rows))
            with counted_statements() as drawn:
                first = visitor.ask(path)
            with counted_statements() as again:
                second = visitor.ask(path)
            yield Visit(rule.endpoint.partition(".")[2], path, first, second, drawn, again)


def test_every_public_page_without_a_cookie(
    app: Flask,
    visitor: Browser,
    rows: dict[str, Any],  # noqa: F811
) -> None:
    made = list(visits(app, visitor, rows))
    kept = [v for v in made if v.second.status_code == 200 and v.name not in STREAMED | FILES]
    assert len(kept) >= 25, "most pages are kept"
    assert not [v.path for v in made if "Set-Cookie" in v.second.headers]
    assert not [v.path for v in made if "Cookie" not in v.second.headers.get("Vary", "")]
    assert not [v.path for v in kept if v.again or v.first.headers["ETag"] not in told(v.second)]
    assert {v.second.headers["Cache-Control"] for v in kept} == {"no-cache"}
    unread = {(v.path, table) for v in made for table in tables_in(v.drawn)}
    assert not {(path, table) for path, table in unread if table in keeping.UNREAD}
    named = {name for v in made for name in names_in_links(v.second)}
    assert sorted(named - keeping.PARAMETERS - OF_ONE_READER) == []
    assert not [v.path for v in kept if v.drawn and not read_after_a_change(visitor, v.path)]


def read_after_a_change(visitor: Browser, path: str) -> list[str]:
    """Ask for a page as the first one after a change, since pages share what they read of a state
    of the content; return the statements it took."""
    action(mark_public_change)()
    return statements_of(visitor, path)


def told(answer: TestResponse) -> str:
    """Return the tag of an answer."""
    return answer.headers.get("ETag", "")


def names_in_links(answer: TestResponse) -> Iterator[str]:
    """Yield the names in the queries of a page's links to pages of the public."""
    for link in LINK.findall(answer.get_data().decode("utf-8", "replace")):
        if not link.startswith(("/account", "/my", "/bureau", "/alerts")):
            query = urlsplit(link.replace("&amp;", "&")).query
            yield from (name for name, _value in parse_qsl(query))


def tables_in(statements: list[str]) -> Iterator[str]:
    """Yield the names of the tables statements read, and other words."""
    for statement in statements:
        for found in READ.finditer(statement):
            yield found[1] or found[2]


def statements_of(visitor: Browser, path: str) -> list[str]:
    """Ask for a page; return the statements it took."""
    with counted_statements() as sent:
        visitor.ask(path)
    return sent


def test_what_is_said_to_be_unread_are_tables() -> None:
    assert set(db.metadata.tables) >= keeping.UNREAD


def test_a_change_is_seen_at_once(visitor: Browser) -> None:
    owner = make_person()
    officer = make_person("officer@portal.example")
    enterprise = make_active(owner, officer, name="示例岷江储能科技有限公司")
    before = visitor.ask("/enterprises")
    assert "示例岷江储能科技有限公司" in before.text

    @action
    def rename() -> None:
        db.session.get_one(Enterprise, enterprise.id).name = "示例岷江锂电科技有限公司"

    rename()
    after = visitor.ask("/enterprises")
    assert "示例岷江锂电科技有限公司" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    held = {"If-None-Match": after.headers["ETag"]}
    assert visitor.ask("/enterprises", headers=held).status_code == 304
    held = {"If-None-Match": before.headers["ETag"]}
    assert visitor.ask("/enterprises", headers=held).status_code == 200


def test_a_change_elsewhere_draws_no_list_anew(app: Flask, visitor: Browser) -> None:
    enterprise = make_active(make_person(), make_person("officer@portal.example"))
    pages = ["/enterprises", f"/enterprises/{enterprise.uscc}", "/lists/opportunity"]

    def drawn() -> list[str]:
        """Ask for the pages after a change, and return the templates that were drawn."""
        action(mark_public_change)()
        names: list[str] = []

        def note(_app: Flask, template: Any, **_context: Any) -> None:
            names.append(template.name)

        with template_rendered.connected_to(note, app):
            assert all(statements_of(visitor, page) for page in pages)
        return names

    drawn()
    assert drawn() == []

    @action
    def rename() -> None:
        db.session.get_one(Enterprise, enterprise.id).name = "示例只在此处取名的公司"

    rename()
    assert drawn() == ["directory/registry.html", "directory/enterprise.html"]


def test_a_page_drawn_while_something_changed_is_drawn_again(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    @action
    def rename(name: str) -> None:
        plan = current_plan()
        assert plan is not None
        plan.title_zh = name

    def read_late(plan: Plan) -> list[TargetProgress]:
        rename("示例：画页时改名的方案")
        return all_targets(plan)

    rename("示例：画页前的方案")
    with monkeypatch.context() as patched:
        patched.setattr(policy_views, "all_targets", read_late)
        assert "示例：画页时改名的方案" in visitor.ask("/plan/targets").text
    rename("示例：画页前的方案")
    assert "示例：画页前的方案" in visitor.ask("/plan/targets").text


def test_midnight_ends_what_is_kept_although_nobody_wrote(
    visitor: Browser, wait: Callable[..., None]
) -> None:
    path = f"/policies/{policies()[0].slug}"
    assert statements_of(visitor, path)
    wait(hours=13, minutes=59)
    assert not statements_of(visitor, path), "it is 23:59 still"
    wait(minutes=1)
    assert statements_of(visitor, path)


def test_what_many_pages_are_made_of_is_read_once_for_a_state(
    visitor: Browser, someone: Callable[..., Browser]
) -> None:
    def words_read(browser: Browser, number: int) -> int:
        sent = statements_of(browser, f"/enterprises?unknown={number}")
        return sum("FROM term" in statement for statement in sent)

    assert (words_read(visitor, 1), words_read(visitor, 2)) == (1, 0)
    action(mark_public_change)()
    assert (words_read(visitor, 3), words_read(visitor, 4)) == (1, 0)
    member = someone(make_person("member@example.com"))
    assert words_read(member, 5) == 1, "only visitors are answered for a state"


def test_each_choice_of_display_has_pages_of_its_own(visitor: Browser) -> None:
    chinese = visitor.ask("/about").text
    visitor.client.set_cookie("language", "en")
    assert visitor.ask("/about").text != chinese
    visitor.client.set_cookie("display", "elder")
    assert 'data-display="elder"' in visitor.ask("/about").text
    visitor.client.set_cookie("language", "xx")
    visitor.client.set_cookie("display", "x")
    assert visitor.ask("/about").text == chinese


def test_who_is_signed_in_is_never_answered_with_a_kept_page(
    visitor: Browser, someone: Callable[..., Browser]
) -> None:
    visitor.ask("/about")
    member = someone(make_person("member@example.com"))
    answer = member.ask("/about")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "/account/sign-out" in answer.text
    assert "/account/sign-out" not in visitor.ask("/about").text


def test_another_host_is_refused_also_for_a_kept_page(visitor: Browser) -> None:
    assert visitor.ask("/about").status_code == 200
    assert visitor.ask("/about", headers={"Host": "elsewhere.example"}).status_code == 400


def test_searches_follow_the_index_and_are_not_kept(visitor: Browser) -> None:
    assert "ETag" not in visitor.ask("/enterprises?q=储能").headers


def test_a_versioned_stylesheet_is_kept_for_a_year_and_compressed(visitor: Browser) -> None:
    path = re.findall(r"/static/css/site\.css\?v=\w+", visitor.ask("/about").text)[0]
    answer = visitor.ask(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    stale = visitor.ask("/static/css/site.css?v=000000000000")
    assert stale.headers["Cache-Control"] == "no-cache"
