"""Reading a table of results: typed, pasted from a spreadsheet, or read from one; pure.

A table is kept as rows of cells, each as text by the type of its column ("326", "-12.5",
"2026-03-01"), "" for an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.lists.rules.values import (
    Fault,
    Field,
    label_of,
    read_date,
    read_decimal,
    read_money,
    read_number,
    read_text,
)
from portal.lists.terms.fields import FieldType

MOST_ROWS = 500
MOST_TOLD = 3  # faults of a table told at once
BAR = re.compile(r"\s*[|｜]\s*")
Rows = Sequence[Sequence[str]]
CELLS: Mapping[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.TEXT: read_text,
    FieldType.NUMBER: read_number,
    FieldType.DECIMAL: read_decimal,
    FieldType.MONEY: read_money,
    FieldType.DATE: read_date,
}


def read_table(field: Field, value: Any) -> list[list[str]]:
    """Read rows, or text of one row a line; raises Fault naming the first rows at fault.

    Blank rows and a first row that only repeats the heads of the columns are passed over.
    """
    columns = field["columns"]
    given = split_rows(value) if isinstance(value, str) else [list(row) for row in value]
    numbered = [(n, row) for n, row in enumerate(given, 1) if any(c.strip() for c in row)]
    if numbered and repeats_heads(columns, numbered[0][1]):
        del numbered[0]
    if len(numbered) > MOST_ROWS:
        raise Fault(
            _(
                "%(label)s has %(count)d rows and may have at most %(most)d. Shorten it.",
                label=label_of(field),
                count=len(numbered),
                most=MOST_ROWS,
            )
        )
    faults: list[str] = []
    rows = [read_row(columns, number, row, faults) for number, row in numbered]
    if faults:
        raise Fault(told(faults))
    return rows


def split_rows(text: str) -> list[list[str]]:
    """Return lines as cells: parted by tabs as a spreadsheet copies them, or by | as typed."""
    return [line.split("\t") if "\t" in line else BAR.split(line) for line in text.splitlines()]


def repeats_heads(columns: Sequence[Field], row: Sequence[str]) -> bool:
    """Say whether a row is the heads of the columns, in either language, with or without unit."""
    if len(row) != len(columns):
        return False
    return all(
        re.sub(r"[（(].*", "", cell).strip() in {column["label_zh"], column["label_en"]}
        for column, cell in zip(columns, row, strict=True)
    )


def read_row(
    columns: Sequence[Field], number: int, row: Sequence[str], faults: list[str]
) -> list[str]:
    """Return the cells of a row, adding what is wrong with it to `faults`."""
    cells = [cell.strip() for cell in row]
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    if len(cells) > len(columns):
        faults.append(
            _(
                "row %(row)d has %(count)d cells, the table %(columns)d columns",
                row=number,
                count=len(cells),
                columns=len(columns),
            )
        )
        return []
    cells += [""] * (len(columns) - len(cells))
    return [read_cell(c, number, v, faults) for c, v in zip(columns, cells, strict=True)]


def read_cell(column: Field, number: int, value: str, faults: list[str]) -> str:
    """Return one cell, adding what is wrong with it to `faults`."""
    if not value:
        if column.get("required"):
            label = label_of(column)
            faults.append(_("row %(row)d lacks: %(label)s", row=number, label=label))
        return ""
    if BAR.search(value):
        faults.append(_("row %(row)d: a cell cannot hold |, which parts the cells", row=number))
        return ""
    try:
        kind = FieldType(column["type"])
        plain = value if kind == FieldType.TEXT else re.sub(r"[,，\s]", "", value)
        return str(CELLS[kind](column, plain))
    except Fault as fault:
        faults.append(_("row %(row)d: %(fault)s", row=number, fault=str(fault).rstrip("。.")))
        return ""


def told(faults: Sequence[str]) -> str:
    """Return the first faults as one sentence, with how many more there are."""
    said = _("; ").join(faults[:MOST_TOLD])
    more = len(faults) - MOST_TOLD
    if more > 0:
        said += ngettext("; and %(num)d more", "; and %(num)d more", more)
    return _("Correct the table: %(faults)s.", faults=said)


def as_text(rows: Rows) -> str:
    """Return rows as they are typed, one a line, cells parted by |."""
    return "\n".join(" | ".join(row) for row in rows)
