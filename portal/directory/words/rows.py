"""Records as rows of lists and of search results: each row drawn once for what it shows, whatever
is marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from portal import clock
from portal.directory.queries.hits import Row
from portal.directory.queries.vocabulary import Vocabulary
from portal.directory.words.marking import Marker, Places
from portal.web.drawn import HOLE, Key, Pieces, draw, drawn_each, here, once
from portal.web.present import present_app

ROWS = "directory/rows.html"
Titles = Mapping[int, Sequence[Any]]
Picks = Sequence[str]


@dataclass(frozen=True)
class Line:
    """A row as it is for every query: the texts between what may be marked in it, and that."""

    texts: Sequence[str]
    noted: Sequence[tuple[str, bool]]

    def __len__(self) -> int:
        return sum(map(len, self.texts))

    def marked(self, marker: Marker) -> str:
        """Return the row with its matches marked."""
        pieces = [""] * (2 * len(self.noted) + 1)
        pieces[::2] = self.texts
        pieces[1::2] = [
            marker.excerpt(text) if is_excerpt else marker.mark(text)
            for text, is_excerpt in self.noted
        ]
        return "".join(pieces)


def enterprises(
    rows: Iterable[Any], words: Vocabulary, titles: Titles, marker: Marker, how: str = ""
) -> Markup:
    """Draw enterprises with the names of the titles they hold."""
    return lines("enterprise_line", [enterprise(row, words, titles, how) for row in rows], marker)


def entries(
    rows: Iterable[Any], marker: Marker, how: str = "", picks: Picks | None = None
) -> Markup:
    """Draw entries of one list; `picks` are the numbers picked, None where none can be."""
    return lines("entry_line", [entry(row, how, picks) for row in rows], marker)


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
            return enterprise(found.row, words, titles, how)
        if found.kind == "policy":
            return (found.row, how)
        return entry(found.row, how, picks, with_list=True)

    together = groupby(hits, key=attrgetter("kind"))  # as they follow each other
    drawn = (lines(f"{kind}_line", list(map(shown, some)), marker) for kind, some in together)
    return Markup("".join(drawn))  # noqa: S704 each drawn by a macro


def enterprise(row: Any, words: Vocabulary, titles: Titles, how: str) -> Key:
    """Return what the line of an enterprise shows, in the order the macro takes it."""
    shown, *rest = enterprise_shown(row, words, titles)
    return (shown, how, *rest)


def enterprise_shown(row: Any, words: Vocabulary, titles: Titles) -> Key:
    """Return what an enterprise is, with its titles and the words for its places."""
    ids = (row.district_id, row.key_industry_id, row.node_id)
    return (row, tuple(titles.get(row.id, ())), *map(words.get, ids))


def hit_shown(hit: Row, words: Vocabulary, titles: Titles) -> Key:
    """Return what a record of any kind is, an enterprise with what its line names besides."""
    return enterprise_shown(hit.row, words, titles) if hit.kind == "enterprise" else hit


def entry(row: Any, how: str, picks: Picks | None, *, with_list: bool = False) -> Key:
    """Return what the line of an entry shows."""
    return (row, how, with_list, None if picks is None else row.number in picks)


def lines(macro: str, every: Sequence[Key], marker: Marker) -> Markup:
    """Draw rows, kept for the day the days left are counted from: where nothing is marked as they
    are, else around what may be."""
    under = (clock.today(),)
    if marker.query is None:
        return drawn_each(ROWS, macro, [(row, marker, *rest) for row, *rest in every], under=under)
    found = [line(macro, shown, under).marked(marker) for shown in every]
    return Markup("".join(found))  # noqa: S704 macros escape, and so do markers


def line(macro: str, shown: Key, under: Key) -> Line:
    """Return a row for all queries, drawn now if it is not kept yet."""
    pieces: Pieces = present_app().extensions["pieces"]
    key = (Line, macro, *here(), under, shown)
    return once(pieces, key, lambda: cut(macro, *shown))


def cut(macro: str, row: Any, *rest: Any) -> Line:
    """Draw a row with holes for what may be marked, and cut it there."""
    places = Places()
    texts = HOLE.split(draw(ROWS, macro, row, places, *rest))
    return Line(texts[::2], [places.noted[int(number)] for number in texts[1::2]])
