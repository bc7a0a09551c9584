"""Two editions of a list beside each other, as a page and as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from portal.directory.queries.entries import SUBTYPE_LABELS, subtypes
from portal.directory.queries.vocabulary import CITYWIDE_NAME, Vocabulary, vocabulary
from portal.directory.queries.years import (
    Counts,
    Part,
    carried_on,
    counts_of,
    new_in,
    not_carried_on,
    years_of,
)
from portal.directory.words.wording import status_of
from portal.errors import NotFound
from portal.lists.terms.kinds import PUBLISHER_KIND_NAMES, Kind
from portal.taxonomy.terms import Scheme
from portal.web.csv import csv_response
from portal.web.filters import in_language

SHOWN = 50  # entries of each part on the page; the file has all of them


@dataclass(frozen=True)
class Line:
    """How many entries of one sort each edition has."""

    name: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def change(self) -> str:
        """The difference with its sign; 0 for none."""
        return f"{self.difference:+d}".replace("-", "−") if self.difference else "0"


@dataclass(frozen=True)
class Compared:
    """What stands beside each other: groups of counts, and the entries by what became of them."""

    before: int
    after: int
    total: Line
    groups: Sequence[tuple[str, Sequence[Line]]]
    carried_on: Part
    new: Part
    gone: Part

    @property
    def most(self) -> int:
        """The highest count, for the drawing."""
        lines = [line for _label, lines in self.groups for line in lines]
        return max((max(line.before, line.after) for line in lines), default=0)


def comparison(kind: str) -> str:
    """Show two editions of a list beside each other; until there are two, say so."""
    years = years_of(Kind(kind))
    asked = asked_years(years)
    return render_template(
        "directory/comparison.html",
        kind=Kind(kind),
        years=years,
        compared=compare(Kind(kind), *asked, SHOWN) if asked else None,
        shown=SHOWN,
    )


def comparison_file(kind: str) -> Response:
    """Send the same as CSV, with every entry."""
    asked = asked_years(years_of(Kind(kind)))
    if asked is None:
        raise NotFound
    found = compare(Kind(kind), *asked, None)
    name = f"{kind}-{found.before}-{found.after}.csv"
    header = [_("Compared by"), _("Item"), found.before, found.after, _("Increase or decrease")]
    return csv_response(name, header, file_rows(found))


def asked_years(years: Sequence[int]) -> tuple[int, int] | None:
    """Return the two years asked for, the earlier first, or else the two newest; None until there
    are two. Raises NotFound for a year without a public edition and for one year twice."""
    given = [request.args.get(name, "") for name in ("from", "to")]
    if not any(given):
        return (years[1], years[0]) if len(years) > 1 else None
    before, after = sorted(int(year) if year.isdecimal() else 0 for year in given)
    if before == after or not {before, after}.issubset(years):
        raise NotFound
    return before, after


def compare(kind: Kind, before: int, after: int, limit: int | None) -> Compared:
    """Return two editions beside each other, with the first `limit` entries of each part."""
    counts = counts_of(kind, (before, after))
    return Compared(
        before,
        after,
        Line(_("All entries"), counts[before].total, counts[after].total),
        groups_of(kind, counts[before], counts[after]),
        carried_on=carried_on(kind, before, after, limit),
        new=new_in(kind, before, after, limit),
        gone=not_carried_on(kind, before, after, limit),
    )


def groups_of(kind: Kind, before: Counts, after: Counts) -> list[tuple[str, list[Line]]]:
    """Return the counts by field, place, publisher and kind of entry."""
    words = vocabulary(Scheme.FIELD, Scheme.DISTRICT)
    kinds = {option.slug: in_language(option.name) for option in subtypes(kind)}
    publishers = {str(one): str(name) for one, name in PUBLISHER_KIND_NAMES.items()}
    names: Mapping[str, tuple[Any, Callable[[Any], str]]] = {
        "field": (_("Field"), lambda key: term_name(words, key, _("Without a field"))),
        "district": (_("District or county"), lambda key: place_name(words, key)),
        "publisher": (_("Publisher"), lambda key: publishers.get(key, key)),
        "subtype": (SUBTYPE_LABELS[kind], lambda key: kinds.get(key, key)),
    }
    return [
        (str(label), lines_of(before.by[by], after.by[by], name_of))
        for by, (label, name_of) in names.items()
    ]


def term_name(words: Vocabulary, key: int | None, without: str) -> str:
    """Return the name of a term, or what is said where there is none."""
    word = words.get(key)
    return in_language(word) if word is not None else without


def place_name(words: Vocabulary, key: int | None) -> str:
    """Return the name of a district; what names none, or the city, is citywide."""
    word = words.get(key)
    return str(CITYWIDE_NAME) if word is None or word.is_city else in_language(word)


def lines_of(
    before: Mapping[Any, int], after: Mapping[Any, int], name_of: Callable[[Any], str]
) -> list[Line]:
    """Return a line per name, the most entries of the later edition first."""
    found: dict[str, list[int]] = {}
    for place, counts in enumerate((before, after)):
        for key, count in counts.items():
            found.setdefault(name_of(key), [0, 0])[place] += count
    lines = [Line(name, *counts) for name, counts in found.items()]
    return sorted(lines, key=lambda line: (-line.after, -line.before, line.name))


def file_rows(found: Compared) -> Iterator[Sequence[object]]:
    """Yield the counts, then the entries with their numbers in each edition."""
    yield _("All entries"), "", found.total.before, found.total.after, found.total.difference
    for label, lines in found.groups:
        for line in lines:
            yield label, line.name, line.before, line.after, line.difference
    yield from entry_rows(_("Carried on"), found.carried_on.rows, lambda row: row.earlier)
    yield from entry_rows(_("New"), found.new.rows, lambda row: "")
    yield from ended_rows(found.gone.rows)


def entry_rows(
    what: str, rows: Iterable[Any], earlier: Callable[[Any], str]
) -> Iterator[Sequence[object]]:
    """Yield entries of the later edition."""
    for row in rows:
        yield what, in_language(row.snapshot, "title"), earlier(row), row.number, state_word(row)


def ended_rows(rows: Iterable[Any]) -> Iterator[Sequence[object]]:
    """Yield entries of the earlier edition that are not carried on."""
    for row in rows:
        title = in_language(row.snapshot, "title")
        yield _("Not carried on"), title, row.number, "", state_word(row)


def state_word(row: Any) -> str:
    """Return the state of an entry now in a word, "" for none."""
    state = status_of(row)
    return state.word if state else ""
