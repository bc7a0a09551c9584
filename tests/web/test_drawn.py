"""Pieces of pages: drawn once for what they show, anew for anything else."""

from __future__ import annotations

from typing import Any

from flask import Flask
from markupsafe import Markup

from portal.web.drawn import Pieces, drawn, drawn_around, drawn_each

STATUS = "components/status.html"
FACET = "components/facet.html"
CHOSEN = "components/chosen.html"


def test_a_piece_is_drawn_once_for_what_it_shows(app: Flask) -> None:
    with app.test_request_context("/"):
        first = drawn(STATUS, "status", "open", "开放")
        assert drawn(STATUS, "status", "open", "开放") is first
        assert drawn(STATUS, "status", "open", "已截止") != first


def test_what_is_shown_is_escaped(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "<script>" not in drawn(STATUS, "status", "open", "<script>")


def test_each_language_has_its_own_pieces(app: Flask) -> None:
    with app.test_request_context("/"):
        chinese = drawn("components/search_box.html", "slim_search", "")
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        english = drawn("components/search_box.html", "slim_search", "")
    assert "搜索" in chinese
    assert "Search" in english


def test_a_piece_depends_on_what_it_is_kept_under(app: Flask) -> None:
    with app.test_request_context("/"):
        first = drawn(STATUS, "status", "open", "剩 3 天", under=("2026-11-22",))
        later = drawn(STATUS, "status", "open", "剩 3 天", under=("2026-11-23",))
        assert first == later
        assert first is not later


def test_a_piece_is_drawn_around_the_values_it_is_given_by_name(app: Flask) -> None:
    with app.test_request_context("/"):
        module: Any = app.jinja_env.get_template(FACET).module
        shown = ("state", "open", "开放", False, False)
        for count in (7, "<8>"):
            assert drawn_around(FACET, "option", *shown, count=count) == str(
                module.option(*shown, count)
            )


def test_a_list_of_values_is_put_in_one_by_one(app: Flask) -> None:
    with app.test_request_context("/"):
        module: Any = app.jinja_env.get_template(CHOSEN).module
        for urls in (["/?a=1&b", "/?<"], ["/"], []):
            names = ("绿色经济", "智能经济")[: len(urls)]
            once = drawn_around(CHOSEN, "chosen", names, urls=urls, clear_url="/")
            assert once == str(module.chosen(names, urls, "/"))


def test_a_mould_is_cut_once_whatever_is_put_in(app: Flask) -> None:
    with app.test_request_context("/"):
        before = len(app.extensions["pieces"])
        for count in range(3):
            drawn_around(FACET, "option", "state", "once", "一次", False, False, count=count)
        assert len(app.extensions["pieces"]) == before + 1


def test_rows_are_drawn_together_and_kept_each(app: Flask) -> None:
    with app.test_request_context("/"):
        rows = [("open", "一"), ("open", "二")]
        together = drawn_each(STATUS, "status", rows)
        assert together == drawn(STATUS, "status", *rows[0]) + drawn(STATUS, "status", *rows[1])


def test_what_nobody_asked_for_lately_goes_first() -> None:
    pieces = Pieces(most=4)
    for name in ("a", "b", "c"):
        pieces.put((name,), Markup(name))
        pieces.get(("a",))
    pieces.put(("d",), Markup("d"))
    assert [pieces.get((name,)) for name in "ab"] == ["a", None]
    assert len(pieces) <= 4


def test_nothing_is_kept_while_templates_are_written(app: Flask) -> None:
    app.debug = True
    try:
        with app.test_request_context("/"):
            before = len(app.extensions["pieces"])
            drawn(STATUS, "status", "open", "只画一次")
            assert len(app.extensions["pieces"]) == before
    finally:
        app.debug = False


def test_long_pieces_make_way_sooner_than_short_ones() -> None:
    pieces = Pieces(most=100, length=20)
    for name, piece in (("a", "12345"), ("b", "1234"), ("b", "12345"), ("c", "123456")):
        pieces.put((name,), Markup(piece))
    pieces.put(("d",), Markup("123456789"))
    assert [pieces.get((name,)) for name in "acd"] == [None, "123456", "123456789"]


def test_what_is_longer_than_half_of_what_may_be_kept_is_not_kept() -> None:
    pieces = Pieces(most=100, length=10)
    pieces.put(("a",), Markup("12345"))
    pieces.put(("b",), Markup("123456"))
    assert [pieces.get((name,)) for name in "ab"] == ["12345", None]
