"""Small files of every kind, good and bad, made for the tests of reading them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

from portal.sheets.header import Column, Titles

COLUMNS = (
    Column("ref", "序号"),
    Column("name", "企业名称", ("单位名称",), required=True),
    Column("uscc", "统一社会信用代码", required=True),
    Column("capital", "注册资本（万元）"),
    Column("share", "研发投入占比（%）"),
    Column("products", "主营产品"),
)
TITLES = Titles(COLUMNS)
HEAD = [column.title for column in COLUMNS]
ROWS = [
    HEAD,
    ["1", "示例甲公司", "CODE-A", "100", "3.5", "灯具"],
    ["2", "示例乙公司", "CODE-B", "200", "", "电池"],
]


def csv_text(rows: Sequence[Sequence[object]] = ROWS, separator: str = ",") -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def csv_file(
    rows: Sequence[Sequence[object]] = ROWS, encoding: str = "utf-8", separator: str = ","
) -> io.BytesIO:
    """Return rows as a text file."""
    return io.BytesIO(csv_text(rows, separator).encode(encoding))


def xlsx_file(
    rows: Sequence[Sequence[object]] = ROWS, change: Callable[[Any], None] | None = None
) -> io.BytesIO:
    """Return rows as a workbook, changed by `change` before it is saved."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def repacked(workbook: io.BytesIO, **parts: bytes) -> io.BytesIO:
    """Return a workbook with parts replaced; a part's name is its file's name without ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(stem, old.read(name)))
    out.seek(0)
    return out
