"""Pieces of pages: drawn once for what they show, anew for anything else."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from portal.web.drawn import HOLE, Pieces, drawn, moulds

STATUS = "components/status.html"
FACET = "components/facet.html"


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


def test_a_mould_leaves_out_its_last_argument(app: Flask) -> None:
    with app.test_request_context("/"):
        shown = ("state", "open", "开放", False, False)
        ((before, after),) = moulds(FACET, "option", [shown])
        module = app.jinja_env.get_template(FACET).module
        assert before + "7" + after == str(module.option(*shown, 7))  # type: ignore[attr-defined]
        assert HOLE not in before + after


def test_what_was_longest_unasked_goes_first() -> None:
    pieces = Pieces(most=2)
    for name in ("a", "b"):
        pieces.put((name,), Markup(name))
    pieces.get(("a",))
    pieces.put(("c",), Markup("c"))
    assert pieces.get(("b",)) is None
    assert pieces.get(("a",)) == "a"
    assert len(pieces) == 2


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
    pieces = Pieces(most=100, length=10)
    for name, piece in (("a", "12345"), ("b", "1234"), ("b", "12345"), ("c", "123456")):
        pieces.put((name,), Markup(piece))
    assert [pieces.get((name,)) for name in "abc"] == [None, None, "123456"]
    pieces.put(("d",), ("12", "34"))
    assert len(pieces) == 2
