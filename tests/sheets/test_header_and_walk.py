"""Finding the titles of the columns and telling data from what stands around it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from portal.sheets.findings import Unreadable
from portal.sheets.header import Header, choose_sheet, chosen_header, find_header
from portal.sheets.opening import opened
from portal.sheets.walking import Walk, notes
from tests.sheets.files import HEAD, ROWS, TITLES, csv_file, xlsx_file

IDENTITY = ("name", "uscc")


def header_in(source: io.BytesIO, name: str = "a.csv") -> Header | None:
    with opened(source, name) as sheets:
        return choose_sheet(sheets, TITLES)[1]


def walked(rows: Sequence[Sequence[object]]) -> list[tuple[int, str]]:
    """Return (row, why it was passed over) of everything below the header."""
    with opened(csv_file(rows), "a.csv") as sheets:
        header = find_header(sheets[0], TITLES)
        assert header is not None
        walk = Walk(sheets[0], header, TITLES, IDENTITY)
        return [
            (passed.row if passed else row.number, passed.message if passed else "")
            for row, passed in walk.steps()
        ]


@pytest.mark.parametrize(
    ("rows", "first", "last"),
    [
        (ROWS, 1, 1),
        ([["示例市企业名单"], [], *ROWS], 3, 3),
        ([["示例市企业名单", "", "单位：万元"], *ROWS], 2, 2),
        ([list(reversed(HEAD)), *ROWS[1:]], 1, 1),
        ([[" 序 号", "企业名称*", "统一社会\n信用代码", "注册资本(万元)", "", ""]], 1, 1),
        (
            [
                ["序号", "基本情况", "", "", "", "主营产品"],
                ["", "企业名称", "统一社会信用代码", "注册资本（万元）", "研发投入占比（%）", ""],
                ["1", "示例甲公司", "CODE-A", "", "", ""],
            ],
            1,
            2,
        ),
    ],
)
def test_the_header_is_found(rows: list[list[str]], first: int, last: int) -> None:
    header = header_in(csv_file(rows))
    assert header is not None
    assert (header.first, header.last) == (first, last)
    assert {"ref", "name", "uscc", "capital"} <= set(header.places)


def test_the_two_rows_of_a_header_give_each_column_its_own_title() -> None:
    rows = [
        ["序号", "基本情况", "", "主营产品"],
        ["", "企业名称", "统一社会信用代码", ""],
        ["1", "示例甲公司", "CODE-A", "灯具"],
    ]
    header = header_in(csv_file(rows))
    assert header is not None
    assert header.places == {"ref": 0, "name": 1, "uscc": 2, "products": 3}


def test_a_column_twice_is_refused(app: Flask) -> None:
    with pytest.raises(Unreadable, match="出现两次"):
        header_in(csv_file([[*HEAD, "企业名称"]]))


def test_without_header_the_clerk_chooses_the_row(app: Flask) -> None:
    rows = [["甲", "乙"], *ROWS]
    with opened(csv_file(rows), "a.csv") as sheets:
        assert chosen_header(sheets[0], TITLES, 2).last == 2
        with pytest.raises(Unreadable, match="第1行没有列名企业名称、统一社会信用代码"):
            chosen_header(sheets[0], TITLES, 1)
        with pytest.raises(Unreadable, match="第99行是空行"):
            chosen_header(sheets[0], TITLES, 99)


def test_the_first_visible_sheet_with_a_header_is_read_and_said(app: Flask) -> None:
    def add_sheets(book: Any) -> None:
        book.active.title = "名单"
        book.create_sheet("封面", 0).append(["示例市"])
        book.create_sheet("隐藏的", 0).sheet_state = "hidden"
        book["隐藏的"].append(HEAD)
        book["名单"].row_dimensions[2].hidden = True

    with opened(xlsx_file(change=add_sheets), "a.xlsx") as sheets:
        sheet, header = choose_sheet(sheets, TITLES)
        assert header is not None
        walk = Walk(sheet, header, TITLES, IDENTITY)
        assert len(list(walk.steps())) == 2
        said = [finding.message for finding in notes(walk, sheets)]
    assert said == [
        "读入的是工作表“名单”；没有读入：隐藏的（隐藏）、封面",
        "1个隐藏行也已读入：2",
    ]


def test_columns_that_are_not_known_are_named(app: Flask) -> None:
    rows = [[*HEAD, "法定代表人"], *ROWS[1:]]
    with opened(csv_file(rows), "a.csv") as sheets:
        header = find_header(sheets[0], TITLES)
        assert header is not None
        walk = Walk(sheets[0], header, TITLES, IDENTITY)
        list(walk.steps())
        assert [f.message for f in notes(walk, sheets)] == ["“法定代表人”不是本表的列，没有读入"]


def test_what_is_no_data_is_passed_over_with_its_reason(app: Flask) -> None:
    rows = [
        *ROWS,
        ["", "", "", "", "", "蓄电池"],
        [],
        HEAD,
        ["3", "", "", "", "", ""],
        ["合 计", "", "", "300"],
        ["", "小计：", "", "300"],
        ["4", "总计", "CODE1234"],
        ["填表人：", "示例", "审核人：", ""],
        ["单位负责人（签字）：", "", "", "联系电话：0000"],
    ]
    assert walked(rows) == [
        (2, ""),
        (3, ""),
        (4, "是第3行的续行，这部分内容没有读入，请并入上面的单元格"),
        (5, "空行"),
        (6, "重复的列名"),
        (7, "只有序号，没有其他内容"),
        (8, "合计、小计或总计行"),
        (9, "合计、小计或总计行"),
        (10, ""),
        (11, "填表、审核等落款或说明"),
        (12, "填表、审核等落款或说明"),
    ]


def test_a_long_gap_is_one_line_of_the_report(app: Flask) -> None:
    rows = [*ROWS, *[[]] * 30, ["9", "示例丙公司", "CODE-C"], [], []]
    assert walked(rows)[2:] == [
        (4, "第4至33行为空行"),
        (34, ""),
        (35, "空行"),
        (36, "空行"),
    ]


def test_reading_goes_on_after_any_row(app: Flask) -> None:
    rows = [*ROWS, [], ["", "", "", "", "", "续"], ["3", "示例丙公司", "CODE-C"]]
    whole = walked(rows)
    with opened(csv_file(rows), "a.csv") as sheets:
        header = find_header(sheets[0], TITLES)
        assert header is not None
        for after in range(1, 7):
            walk = Walk(sheets[0], header, TITLES, IDENTITY)
            rest = [
                (p.row if p else row.number, p.message if p else "") for row, p in walk.steps(after)
            ]
            assert rest == [step for step in whole if step[0] > after]
