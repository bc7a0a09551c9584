"""Records as rows of lists and of search results: each row drawn once for what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from portal import clock
from portal.directory.queries.hits import Row
from portal.directory.queries.vocabulary import Vocabulary
from portal.directory.words.marking import Marker
from portal.web.drawn import draw, drawn

ROWS = "directory/rows.html"
Titles = Mapping[int, Sequence[Any]]
Picks = Sequence[str]


def enterprises(
    rows: Iterable[Any], words: Vocabulary, titles: Titles, marker: Marker, how: str = ""
) -> Markup:
    """Draw enterprises with the names of the titles they hold."""
    return joined(enterprise(row, words, titles, marker, how) for row in rows)


def entries(
    rows: Iterable[Any], marker: Marker, how: str = "", picks: Picks | None = None
) -> Markup:
    """Draw entries of one list; `picks` are the numbers picked, None where none can be."""
    return joined(entry(row, marker, how, picks) for row in rows)


def hits(
    hits: Iterable[Row],
    words: Vocabulary,
    titles: Titles,
    marker: Marker,
    how: str = "",
    picks: Picks = (),
) -> Markup:
    """Draw records of every kind, entries with the list they stand in."""

    def hit(found: Row) -> Markup:
        if found.kind == "enterprise":
            return enterprise(found.row, words, titles, marker, how)
        if found.kind == "policy":
            return line("policy_line", marker, found.row, marker, how)
        return entry(found.row, marker, how, picks, with_list=True)

    return joined(map(hit, hits))


def enterprise(row: Any, words: Vocabulary, titles: Titles, marker: Marker, how: str) -> Markup:
    """Draw one enterprise."""
    ids = (row.district_id, row.key_industry_id, row.node_id)
    held = tuple(titles.get(row.id, ()))
    return line("enterprise_line", marker, row, marker, how, held, *map(words.get, ids))


def entry(
    row: Any, marker: Marker, how: str, picks: Picks | None, *, with_list: bool = False
) -> Markup:
    """Draw one entry; the days it is still open are counted from today."""
    pick = None if picks is None else row.number in picks
    return line("entry_line", marker, row, marker, how, with_list, pick)


def line(macro: str, marker: Marker, *shown: Any) -> Markup:
    """Draw one row, kept unless matches are marked in it: no two searches mark the same."""
    if marker.query:
        return Markup(draw(ROWS, macro, *shown))  # noqa: S704 a macro escapes
    return drawn(ROWS, macro, *shown, under=(clock.today(),))


def joined(rows: Iterable[Markup]) -> Markup:
    return Markup("".join(rows))  # noqa: S704 each drawn by a macro
