"""Filled templates of entries, as spreadsheet programs leave them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import current_app
from openpyxl import load_workbook

from portal import files
from portal.accounts.models import Person
from portal.lists.actions.unit_sheets import keep_sheet
from portal.lists.entry_sheets.checking import read_sheet
from portal.lists.entry_sheets.template import FIRST_ROW, template
from portal.lists.models import AddresseeUnit, EntrySheet
from portal.lists.queries.subtypes import find_subtype
from portal.lists.queries.unit_sheets import known_entries
from tests.scenes import scene

ROW = {
    "标题": "公交场站储能应用场景",
    "摘要": "14座公交场站开放储能应用。",
    "领域": "智能经济",
    "截止日期": "2026-12-31",
    "需求说明": "工商业储能，削峰填谷。",
    "已具备的条件": "场地已平整\n接入容量已批复",
}
Change = Callable[[Any], None]


def book_of(unit: AddresseeUnit, slug: str = "scenario") -> Any:
    """Return the template as a spreadsheet program opens it."""
    found = find_subtype(unit.release.edition.kind, slug)
    assert found is not None
    return load_workbook(io.BytesIO(b"".join(template(unit.release, found))))


def filled(
    unit: AddresseeUnit, *rows: dict[str, str], change: Change | None = None, slug: str = "scenario"
) -> io.BytesIO:
    """Return the template filled in with rows by the titles of their columns."""
    book = book_of(unit, slug)
    sheet = book.worksheets[0]
    titles = [str(cell.value).split("（")[0].removesuffix(" *") for cell in sheet[2]]
    for number, row in enumerate(rows, FIRST_ROW):
        sheet.cell(number, 1, str(number - FIRST_ROW + 1))
        for title, value in row.items():
            sheet.cell(number, titles.index(title) + 1, value)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


@scene
def make_sheet(unit: AddresseeUnit, actor: Person) -> EntrySheet:
    """Return a filled template that was checked."""
    subtype = find_subtype(unit.release.edition.kind, "scenario")
    assert subtype is not None
    file, folder = filled(unit, ROW), Path(current_app.config["FILES"])
    read = read_sheet(file, "条目.xlsx", unit, subtype, known_entries(unit, subtype))
    file.seek(0)
    with files.receiving(folder, file, "条目.xlsx", field="file", allowed=files.SHEETS) as received:
        return keep_sheet(actor, unit, subtype, read, received)
