"""The template of entries: downloaded, filled in, checked, taken over as drafts or handed in."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from portal.lists.entry_sheets.items import items_of
from portal.lists.entry_sheets.template import FIRST_ROW, MOST_ROWS, template
from portal.lists.models import AddresseeUnit, EntrySubtype
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.queries.units import entries_of, get_unit
from portal.lists.terms.entries import EntryState
from portal.lists.terms.kinds import Kind
from tests.browser_client import Browser
from tests.lists.factories import make_call, make_sender
from tests.lists.sheet_factories import ROW, Change, book_of, filled
from tests.lists.unit_factories import make_district_sender, make_unit, scan_file


@pytest.fixture
def unit() -> AddresseeUnit:
    return make_unit(make_call())


@pytest.fixture
def sender(app: Flask) -> Browser:
    return Browser(app).sign_in(make_sender())


def scenario() -> EntrySubtype:
    found = find_subtype(Kind.OPPORTUNITY, "scenario")
    assert found is not None
    return found


def uploaded(
    sender: Browser,
    unit: AddresseeUnit,
    file: io.BytesIO,
    status: int = 200,
    subtype: str = "scenario",
    name: str = "条目.xlsx",
) -> Any:
    data = {"subtype": subtype, "file": (io.BytesIO(file.getvalue()), name)}
    path = f"/bureau/submissions/{unit.id}/sheet"
    return sender.post(path, data, status, content_type="multipart/form-data")


def confirmed(sender: Browser, page: Any, status: int = 200, **values: Any) -> Any:
    form = page.form("/confirm")
    data = {"version": form.fields["version"][0], "after": "drafts"} | values
    return sender.post(form.action, data, status, content_type="multipart/form-data")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_subtype_has_a_template_of_its_fields(app: Flask, kind: Kind) -> None:
    release = make_call(kind)
    for subtype in subtypes(kind):
        book = load_workbook(io.BytesIO(b"".join(template(release, subtype))))
        sheet = book.worksheets[0]
        titles = [cell.value for cell in sheet[2]]
        assert len(titles) == len(items_of(subtype)) + 1 == len(set(titles))
        assert f"{release.edition.year}-{kind}-1-{subtype.slug}" in sheet["A1"].value
        required = [item for item in items_of(subtype) if item.required]
        assert sum(str(title).endswith(" *") for title in titles) == len(required) > 2


def test_the_template_is_locked_text_with_choices(app: Flask, unit: AddresseeUnit) -> None:
    book = book_of(unit)
    sheet = book.worksheets[0]
    assert [one.title for one in book.worksheets] == ["条目列表", "填表须知", "选项"]
    assert book.worksheets[2].sheet_state == "hidden"
    assert sheet.protection.sheet
    assert sheet.freeze_panes == f"A{FIRST_ROW}"
    assert sheet.column_dimensions["B"].number_format == "@"
    assert not sheet.column_dimensions["B"].protection.locked
    assert sheet["B2"].protection.locked
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert lists
    assert all(rule.formula1.startswith("'选项'!$") for rule in lists)
    assert all(str(rule.sqref).endswith(str(FIRST_ROW + MOST_ROWS - 1)) for rule in lists)
    choices = [cell.value for cell in book.worksheets[2]["A"]]
    assert "智能经济" in choices


def test_a_filled_template_becomes_drafts(sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW))
    assert "将导入1条条目" in page.main
    assert entries_of(get_unit(unit.id)) == []
    page = confirmed(sender, page)
    assert "已导入1条条目" in page.text
    (entry,) = entries_of(get_unit(unit.id))
    assert (entry.state, entry.title) == (EntryState.DRAFT, ROW["标题"])
    assert entry.details["conditions"] == ["场地已平整", "接入容量已批复"]
    assert str(entry.closes_on) == "2026-12-31"
    assert entry.field is not None
    assert entry.office == "高新技术科"


def test_entries_are_handed_in_at_once_with_their_scan(
    sender: Browser, unit: AddresseeUnit
) -> None:
    page = uploaded(sender, unit, filled(unit, ROW))
    wrong = confirmed(sender, page, 422, after="handed_in")
    assert any("扫描件" in said for said in wrong.errors)
    assert entries_of(get_unit(unit.id)) == []
    page = confirmed(sender, page, after="handed_in", **scan_file())
    assert "第1次：条目" in page.main
    assert entries_of(get_unit(unit.id))[0].state == EntryState.SUBMITTED


def test_the_same_file_twice_changes_nothing(sender: Browser, unit: AddresseeUnit) -> None:
    file = filled(unit, ROW)
    confirmed(sender, uploaded(sender, unit, file))
    page = uploaded(sender, unit, file)
    assert "同一文件已于" in page.main
    assert "已有相同条目，内容一致" in page.main
    assert "该文件没有可导入的行" in page.main
    assert len(entries_of(get_unit(unit.id))) == 1


def test_a_changed_row_changes_its_draft(sender: Browser, unit: AddresseeUnit) -> None:
    confirmed(sender, uploaded(sender, unit, filled(unit, ROW)))
    page = uploaded(sender, unit, filled(unit, ROW | {"摘要": "15座公交场站开放。"}))
    assert "将修改同名草稿：摘要" in page.main
    confirmed(sender, page)
    (entry,) = entries_of(get_unit(unit.id))
    assert entry.summary == "15座公交场站开放。"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"标题": ""}, "请填写标题"),
        ({"标题": "长" * 121}, "121"),
        ({"领域": "没有的领域"}, "“没有的领域”不在可选项中"),
        ({"领域": ""}, "请选择领域"),
        ({"截止日期": "明年"}, "“明年”"),
        ({"需求说明": ""}, "需求说明"),
        ({"摘要": "=A1"}, "公式"),
        ({"牵头单位": "没有的单位"}, "“没有的单位”不是本市的部门或单位"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_at_its_column(
    sender: Browser, unit: AddresseeUnit, values: dict[str, str], said: str
) -> None:
    page = uploaded(sender, unit, filled(unit, ROW | {"标题": "另一条"}, ROW | values))
    assert said in page.main
    assert entries_of(get_unit(unit.id)) == []


def test_a_row_twice_in_a_file_is_taken_once(sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW, ROW))
    assert "与第4行标题相同" in page.main
    confirmed(sender, page)
    assert len(entries_of(get_unit(unit.id))) == 1


def test_a_refused_row_blocks_no_good_one(sender: Browser, unit: AddresseeUnit) -> None:
    confirmed(sender, uploaded(sender, unit, filled(unit, ROW, ROW | {"标题": "长" * 121})))
    assert [entry.title for entry in entries_of(get_unit(unit.id))] == [ROW["标题"]]


def without_column(book: Any) -> None:
    book.worksheets[0].delete_cols(4)


def doubled_column(book: Any) -> None:
    book.worksheets[0]["D2"] = book.worksheets[0]["B2"].value


def without_title(book: Any) -> None:
    book.worksheets[0].delete_cols(2)


def other_year(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["A1"] = str(sheet["A1"].value).replace("2026-", "2025-")


def test_a_missing_column_is_named_and_the_rest_read(sender: Browser, unit: AddresseeUnit) -> None:
    row = {name: value for name, value in ROW.items() if name != "摘要"} | {"摘要": "概述。"}
    page = uploaded(sender, unit, filled(unit, row, change=without_english))
    assert "缺少以下列" in page.main
    assert "将导入1条条目" in page.main


def without_english(book: Any) -> None:
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[2] if cell.value == "英文标题")
    sheet.delete_cols(place)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (doubled_column, "标题"),
        (without_title, "标题"),
        (other_year, "编号2025-opportunity-1-scenario"),
    ],
)
def test_a_wrong_template_gets_one_sentence(
    sender: Browser, unit: AddresseeUnit, change: Change, said: str
) -> None:
    page = uploaded(sender, unit, filled(unit, ROW, change=change), 422)
    assert len(page.errors) == 1
    assert said in page.errors[0]


def test_the_template_of_another_kind_is_told_apart(sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW), 422, subtype="challenge")
    assert "2026-opportunity-1-challenge" in page.errors[0]


def test_too_many_rows_and_an_empty_template(sender: Browser, unit: AddresseeUnit) -> None:
    rows = [ROW | {"标题": f"第{number}条"} for number in range(MOST_ROWS + 1)]
    page = uploaded(sender, unit, filled(unit, *rows), 422)
    assert "每个文件最多300行" in page.errors[0]
    page = uploaded(sender, unit, filled(unit), 422)
    assert "没有条目" in page.errors[0]


def test_macros_are_refused(sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW), 422, name="条目.xlsm")
    assert page.errors == ["该工作簿含有宏：请另存为不含宏的.xlsx后重新上传"]


def test_the_report_comes_back_beside_the_rows(sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW | {"领域": "没有的领域"}))
    answer = sender.ask(page.link("报告"))
    sheet = load_workbook(io.BytesIO(answer.get_data())).worksheets[0]
    assert sheet.cell(2, 1).value == "结果"
    assert "不在可选项中" in sheet.cell(FIRST_ROW, 2).value


def test_a_file_is_thrown_away(sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW))
    again = sender.send(page, "/discard")
    assert "未写入任何内容" in again.text
    form = page.form("/confirm")
    data = {"version": form.fields["version"][0], "after": "drafts"}
    late = sender.post(form.action, data, 422)
    assert "已被导入或放弃" in late.errors[0]


def test_nobody_else_sees_the_file(app: Flask, sender: Browser, unit: AddresseeUnit) -> None:
    page = uploaded(sender, unit, filled(unit, ROW))
    other = Browser(app).sign_in(make_district_sender())
    assert other.ask(page.path).status_code == 404
