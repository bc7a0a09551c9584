"""What is put right in a text, days by number, identity numbers masked."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.sheets.cells import day_of, masked, number_text, tidy
from portal.sheets.formats import kind_of_code
from portal.sheets.opening import opened
from portal.sheets.terms import Kind
from portal.sheets.workbook_file import SheetOut, stream
from tests.sheets.files import csv_file

CARD = "51140219900307001X"


@pytest.mark.parametrize(
    ("serial", "from_1904", "day"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, None),
        (61, False, date(1900, 3, 1)),
        (37923, False, date(2003, 10, 29)),
        (36461, True, date(2003, 10, 29)),
        (0, False, None),
        (2958465, False, date(9999, 12, 31)),
        (2958466, False, None),
    ],
)
def test_days_by_number(serial: int, from_1904: bool, day: date | None) -> None:
    assert day_of(Decimal(serial), from_1904=from_1904) == day


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("3.5000000000000003E-2", "0.035"),
        ("100", "100"),
        ("9.1511402000000003E17", "915114020000000000"),
        ("1E+300", "1E+300"),
        ("abc", "abc"),
    ],
)
def test_numbers_are_written_as_people_write_them(raw: str, written: str) -> None:
    assert number_text(raw) == written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (CARD, "511402************"),
        ("5114 0219 9003 0700 1X", "511402************"),
        ("证号５１１４０２１９９００３０７００１X。", "证号511402************。"),
        ("91511402MA00000018", "91511402MA00000018"),
        ("915114022005123456", "915114022005123456"),
        ("13800000000", "13800000000"),
    ],
)
def test_identity_numbers_are_masked_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0.00%", Kind.PERCENT),
        ("yyyy-mm-dd", Kind.DATE),
        ("[$-804]yyyy年m月", Kind.DATE),
        ("mmm", Kind.DATE),
        ("h:mm:ss", Kind.NUMBER),
        ('0"年度"', Kind.NUMBER),
        ("#,##0.00_);[Red](#,##0.00)", Kind.NUMBER),
        ('0.0"%"', Kind.NUMBER),
    ],
)
def test_number_formats_say_what_they_show(code: str, kind: Kind) -> None:
    assert kind_of_code(code) == kind


@given(st.text())
def test_tidy_text_is_tidy_and_says_when_something_was_taken_out(text: str) -> None:
    found = tidy(text)
    assert tidy(found.text) == (found.text, False)
    assert found.had_invisible or len(found.text) <= len(text) * 3


@given(st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=6))
def test_any_rows_survive_writing_as_a_workbook(rows: list[list[str]]) -> None:
    written = io.BytesIO(b"".join(stream([SheetOut("表", rows)])))
    book = load_workbook(written)
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = book["表"].cell(number, place)
            assert cell.data_type == ("s" if text else "n")


def test_a_written_formula_is_text_for_every_reader() -> None:
    data = io.BytesIO(b"".join(stream([SheetOut("表", [["=1+1", "@x", "+1", "-1", "甲"]])])))
    cells = load_workbook(data)["表"][1]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        ("=1+1", "s", True),
        ("@x", "s", True),
        ("+1", "s", True),
        ("-1", "s", True),
        ("甲", "s", False),
    ]


@given(st.lists(st.lists(st.text(max_size=9), min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_text_file_is_read_or_refused_never_broken(rows: list[list[str]]) -> None:
    clean = [[cell.replace("\0", "") for cell in row] for row in rows]
    try:
        source = csv_file(clean)
    except UnicodeEncodeError:
        return
    if source.getvalue()[:2] in (b"PK", b"\xff\xfe") or b"<" in source.getvalue()[:20]:
        return
    with opened(source, "a.csv") as sheets:
        assert [row.number for row in sheets[0].rows()][:1] == [1]
