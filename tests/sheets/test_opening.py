"""What a file is: read where it can be, one clear sentence where it cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from portal.sheets.findings import Unreadable
from portal.sheets.opening import opened
from tests.sheets.files import ROWS, csv_file, csv_text, repacked, xlsx_file

Source = Callable[[], io.BytesIO]


def read(source: io.BytesIO, name: str) -> list[list[str]]:
    """Return the texts of the first sheet."""
    with opened(source, name) as sheets:
        return [[cell.text for cell in row.cells] for row in sheets[0].rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_is_read_in_every_encoding_and_separator(encoding: str, separator: str) -> None:
    rows = [[*row, "end"] for row in ROWS]
    assert read(csv_file(rows, encoding, separator), "a.csv") == rows


def test_a_workbook_is_read_as_its_program_shows_it() -> None:
    rows = [["名称", "数"], ["示例", 0.035], ["示例", 12345678], [None, True]]
    assert read(xlsx_file(rows), "A.XLSX") == [
        ["名称", "数"],
        ["示例", "0.035"],
        ["示例", "12345678"],
        ["", "1"],
    ]


def test_lines_that_only_name_the_separator_are_no_row() -> None:
    source = io.BytesIO(("sep=;\n" + csv_text(separator=";")).encode())
    assert read(source, "a.csv")[0] == ROWS[0]


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    source = csv_file([["a", "b"], [], ["two\nlines", "c"], ["d", "e"]])
    with opened(source, "a.csv") as sheets:
        assert [row.number for row in sheets[0].rows()] == [1, 2, 3, 4]


def old(name: str, content: bytes) -> tuple[str, Source]:
    return name, lambda: io.BytesIO(content)


def archive(members: dict[str, bytes]) -> Source:
    def make() -> io.BytesIO:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in members.items():
                new.writestr(name, content)
        out.seek(0)
        return out

    return make


def bomb() -> io.BytesIO:
    return repacked(xlsx_file(), sheet1=b"<worksheet>" + b" " * (30 << 20) + b"</worksheet>")


def entities() -> io.BytesIO:
    attack = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        b"<worksheet><sheetData>&b;</sheetData></worksheet>"
    )
    return repacked(xlsx_file(), sheet1=attack)


def deep() -> io.BytesIO:
    return repacked(xlsx_file(), sheet1=b"<worksheet>" + b"<a>" * 1000)


def endless_tag() -> io.BytesIO:
    return repacked(xlsx_file(), sheet1=b'<worksheet a="' + bytes(range(65, 91)) * 250_000)


def truncated() -> io.BytesIO:
    return io.BytesIO(xlsx_file().getvalue()[:-200])


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BAD: dict[str, tuple[str, Source, str]] = {
    "empty": (*old("a.csv", b""), "文件是空的"),
    "old binary workbook": (*old("a.xls", OLE + bytes(600)), "旧版二进制工作簿（.xls）"),
    "old one under a new name": (*old("a.xlsx", OLE + bytes(600)), "旧版二进制工作簿（.xls）"),
    "encrypted": (
        *old("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
        "工作簿设有密码",
    ),
    "web page": (*old("a.xls", b"<html><table><tr><td>1</td></tr></table>"), "网页或XML"),
    "pdf": (*old("a.xlsx", b"%PDF-1.7"), "这是PDF文件"),
    "picture": (*old("a.csv", b"\x89PNG\r\n\x1a\n"), "这是PNG文件"),
    "text as workbook": ("a.xlsx", csv_file, "内容不是工作簿"),
    "workbook as text": ("a.csv", xlsx_file, "内容与文件名不符"),
    "another ending": ("a.doc", csv_file, "只能上传工作簿（.xlsx）或文本文件（.csv）"),
    "document": ("a.xlsx", archive({"word/document.xml": b"<a/>"}), "不是工作簿"),
    "damaged": ("a.xlsx", truncated, "工作簿已损坏"),
    "bomb": ("a.xlsx", bomb, "压缩炸弹"),
    "entities": ("a.xlsx", entities, "XML实体"),
    "too deep": ("a.xlsx", deep, "工作簿已损坏"),
    "endless tag": ("a.xlsx", endless_tag, "工作簿已损坏"),
    "not xml": ("a.xlsx", lambda: repacked(xlsx_file(), sheet1=b"<a><b></a>"), "工作簿已损坏"),
    "unknown encoding": (
        *old("a.csv", "名稱,代碼\n範例公司的產品與電話號碼,１\n".encode("big5") * 3),
        "编码无法识别",
    ),
    "broken encoding": (*old("a.csv", "名称".encode() + b"\xff\xff,1\n"), "编码无法识别"),
    "nul": (*old("a.csv", b"a,b\n1,\x002\n"), "NUL"),
    "open quote": (*old("a.csv", b'a,b\n"' + b"x" * 200_000), "引号没有成对"),
    "one endless line": (*old("a.csv", b"a," * 900_000), "引号没有成对"),
}


@pytest.mark.parametrize(("name", "source", "words"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_gets_one_sentence(
    app: Flask, name: str, source: Source, words: str
) -> None:
    messages = []
    for language in ("zh_Hans_CN", "en"):
        with force_locale(language), pytest.raises(Unreadable) as refused:
            read(source(), name)
        messages.append(refused.value.message)
    assert words in messages[0]
    assert messages[1].isascii() or "“" in messages[1]
    assert "\n" not in messages[1]


def test_a_formatted_cell_in_the_very_last_row_costs_nothing() -> None:
    def format_last(book: Any) -> None:
        book.active.cell(1_048_576, 1).number_format = "0%"
        for column in range(1, 3000):
            book.active.cell(2, column + 10).number_format = "0%"

    assert len(read(xlsx_file(change=format_last), "a.xlsx")) == len(ROWS)


def test_formulas_give_their_last_value_and_say_so() -> None:
    sheet = (
        b"<worksheet><sheetData><row><c><f>1+1</f><v>2</v></c><c><f>A1</f></c>"
        b'<c t="str"><f>x</f><v>=1+1</v></c></row></sheetData></worksheet>'
    )
    with opened(repacked(xlsx_file(), sheet1=sheet), "a.xlsx") as sheets:
        cells = next(iter(sheets[0].rows())).cells
    assert [(cell.text, cell.formula) for cell in cells] == [
        ("2", True),
        ("", True),
        ("=1+1", True),
    ]
