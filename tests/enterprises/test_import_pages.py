"""A clerk hands a sheet in, looks at it, reads the report, confirms and takes it back."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from portal import clock
from portal.accounts.terms import Right
from portal.enterprises.queries.imports import get_job
from portal.enterprises.terms.record import ImportState
from portal.extensions import db
from portal.files import path_of
from tests.browser_client import Browser
from tests.classification.factories import make_recogniser
from tests.enterprises.sheets import TITLES, firms, import_sheet, row, sheet
from tests.factories import make_officer, make_uscc
from tests.sheets.files import csv_file, xlsx_file
from tests.worker import drain

CARD = "51140219900307001X"


@pytest.fixture
def clerk(app: Flask) -> Browser:
    """A reviewer of the whole city, signed in."""
    return Browser(app).sign_in(make_officer(Right.REVIEW_ENTERPRISES))


def upload(clerk: Browser, source: io.BytesIO, name: str = "企业名单.csv") -> str:
    """Hand a sheet in; return the address it led to."""
    clerk.send(clerk.get("/bureau/imports/"), "/upload", file=(source, name))
    return str(clerk.response.request.path)


def test_from_the_sheet_to_the_registry_and_back(app: Flask, clerk: Browser) -> None:
    rows = [
        *firms(2),
        row(统一社会信用代码="1", 序号="3"),
        row(注册资本="约5", 统一社会信用代码=make_uscc(9)),
    ]
    path = upload(clerk, sheet(*rows))
    page = clerk.get(path)
    assert "列名所在行已标出" in page.main
    page = clerk.send(page, "/check")
    assert clerk.response.headers["Refresh"] == "3"
    assert "已检查0行" in page.main
    drain(app)
    page = clerk.get(path)
    assert "Refresh" not in clerk.response.headers
    assert "将写入3行" in page.main
    assert "18位" in page.main
    assert "约5" in clerk.get(f"{path}?level=warned").main
    page = clerk.send(page, "/confirm")
    assert "已确认，正在写入" in page.text
    drain(app)
    page = clerk.get(path)
    assert "已写入3行" in page.main
    assert "示例1号有限公司" in Browser(app).get("/enterprises").main
    records = clerk.get("/bureau/enterprises")
    record = clerk.get(records.link(make_uscc(1)))
    assert "由主管部门按表格代录" in record.main
    page = clerk.send(page, "/undo")
    assert "正在删除" in page.text
    assert "示例1号有限公司" not in Browser(app).get("/enterprises").main
    drain(app)
    assert "已撤销" in clerk.get(path).main


def test_what_cannot_be_read_is_said_at_the_field_and_nothing_is_kept(clerk: Browser) -> None:
    page = clerk.send(
        clerk.get("/bureau/imports/"),
        "/upload",
        file=(io.BytesIO(b"<html></html>"), "a.xls"),
        status=422,
    )
    assert "网页或XML" in page.errors[0]
    assert "还没有上传过表格" in page.main


def test_the_clerk_chooses_the_row_of_titles(app: Flask, clerk: Browser) -> None:
    titles = [*TITLES, "企业规模"]
    path = upload(clerk, csv_file([["企业名称"], ["示例名单"], titles]))
    page = clerk.get(path)
    page = clerk.send(page, "/check", header_row="1")
    drain(app)
    page = clerk.get(path)
    assert "第1行没有列名统一社会信用代码、所属县区" in page.main
    clerk.send(page, "/check", header_row="3")
    drain(app)
    assert "“企业规模”不是本表的列，没有读入" in clerk.get(path).main


def test_a_file_with_identity_numbers_goes_once_its_rows_are_written(
    app: Flask, clerk: Browser
) -> None:
    rows = [*firms(1), row(统一社会信用代码=make_uscc(2), 备注=f"法定代表人{CARD}")]
    path = upload(clerk, sheet(*rows))
    clerk.send(clerk.get(path), "/check")
    drain(app)
    page = clerk.get(path)
    assert "有1行含有疑似身份证号码" in page.main
    assert "写入完成后即删除上传的文件" in page.main
    kept = get_job(int(path.rpartition("/")[2])).file
    assert kept is not None
    assert (kept.removed_at, kept.keep_until) == (None, clock.today() + timedelta(days=3))
    stored = path_of(Path(app.config["FILES"]), kept.name)
    assert stored.exists()
    clerk.send(page, "/confirm")
    drain(app)
    assert "上传的文件已删除" in clerk.get(path).main
    assert not stored.exists()
    assert CARD not in clerk.ask(f"{path}/report.json").get_data(as_text=True)
    assert clerk.ask(f"{path}/report.xlsx").status_code == 200


def test_it_goes_at_once_when_no_row_is_to_be_written(app: Flask, clerk: Browser) -> None:
    path = upload(clerk, sheet(row(统一社会信用代码=CARD)))
    clerk.send(clerk.get(path), "/check")
    drain(app)
    assert "上传的文件已删除" in clerk.get(path).main


def test_the_reports_repeat_the_sheet_without_identity_numbers_or_formulas(
    app: Flask, clerk: Browser
) -> None:
    rows = [
        ["名单"],
        TITLES,
        ["1", "示例甲公司", CARD, "东坡区"],
        [],
        ["2", "+示例", make_uscc(2), "东坡区"],
    ]
    path = upload(clerk, xlsx_file(rows), "a.xlsx")
    clerk.send(clerk.get(path), "/check")
    drain(app)
    answer = clerk.ask(f"{path}/report.xlsx")
    book = load_workbook(io.BytesIO(answer.get_data()))
    cells = [[cell.value for cell in line[:5]] for line in book["结果"].iter_rows()]
    assert cells[1][:3] == ["结果", "说明", "序号"]
    assert [cells[2][0], cells[2][4]] == ["不接收", "511402************"]
    assert cells[3][:2] == ["跳过", "空行"]
    assert [cells[4][0], cells[4][3]] == ["无误", "+示例"]
    assert book["结果"].cell(5, 4).quotePrefix
    report = json.loads(clerk.ask(f"{path}/report.json").get_data())
    assert list(report) == ["totals", "rows"]
    assert report["totals"] == {
        "rows": 4,
        "ok": 1,
        "fixed": 0,
        "warned": 0,
        "refused": 1,
        "skipped": 2,
    }
    assert [(each["row"], each["ref"], each["level"]) for each in report["rows"]] == [
        (2, "", "skipped"),
        (3, "1", "refused"),
        (4, "", "skipped"),
        (5, "2", "ok"),
    ]
    assert CARD not in answer.get_data().decode("latin-1") + str(report)


def test_a_form_opened_before_the_import_went_on_changes_nothing(
    app: Flask, clerk: Browser
) -> None:
    path = upload(clerk, sheet(*firms(1)))
    clerk.send(clerk.get(path), "/check")
    drain(app)
    page = clerk.get(path)
    clerk.send(page, "/confirm")
    page = clerk.send(page, "/confirm", status=422)
    assert page.errors == ["打开页面后这次导入已有进展，请重新打开"]
    db.session.expire_all()
    assert get_job(int(path.rpartition("/")[2])).state == ImportState.CONFIRMED


def test_officers_verify_the_titles_a_sheet_names(app: Flask, clerk: Browser) -> None:
    import_sheet(sheet(row(资质="高企、科技型中小企业")))
    drain(app)
    officer = Browser(app).sign_in(make_recogniser())
    page = officer.get("/bureau/titles/claims")
    assert "示例岷江储能有限公司" in page.main
    assert "高新技术企业" not in Browser(app).get(f"/enterprises/{make_uscc(1)}").main
    page = officer.get(page.link("不予核实"))
    page = officer.send(page, status=422)
    assert page.errors == ["请说明未核实的理由和依据"]
    page = officer.send(page, ground="示例：名单中没有该企业")
    assert "已作未核实处理，申报和理由均予保留" in page.text
    assert page.main.count("不予核实：示例岷江储能有限公司") == 1


def test_the_empty_sheet_has_every_column(clerk: Browser) -> None:
    answer = clerk.ask("/bureau/imports/template.xlsx")
    book = load_workbook(io.BytesIO(answer.get_data()))
    assert [cell.value for cell in book.worksheets[0][1]] == TITLES
