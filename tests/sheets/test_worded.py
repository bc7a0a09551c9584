"""Rows worded ahead are written as rows that are not."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from portal.sheets.worded import HOLE, Worded, csv_lines, worded
from portal.sheets.workbook_file import SheetOut, stream
from portal.sheets.workbook_rows import Cell, row_xml
from portal.web.csv import safe_cell

ROWS: list[list[Cell]] = [
    ["编号", "标题", "", None, "末"],
    ["=1+1", "+86", "-x", "@a", "  =1", "\u3000=1", "\t1", "\r1", "\n1", "'x", " plain"],
    ["a,b", 'say "x"', "two\nlines", "two\rlines", '=HYPERLINK("x")', '"'],
    ["<b>", "a & b", "x > y", "&lt;", '=<b> & "x"'],
    [0, -5, 12, Decimal("1200.50"), Decimal("-1"), date(2026, 11, 22), date(1999, 1, 1)],
    [date(2026, 1, 1)],
    ["一"],
    ["", None, ""],
    ["100%", "%s", "{}", "\\"],
]


@pytest.mark.parametrize("cells", ROWS)
def test_a_row_is_written_alike(cells: list[Cell]) -> None:
    row, line = Worded(worded(cells), ""), io.StringIO()
    csv.writer(line).writerow([safe_cell(cell) for cell in cells])
    assert csv_lines([row]) == line.getvalue()
    assert row.xml(7, "") == row_xml(7, cells, 0, "")


@pytest.mark.parametrize("filling", ["正在征集", "3 days left", 'a, "b"', "<&>", ""])
def test_the_hole_is_filled_when_the_row_is_sent(filling: str) -> None:
    row = Worded(worded(["甲", HOLE, 3]), filling)
    (cells,) = csv.reader(io.StringIO(csv_lines([row])))
    assert cells == ["甲", filling, "3"]
    assert row.xml(12, "") == row_xml(12, ["甲", filling, 3], 0, "")


def test_marks_of_our_own_are_taken_out_of_texts() -> None:
    row = Worded(worded(["a\x1fb\x1ec", HOLE]), "x")
    assert csv_lines([row]) == "abc,x\r\n"


LONG = "储" * 100_000


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (LONG[:32_767], 32_767),
        (LONG[:32_768], 32_767),
        ("<&" + LONG, 32_767),
        ('a,"b"\n' + LONG, 32_767),
        ("=1+1" + LONG, 32_767),
        ("𠮷" * 16_383, 2 * 16_383),
        ("𠮷" * 100_000, 32_766),
        ("a" + "𠮷" * 100_000, 32_767),
    ],
)
def test_a_text_no_cell_can_hold_is_cut_with_a_mark(text: str, kept: int) -> None:
    """Excel counts units of UTF-16; a character is never cut in two."""
    mark = "… [余下见CSV]"
    cells: list[Cell] = ["编号", HOLE, text, "末"]
    row = Worded(worded(cells), "<正在征集>")
    assert row.xml(7, mark) == row_xml(7, ["编号", "<正在征集>", text, "末"], 0, mark)
    sheet = SheetOut("表", [row, ["编号", "<正在征集>", text, "末"]], mark=mark)
    read = load_workbook(io.BytesIO(b"".join(stream([sheet]))))["表"]
    for number in (1, 2):
        assert [cell.value for cell in read[number]][::3] == ["编号", "末"]
        held = read.cell(number, 3).value
        assert len(held.encode("utf-16-le")) // 2 == kept
        assert held == text if kept == len(text.encode("utf-16-le")) // 2 else held.endswith(mark)
        assert text.startswith(held.removesuffix(mark))
    (said,) = csv.reader(io.StringIO(csv_lines([row])))
    assert said[2] == str(safe_cell(text))
