"""Reading the cells of a template by the type of their field, into what a form would send."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from portal.lists.entry_sheets.items import BODIES, TICK, Item
from portal.lists.terms.fields import FieldType
from portal.sheets import figures, values
from portal.sheets.cells import Cell
from portal.sheets.values import NotAccepted, Say
from portal.wording import gettext as _

SEPARATORS = re.compile(r"[、，,;；\n]+")
LIST_SEPARATORS = re.compile(r"[\n;；]+")


def read_cell(item: Item, cell: Cell, say: Say, *, from_1904: bool) -> Any:
    """Return what a cell says, as the form of the entry would send it; None for nothing.

    Raises values.Unusable for what cannot be read as the type of the column.
    """
    if item.kind == FieldType.DATE:
        return values.day(cell, say, from_1904=from_1904)
    return READERS.get(item.kind, text)(item, cell, say)


def text(item: Item, cell: Cell, say: Say) -> str:
    """Return one line; how long it may be the form says."""
    return values.line(cell, say, 1_000_000)


def long_text(item: Item, cell: Cell, say: Say) -> str:
    """Return a text with its lines."""
    return values.text_of(cell, say)


def number(item: Item, cell: Cell, say: Say) -> str:
    """Return a number without grouping; a unit behind it that is the column's is left out."""
    written = values.figure_text(cell, say)
    plain = written.removesuffix(item.unit) if item.unit else written
    found = figures.number(plain)
    if found is None:
        return plain
    if figures.shown(found) != written:
        figures.note_figure(say, written, figures.shown(found))
    return figures.shown(found)


def money(item: Item, cell: Cell, say: Say) -> str:
    """Return an amount in 万元."""
    written = values.figure_text(cell, say)
    found = figures.amount(written)
    if not written or found is None:
        return written
    amount, unit = found
    if unit:
        figures.note_figure(say, written, f"{figures.shown(amount)}万元")
    return figures.shown(amount + Decimal(0))


def choice(item: Item, cell: Cell, say: Say) -> str:
    """Return the value of what was chosen; other words are refused."""
    written = values.line(cell, say, 1_000_000)
    if not written:
        return ""
    found = value_of(item, written)
    if found is None:
        raise NotAccepted(
            _(
                "“%(text)s” is not among the choices: choose one from the list",
                text=written[:40],
            )
        )
    return found


def value_of(item: Item, written: str) -> str | None:
    """Return the value a word stands for, None for an unknown one."""
    word = written.casefold()
    return next((one.value for one in item.choices if word in one.words), None)


def tick(item: Item, cell: Cell, say: Say) -> bool:
    """Return whether yes was chosen."""
    return bool(choice(item, cell, say))


def bodies(item: Item, cell: Cell, say: Say) -> list[str]:
    """Return the bodies named, each once."""
    found: dict[str, None] = {}
    for part in SEPARATORS.split(values.text_of(cell, say)):
        if word := part.strip():
            value = value_of(item, word)
            if value is None:
                raise NotAccepted(_("“%(text)s” is not a body of the city", text=word[:40]))
            found[value] = None
    return list(found)


def listed(item: Item, cell: Cell, say: Say) -> list[str]:
    """Return the items of a list: one a line, or separated by semicolons."""
    parts = LIST_SEPARATORS.split(values.text_of(cell, say))
    return [part.strip() for part in parts if part.strip()]


READERS: Mapping[str, Callable[[Item, Cell, Say], Any]] = {
    FieldType.LONG_TEXT: long_text,
    FieldType.NUMBER: number,
    FieldType.DECIMAL: number,
    FieldType.MONEY: money,
    FieldType.CHOICE: choice,
    FieldType.LIST: listed,
    TICK: tick,
    BODIES: bodies,
}
