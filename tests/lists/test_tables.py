"""Tables of results, and the descriptions of forms: what is taken, what is said."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from portal.errors import Refused
from portal.lists.rules.details import read_details
from portal.lists.rules.schemas import SchemaFault, check_schema
from portal.lists.rules.tables import MOST_ROWS, as_text
from portal.lists.sheet_rows import rows_of_sheet

COLUMNS = [
    {"key": "name", "label_zh": "指标", "label_en": "Indicator", "type": "text", "required": True},
    {"key": "figure", "label_zh": "数值", "label_en": "Figure", "type": "decimal"},
    {"key": "day", "label_zh": "日期", "label_en": "Day", "type": "date"},
]
TABLE = {
    "key": "x", "section": "what", "label_zh": "成效", "label_en": "Results", "type": "table",
    "required": False, "public": True, "columns": COLUMNS,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _speaking(app: Flask) -> None:
    """Messages need a language."""


def read(typed: Any) -> tuple[Any, str]:
    details, faults = read_details([TABLE], {"x": typed}, complete=True)
    return details.get("x"), faults.get("x", "")


def test_rows_are_typed_with_bars_or_pasted_with_tabs() -> None:
    kept = [["交期缩短", "31", "2026-03-01"], ["收入", "-2.5", ""]]
    assert read("交期缩短 | 31 | 2026-03-01\n\n收入｜-2.50") == (kept, "")
    assert read("指标\t数值\t日期\n交期缩短\t31\t2026-03-01\n收入\t-2.5\t") == (kept, "")
    assert read(as_text(kept)) == (kept, ""), "what is shown can be sent again"


def test_an_empty_first_cell_stays_in_its_column() -> None:
    assert "第1行缺少指标" in read("\t31\t2026-03-01")[1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("甲 | 三十", "第1行：数值应为数字"),
        ("甲 | 1 | 2026-02-30", "第1行：日期"),
        ("甲 | 1 | 2026-02-03 | 多", "第1行有4格，表格只有3列"),
        ("甲\t1\n | 2", "第2行缺少指标"),
    ],
)
def test_what_is_wrong_is_said_by_row(typed: str, said: str) -> None:
    kept, fault = read(typed)
    assert kept is None
    assert said in fault


def test_many_faults_are_counted_not_listed() -> None:
    assert "另有2处" in read("\n".join(["甲 | x"] * 5))[1]


def test_five_hundred_rows_are_taken_and_one_more_is_not() -> None:
    rows = [["甲", "1", ""]] * MOST_ROWS
    assert read(as_text(rows)) == (rows, "")
    assert "共501行，最多500行" in read(as_text([*rows, rows[0]]))[1]


def test_markup_stays_text() -> None:
    assert read("<script>alert(1)</script> | 1")[0] == [["<script>alert(1)</script>", "1", ""]]


def test_a_sheet_is_read_as_if_it_were_pasted() -> None:
    text = rows_of_sheet(BytesIO("指标,数值,日期\n交期缩短,31,2026-03-01\n".encode()), "a.csv")
    assert read(text) == ([["交期缩短", "31", "2026-03-01"]], "")
    with pytest.raises(Refused):
        rows_of_sheet(BytesIO(b"%PDF-1.7"), "a.csv")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "txt"}, "type 'txt' is not one of"),
        ({"section": "nowhere"}, "section 'nowhere' is not one of"),
        ({"colour": "red"}, "unknown: colour"),
        ({"key": "Größe"}, "key must be"),
        ({"columns": []}, "a table needs them"),
        ({"columns": [*COLUMNS, COLUMNS[0]]}, "a column is given twice"),
        ({"columns": [{**COLUMNS[0], "type": "file"}]}, "column name: type 'file'"),
        ({"in_row": True}, "a table cannot be in_row"),
        ({"type": "text", "columns": None, "unit_zh": "家", "unit_en": "firms"}, "has no unit"),
        ({"required": "yes"}, "required must be true or false"),
        ({"label_en": ""}, "label_en is missing"),
    ],
)
def test_a_wrong_form_is_not_loaded_and_says_why(change: dict[str, Any], said: str) -> None:
    check_schema("case/practice", [TABLE], ["what"])
    with pytest.raises(SchemaFault, match="case/practice") as refused:
        check_schema("case/practice", [{**TABLE, **change}], ["what"])
    assert said in str(refused.value)


def test_a_key_given_twice_and_a_section_of_the_portals_own_are_refused() -> None:
    with pytest.raises(SchemaFault, match="named 2 times"):
        check_schema("case/practice", [TABLE, TABLE], ["what"])
    with pytest.raises(SchemaFault, match="the portal has one"):
        check_schema("case/practice", [TABLE], ["what", "about"])
