"""The lists and the search as JSON: what the pages show, to everybody, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from portal.accounts.terms import Right
from portal.api.views import DESCRIPTION
from portal.database import action, mark_public_change
from portal.extensions import db, limiter
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.factories import make_active, make_officer, make_person, make_uscc
from tests.lists.factories import make_published_release, make_signed_release
from tests.lists.test_without_name import hidden_entry, put_out
from tests.statements import counted_statements

Reindex = Callable[[], None]
KINDS = "<any(opportunity, supply, case):kind>"
DESCRIBED = json.loads(DESCRIPTION.read_text("utf-8"))
REGISTRY, OPPORTUNITIES = "/api/v1/enterprises", "/api/v1/lists/opportunity"


def told(visitor: Browser, path: str, status: int = 200) -> dict[str, Any]:
    """Return what an address answers, checked against the description."""
    answer = visitor.ask(path)
    assert answer.status_code == status, (path, answer.get_data(as_text=True)[:500])
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    content: dict[str, Any] = json.loads(answer.get_data())
    schema = {**DESCRIBED, "$ref": f"#/components/schemas/{schema_of(path, status)}"}
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [fault.message for fault in checker.iter_errors(content)] == []
    return content


def schema_of(path: str, status: int) -> str:
    """Return the name of what an address answers in the description."""
    if status != 200:
        return "Refusal"
    name = path.removeprefix("/api/v1/").partition("?")[0].partition("/")[0]
    return {"enterprises": "Enterprises", "lists": "Entries", "search": "Found"}[name]


def every(visitor: Browser, path: str) -> Iterator[dict[str, Any]]:
    """Yield the items of a list to its end, as a program reads it."""
    following: str | None = path
    while following:
        content = told(visitor, following.removeprefix("http://localhost"))
        yield from content["items"]
        following = content["next"]


@pytest.fixture
def firms(app: Flask) -> list[str]:
    """The credit codes of 23 enterprises of the registry, some of one name."""
    return [
        make_enterprise(number, name=f"四川储能{number % 7}号公司").uscc for number in range(23)
    ]


def test_the_registry_is_read_to_its_end_in_the_order_of_the_page(
    visitor: Browser, firms: list[str]
) -> None:
    first = told(visitor, REGISTRY)
    assert (first["total"], len(first["items"])) == (23, 20)
    assert first["page_address"] == "http://localhost/enterprises"
    codes = [one["uscc"] for one in every(visitor, REGISTRY)]
    assert sorted(codes) == sorted(firms)
    shown = visitor.get("/enterprises").links()
    listed = [link.rpartition("/")[2] for link in shown if link.startswith("/enterprises/9")]
    assert codes[:20] == list(dict.fromkeys(listed))


@pytest.mark.parametrize("sort", ["name", "admitted"])
def test_no_row_is_left_out_or_read_twice_in_any_order(
    visitor: Browser, firms: list[str], sort: str
) -> None:
    codes = [one["uscc"] for one in every(visitor, f"{REGISTRY}?sort={sort}")]
    assert sorted(codes) == sorted(firms)


def test_a_row_that_goes_meanwhile_moves_no_other(visitor: Browser, firms: list[str]) -> None:
    first = told(visitor, REGISTRY)
    last = first["items"][-1]["uscc"]
    db.session.execute(db.text("update enterprise set state='removed' where uscc=:u"), {"u": last})
    db.session.commit()
    rest = [one["uscc"] for one in every(visitor, first["next"].removeprefix("http://localhost"))]
    assert len(rest) == 3


def test_a_list_of_several_releases_goes_on_in_its_order(visitor: Browser) -> None:
    make_published_release(entries=13, year=2025)
    make_published_release(entries=13)
    numbers = [one["number"] for one in every(visitor, OPPORTUNITIES)]
    assert numbers == [
        f"MS-JH-{year}-01-{place:03d}" for year in (2026, 2025) for place in range(1, 14)
    ]


def test_filters_and_facets_are_those_of_the_page(visitor: Browser, firms: list[str]) -> None:
    content = told(visitor, f"{REGISTRY}?district=dongpo&facets=1")
    (district,) = [facet for facet in content["facets"] if facet["name"] == "district"]
    counts = {one["slug"]: one["count"] for one in district["values"]}
    assert counts["dongpo"] == content["total"] == 23
    assert counts["renshou"] == 0
    assert content["page_address"] == "http://localhost/enterprises?district=dongpo"
    assert told(visitor, f"{REGISTRY}?district=renshou")["items"] == []
    assert "facets" not in told(visitor, REGISTRY)


def test_a_text_is_found_page_by_page_as_on_the_page(
    visitor: Browser, firms: list[str], reindex: Reindex
) -> None:
    make_published_release()
    reindex()
    content = told(visitor, f"{REGISTRY}?q=储能3号")
    assert content["total"] == 3
    assert {one["name"] for one in content["items"]} == {"四川储能3号公司"}
    assert len(list(every(visitor, f"{REGISTRY}?q=储能"))) == 23
    everything = told(visitor, "/api/v1/search?q=储能&facets=1")
    kinds = everything["kinds"]
    assert (kinds["opportunity"], kinds["supply"], kinds["enterprise"]) == (1, 0, 23)
    assert everything["total"] == sum(kinds.values())
    (entry,) = told(visitor, "/api/v1/search?q=储能&kind=opportunity")["items"]
    assert (entry["kind"], entry["number"], entry["stage"]) == (
        "entry", "MS-JH-2026-01-001", "strict"
    )  # fmt: skip


def test_a_near_match_says_so_and_is_in_no_count(
    visitor: Browser, firms: list[str], reindex: Reindex
) -> None:
    reindex()
    content = told(visitor, "/api/v1/search?q=四川楚能3号公司")
    assert content["total"] == 0
    assert {one["stage"] for one in content["near"]} == {"relaxed"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page=-1", "page=-1"),
        ("q=储能&page=0", "page=0"),
        ("q=储能&page=1000000000", "50"),
        ("q=储能&page=51", "50"),
        ("page=2", "next"),
        ("colour=red", "colour=red"),
        ("district=nowhere", "district=nowhere"),
        ("sort=colour", "sort=colour"),
        ("sort=closing", "sort=closing"),
        ("facets=yes", "facets=yes"),
        ("after=nonsense", "after"),
        ("after=W10", "after"),
        ("after=WyJhIiwiYiJd", "after"),
        ("after=" + "W" * 5000, "after"),
        ("q=储能&after=W10", "after"),
        ("q=" + "长" * 10_000, "过长"),
        ("&".join(f"district=d{n}" for n in range(3000)), "district=d0"),
    ],
)
def test_what_means_nothing_is_answered_400_with_the_reason(
    visitor: Browser, reindex: Reindex, query: str, said: str
) -> None:
    reindex()
    for path in (REGISTRY, OPPORTUNITIES):
        assert said in told(visitor, f"{path}?{query}", 400)["reason"]


def test_every_address_is_described_and_the_description_is_served(
    app: Flask, visitor: Browser
) -> None:
    assert json.loads(visitor.ask("/api/v1/openapi.json").get_data()) == DESCRIBED
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    described = {path.replace("{kind}", KINDS) for path in DESCRIBED["paths"]}
    assert rules == described | {"/api/v1/openapi.json", "/api/v1/<path:name>"}


def test_an_unknown_address_is_answered_404_with_the_reason(visitor: Browser) -> None:
    for path in ("/api/v1/weather", "/api/v1/lists/weather", "/api/v1/enterprises/x/y"):
        answer = told(visitor, path, 404)
        assert answer["status"] == 404
        assert answer["reason"]


def test_a_file_for_programs_says_in_json_what_it_does_not_understand(visitor: Browser) -> None:
    answer = visitor.ask("/lists/supply.json?district=nowhere")
    assert answer.status_code == 400
    assert "district=nowhere" in json.loads(answer.get_data())["reason"]
    assert visitor.ask("/lists/supply.csv?district=nowhere").mimetype == "text/html"


@pytest.mark.parametrize("path", [REGISTRY, OPPORTUNITIES, "/api/v1/search"])
def test_every_filter_of_a_list_is_described(visitor: Browser, reindex: Reindex, path: str) -> None:
    reindex()
    content = told(visitor, f"{path}?q=储能&facets=1")
    described = DESCRIBED["paths"][path.replace("opportunity", "{kind}")]["get"]["parameters"]
    names = {one["name"] if "name" in one else one["$ref"].rpartition("/")[2] for one in described}
    assert {facet["name"] for facet in content["facets"]} <= names


def test_a_search_without_a_text_or_with_an_unknown_kind_is_refused(visitor: Browser) -> None:
    for query in ("", "?q=%20", "?q=储能&kind=weather", "?q=储能&colour=red"):
        assert told(visitor, f"/api/v1/search{query}", 400)["reason"]


def test_thousands_of_values_of_one_facet_are_one_choice_each(
    visitor: Browser, firms: list[str]
) -> None:
    query = "&".join(["district=dongpo"] * 3000)
    assert told(visitor, f"{REGISTRY}?{query}")["total"] == 23


def test_without_an_index_a_text_is_answered_503_and_lists_go_on(
    visitor: Browser, firms: list[str]
) -> None:
    answer = told(visitor, f"{REGISTRY}?q=储能", 503)
    assert answer["status"] == 503
    assert visitor.response.headers["Retry-After"] == "60"
    assert told(visitor, REGISTRY)["total"] == 23


def test_an_answer_is_kept_until_something_changes(visitor: Browser, firms: list[str]) -> None:
    told(visitor, REGISTRY)
    tag = visitor.response.headers["ETag"]
    held = visitor.ask(REGISTRY, headers={"If-None-Match": tag})
    assert held.status_code == 304
    assert held.headers["ETag"] == tag
    make_enterprise(99, name="四川新来公司")
    assert told(visitor, REGISTRY)["total"] == 24


def test_scripts_of_other_sites_may_ask_but_not_write(visitor: Browser) -> None:
    asked = visitor.ask(REGISTRY, "OPTIONS", headers={"Origin": "https://example.com"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert visitor.ask(REGISTRY, "POST").status_code in (400, 405)


def test_texts_count_as_searches_and_lists_do_not(
    app: Flask, visitor: Browser, reindex: Reindex
) -> None:
    reindex()
    limiter.enabled = True
    try:
        limiter.reset()
        for _time in range(60):
            visitor.ask(f"{REGISTRY}?q=储能")
        assert told(visitor, f"{REGISTRY}?q=储能", 429)["status"] == 429
        assert visitor.response.headers["Retry-After"] == "60"
        assert told(visitor, REGISTRY)["items"] == []
    finally:
        limiter.reset()
        limiter.enabled = False


def test_a_list_costs_the_same_statements_for_one_row_as_for_twenty(
    app: Flask, firms: list[str]
) -> None:
    visitor = Browser(app)
    visitor.ask(REGISTRY)
    with counted_statements() as many:
        visitor.ask(f"{REGISTRY}?sort=admitted")
    with counted_statements() as none:
        visitor.ask(f"{REGISTRY}?sort=admitted&district=renshou")
    assert len(many) == len(none) <= 3


def test_nothing_that_is_not_public_is_answered(
    visitor: Browser, app: Flask, reindex: Reindex
) -> None:
    owner = make_person()
    reviewer = make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example")
    firm = make_active(owner, reviewer, uscc=make_uscc(1), name="四川藏名公司")
    entry = hidden_entry(owner, firm)
    put_out(entry.release)
    make_signed_release(year=2025)
    reindex()
    for path in (
        OPPORTUNITIES,
        f"{OPPORTUNITIES}?q=大修渣",
        "/api/v1/search?q=大修渣&kind=opportunity",
    ):
        (only,) = told(visitor, path)["items"]
        assert only["publisher"]["name_zh"] == "匿名发布"
        text = visitor.response.get_data(as_text=True)
        assert "藏名" not in text
        assert make_uscc(1) not in text
        assert "13800000000" not in text
    assert "13800000000" not in visitor.ask(REGISTRY).get_data(as_text=True)
    db.session.execute(db.text("update enterprise set state='suspended'"))
    db.session.commit()  # neither index nor kept counts have heard of it
    action(mark_public_change)()
    for path in (REGISTRY, f"{REGISTRY}?q=藏名", "/api/v1/search?q=藏名"):
        assert told(visitor, path)["items"] == []
