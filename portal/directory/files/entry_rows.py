"""Entries as rows of a file: what each column means, and its value from what was signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.clock import city_zone
from portal.directory.words.values import head_of, plain_value_of
from portal.directory.words.wording import status_of
from portal.lists.terms.fields import UNIT_TYPES
from portal.sheets.worded import HOLE
from portal.web.display import speaks_english

Item = Mapping[str, Any]
PLACES = ("field", "node", "district", "zone")


@dataclass(frozen=True)
class Column:
    """One column of a list's file: its head, what it means, its width in characters."""

    title: Any
    meaning: Any
    width: int = 14


COLUMNS = (
    Column(_l("Entry number"), _l("The permanent number; its page is found under it"), 20),
    Column(_l("Title"), _l("As signed by the lead bodies"), 40),
    Column(_l("Kind"), _l("The kind of entry within the list")),
    Column(_l("State"), _l("On the day of the download; it goes on changing")),
    Column(_l("Field"), _l("The field of the new economy")),
    Column(
        _l("Place in the chain"), _l("The node of an industry chain; empty where there is none")
    ),
    Column(_l("District or county"), _l("Where it takes place; empty: citywide")),
    Column(_l("Functional zone"), _l("The zone, where it lies in one")),
    Column(_l("Publisher"), _l("Who publishes it, or that it is published without name"), 24),
    Column(_l("Summary"), _l("As signed by the lead bodies"), 50),
    Column(_l("Figure"), _l("The entry’s main figure; a number where it is one"), 12),
    Column(_l("What the figure is"), _l("Its name and unit"), 20),
    Column(_l("Details"), _l("The public items of its form, one to a line"), 50),
    Column(_l("Open from"), _l("The first day; empty where none was set"), 12),
    Column(_l("Closing date"), _l("The last day; empty: standing, or none was set"), 12),
    Column(_l("Office"), _l("Whom the public may call"), 20),
    Column(_l("Telephone"), _l("The landline of that office"), 16),
    Column(_l("Year"), _l("The year of the edition"), 8),
    Column(_l("Published on"), _l("The day of its release"), 12),
    Column(_l("Sample"), _l("Marked where the entry is made up for demonstration"), 8),
)


def header() -> list[str]:
    """Return the heads of a list's file."""
    return [str(column.title) for column in COLUMNS]


def cells(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the rows of a list's file: text, whole numbers, Decimals and days, and HOLE for the
    state, which the day changes."""
    name, figure = namer(), figures()
    zone, sample = city_zone(), _("Sample")
    for row in rows:
        said = row.snapshot
        yield [
            row.number,
            name(said, "title"),
            name(said["subtype"], "name"),
            HOLE,
            *(name(said[place], "name") if said.get(place) else "" for place in PLACES),
            name(said["publisher"], "name"),
            name(said, "summary"),
            *figure(said["details"]),
            "\n".join([f"{name(one, 'label')}: {plain_value_of(one)}" for one in said["details"]]),
            day_of(said["opens_on"]),
            day_of(said["closes_on"]),
            said["office"],
            said["landline"],
            row.year,
            row.published_at.astimezone(zone).date(),
            sample if row.is_sample else "",
        ]


def namer() -> Callable[[Item, str], str]:
    """Return what `in_language` does for published content, the language asked for once."""
    if speaks_english():
        return lambda said, what: str(said[f"{what}_en"] or said[f"{what}_zh"])
    return lambda said, what: str(said[f"{what}_zh"])


def state_word(row: Any) -> str:
    """Return a row's state in a word, "" for none."""
    found = status_of(row)
    return found.word if found else ""


def figures() -> Callable[[Iterable[Item]], tuple[str | Decimal, str]]:
    """Return what finds the figure that list rows show, and its name with the unit; a number as
    one. The same name is worded once."""
    heads: dict[tuple[str, str], str] = {}

    def figure(details: Iterable[Item]) -> tuple[str | Decimal, str]:
        item = next((one for one in details if one["in_row"]), None)
        if item is None:
            return "", ""
        key = (item["label_zh"], item["unit_zh"])
        if key not in heads:
            heads[key] = head_of(item)
        is_number = item["type"] in UNIT_TYPES
        return Decimal(item["value"]) if is_number else plain_value_of(item), heads[key]

    return figure


def day_of(text: str | None) -> date | str:
    """Return a day of the content as a day, "" for none."""
    return date.fromisoformat(text) if text else ""
