"""Records as rows of lists and of search results: each row drawn once for what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from portal import clock
from portal.directory.queries.hits import Row
from portal.directory.queries.vocabulary import Vocabulary
from portal.directory.words.marking import Marker
from portal.web.drawn import Key, drawn_each

ROWS = "directory/rows.html"
Titles = Mapping[int, Sequence[Any]]
Picks = Sequence[str]


def enterprises(
    rows: Iterable[Any], words: Vocabulary, titles: Titles, marker: Marker, how: str = ""
) -> Markup:
    """Draw enterprises with the names of the titles they hold."""
    every = [enterprise(row, words, titles, marker, how) for row in rows]
    return lines("enterprise_line", every)


def entries(
    rows: Iterable[Any], marker: Marker, how: str = "", picks: Picks | None = None
) -> Markup:
    """Draw entries of one list; `picks` are the numbers picked, None where none can be."""
    return lines("entry_line", [entry(row, marker, how, picks) for row in rows])


def hits(
    hits: Iterable[Row],
    words: Vocabulary,
    titles: Titles,
    marker: Marker,
    how: str = "",
    picks: Picks = (),
) -> Markup:
    """Draw records of every kind, entries with the list they stand in."""

    def shown(found: Row) -> Key:
        if found.kind == "enterprise":
            return enterprise(found.row, words, titles, marker, how)
        if found.kind == "policy":
            return (found.row, marker, how)
        return entry(found.row, marker, how, picks, with_list=True)

    together = groupby(hits, key=attrgetter("kind"))  # as they follow each other
    drawn = (lines(f"{kind}_line", list(map(shown, some))) for kind, some in together)
    return Markup("".join(drawn))  # noqa: S704 each drawn by a macro


def enterprise(row: Any, words: Vocabulary, titles: Titles, marker: Marker, how: str) -> Key:
    """Return what the line of an enterprise shows, in the order the macro takes it."""
    shown, *rest = enterprise_shown(row, words, titles)
    return (shown, marker, how, *rest)


def enterprise_shown(row: Any, words: Vocabulary, titles: Titles) -> Key:
    """Return what an enterprise is, with its titles and the words for its places."""
    ids = (row.district_id, row.key_industry_id, row.node_id)
    return (row, tuple(titles.get(row.id, ())), *map(words.get, ids))


def hit_shown(hit: Row, words: Vocabulary, titles: Titles) -> Key:
    """Return what a record of any kind is, an enterprise with what its line names besides."""
    return enterprise_shown(hit.row, words, titles) if hit.kind == "enterprise" else hit


def entry(
    row: Any, marker: Marker, how: str, picks: Picks | None, *, with_list: bool = False
) -> Key:
    """Return what the line of an entry shows."""
    return (row, marker, how, with_list, None if picks is None else row.number in picks)


def lines(macro: str, every: Sequence[Key]) -> Markup:
    """Draw rows, kept for the day the days left are counted from and for what is marked."""
    return drawn_each(ROWS, macro, every, under=(clock.today(),))
