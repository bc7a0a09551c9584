"""Enterprises of the registry as rows of a file: what each column means, and its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.directory.files.entry_rows import Column
from portal.directory.queries.vocabulary import Vocabulary
from portal.enterprises.terms.record import STATE_NAMES, State
from portal.sheets.workbook_rows import Cell
from portal.web.filters import in_language

COLUMNS = (
    Column(_l("Name of the enterprise"), _l("As verified on entering the registry"), 36),
    Column(_l("Unified social credit code"), _l("Its page is found under it"), 24),
    Column(_l("District or county"), _l("Where the enterprise is, not where its code was issued")),
    Column(_l("Functional zone"), _l("The zone, where it lies in one")),
    Column(_l("Key industry"), _l("Of the city’s key industries")),
    Column(
        _l("Place in the chain"), _l("The node of an industry chain; empty where there is none")
    ),
    Column(_l("Main products"), _l("In the enterprise’s own words"), 50),
    Column(_l("Established on"), _l("The day of its registration as a company"), 14),
    Column(_l("Admitted on"), _l("The day it entered the registry"), 14),
    Column(_l("State"), _l("Marked where the facts were not confirmed in time"), 14),
    Column(_l("Sample"), _l("Marked where the enterprise is made up for demonstration"), 8),
)


def header() -> list[str]:
    """Return the heads of the file's columns."""
    return [str(column.title) for column in COLUMNS]


def cells(rows: Iterator[Any], words: Vocabulary) -> Iterator[list[Cell]]:
    """Yield the file's rows."""
    names = {word.id: in_language(word) for word in words.words}
    sample, stale = _("Sample"), str(STATE_NAMES[State.STALE])
    for row in rows:
        places = (row.district_id, row.zone_id, row.key_industry_id, row.node_id)
        yield [
            row.name,
            row.uscc,
            *(names.get(place, "") for place in places),
            row.products,
            row.established_on,
            row.admitted_on,
            stale if row.state == State.STALE else "",
            sample if row.is_sample else "",
        ]
