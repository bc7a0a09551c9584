"""Display choices: one cookie each, only from this site's own pages, back to where one was."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.redirects import safe_next

OWN = {"Sec-Fetch-Site": "same-origin"}


def cookies(response: object) -> list[str]:
    return response.headers.getlist("Set-Cookie")  # type: ignore[attr-defined,no-any-return]


def test_choosing_english_sets_one_cookie_and_returns(client: FlaskClient) -> None:
    response = client.post(
        "/preferences/language", data={"value": "en", "next": "/kit?a=1"}, headers=OWN
    )
    assert response.status_code == 303
    assert response.headers["Location"] == "/kit?a=1"
    assert [cookie.split("=")[0] for cookie in cookies(response)] == ["language"]
    assert 'lang="en"' in client.get("/kit").text


def test_large_text_brings_the_help_line_and_folds_the_filters(client: FlaskClient) -> None:
    assert "help-line" not in client.get("/kit").text
    client.post("/preferences/display", data={"value": "elder"}, headers=OWN)
    page = client.get("/kit").text
    assert 'data-display="elder"' in page
    assert "help-line" in page
    assert '<details class="facet-fold">' in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_other_sites_cannot_choose(client: FlaskClient, headers: dict[str, str]) -> None:
    response = client.post("/preferences/contrast", data={"value": "high"}, headers=headers)
    assert response.status_code == 403
    assert cookies(response) == []


def test_older_browsers_are_known_by_their_origin(client: FlaskClient) -> None:
    response = client.post(
        "/preferences/contrast", data={"value": "high"}, headers={"Origin": "http://localhost"}
    )
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [("display", "huge", 400), ("display", "", 400), ("colour", "red", 404)],
)
def test_unknown_choices_are_refused(
    client: FlaskClient, path: str, value: str, status: int
) -> None:
    response = client.post(f"/preferences/{path}", data={"value": value}, headers=OWN)
    assert response.status_code == status


def test_the_browser_language_is_not_guessed(client: FlaskClient) -> None:
    assert 'lang="zh-CN"' in client.get("/kit", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("target", ["/", "/lists/2025/opportunity?field=a&q=储能", "/a#b"])
def test_local_addresses_are_followed(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [None, "", "//evil.example", "https://evil.example", "/\\evil.example", "\\/evil.example",
     "/\t/evil.example", "/\n/evil", "javascript:alert(1)", " /x", "evil", "/a\x00b", "/" * 2,
     "/" + "a" * 3000, "///evil", "/\u2028x"],
)  # fmt: skip
def test_addresses_of_elsewhere_are_not(target: str | None) -> None:
    assert safe_next(target, "/home") == "/home"


def test_values_in_texts_are_escaped_in_pages_only(app: Flask) -> None:
    page = app.jinja_env.from_string("{{ _('%(name)s and 100%%', name='<b>') }}{{ _('Home') }}")
    note = app.jinja_env.overlay(autoescape=False).from_string("{{ _('%(name)s', name='<b>') }}")
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        assert page.render() == "&lt;b&gt; and 100%Home"
        assert note.render() == "<b>"
    with app.test_request_context("/"):
        assert page.render().endswith("首页")


def test_texts_that_count_name_their_number(app: Flask) -> None:
    text = "{{ ngettext('%(num)d of %(name)s', '%(num)d of each %(name)s', n, name='<b>') }}"
    page = app.jinja_env.from_string(text)
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        assert page.render(n=1) == "1 of &lt;b&gt;"
        assert page.render(n=2) == "2 of each &lt;b&gt;"
