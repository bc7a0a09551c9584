"""What an import found is read by everybody in their own language, whoever handed the sheet in."""

from __future__ import annotations

import io
import json
import re

import pytest
from flask import Flask
from flask_babel import force_locale
from openpyxl import load_workbook

from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.database import transaction
from portal.enterprises.actions.imports import undo
from portal.enterprises.queries.imports import every_finding, get_job
from portal.enterprises.queries.records import find_taken
from portal.extensions import db
from portal.sheets.report import in_order
from tests.browser_client import Browser
from tests.enterprises.sheets import (
    firms,
    hand_in_sheet,
    import_sheet,
    row,
    sheet,
    work_on,
)
from tests.factories import make_officer, make_uscc
from tests.sheets.files import csv_file

HAN = re.compile("[\u3400-\u9fff]")
DATA = re.compile("“[^”]*”|示例[^，；。,;: ]*|[^ ]*、[^ ]*|\\S*万元|did you mean [^?]*\\?")
CARD = "51140219900307001X"


def asked_about() -> list[dict[str, str]]:
    """Return rows in which everything is found that asks for a sentence within a sentence."""
    changes: list[dict[str, str]] = [
        {"所属县区": "东坡"},
        {"所属县区": ""},
        {"所属园区": "眉山园区"},
        {"产业": "电子信息", "产业链环节": "不知道"},
        {"新经济类别": "新技术、新东西"},
        {"资质": "高企、示例奖"},
        {"行业代码": "99"},
        {"行业代码": "2614"},
        {"成立日期": "2099-01-01"},
        {"成立日期": "2020年"},
        {"注册资本": "2亿元"},
        {"上年营业收入": "-5"},
        {"研发投入占比": "3000"},
        {"从业人数": "约五十"},
        {"网址": "不是网址"},
        {"主营产品": "=1+1"},
        {"企业名称": ""},
        {"企业名称": CARD},
        {"统一社会信用代码": "1"},
        {"统一社会信用代码": "9.15114E+17"},
        {"统一社会信用代码": make_uscc(1)},
    ]
    rows = [{"统一社会信用代码": make_uscc(n)} | change for n, change in enumerate(changes, 2)]
    return [row(), *(row(**each) for each in rows), {"序号": "合计"}, {"序号": "9"}, {}]


def told(job_id: int, language: str) -> list[str]:
    """Return every message of an import as a reader of this language gets it."""
    with force_locale(language):
        return [each.message for each in every_finding(job_id, in_order())]


@pytest.mark.usefixtures("app")
def test_every_finding_reads_in_english_and_in_chinese() -> None:
    job = hand_in_sheet(sheet(*asked_about()))
    chinese, english = told(job.id, "zh_Hans_CN"), told(job.id, "en")
    assert len(chinese) == len(english) > 20
    assert all(HAN.search(words) for words in chinese)
    assert [words for words in english if HAN.search(DATA.sub("", words))] == []


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("uploaded_in", ["zh_Hans_CN", "en"])
def test_it_does_not_matter_in_which_language_the_sheet_was_handed_in(uploaded_in: str) -> None:
    with force_locale(uploaded_in):
        job = hand_in_sheet(sheet(row(注册资本="约5")))
    assert told(job.id, "zh_Hans_CN") == ["“约5”不是这一列的内容，该项留空"]
    assert told(job.id, "en") == ["“约5” cannot be read here: left empty"]


def test_page_and_downloads_speak_the_readers_language(app: Flask) -> None:
    with force_locale("zh_Hans_CN"):
        job = hand_in_sheet(sheet(row(所属县区="东坡", 成立日期="2099-01-01")))
    clerk = Browser(app).sign_in(make_officer(Right.REVIEW_ENTERPRISES))
    clerk.client.set_cookie("language", "en")
    path = f"/bureau/imports/{job.id}"
    words = "The date of establishment is still to come: check it; left empty"
    assert words in clerk.get(path).main
    report = json.loads(clerk.ask(f"{path}/report.json").get_data())
    assert words in [each["message"] for each in report["rows"]]
    book = load_workbook(io.BytesIO(clerk.ask(f"{path}/report.xlsx").get_data()))
    cells = [str(cell.value) for line in book.worksheets[0].iter_rows() for cell in line[:2]]
    assert any(words in text for text in cells)
    assert "To check" in cells


@pytest.mark.usefixtures("app")
def test_why_a_sheet_could_not_be_read_is_told_in_the_readers_language() -> None:
    job_id = hand_in_sheet(csv_file([["示例名单"], ["示例"]])).id
    for language, words in (("zh_Hans_CN", "没有找到列名"), ("en", "No row names the columns")):
        db.session.expire_all()
        with force_locale(language):
            assert words in get_job(job_id).failure


@pytest.mark.usefixtures("app")
def test_why_an_import_could_not_be_undone_is_told_in_the_readers_language() -> None:
    job = import_sheet(sheet(*firms(3)))
    undo(SYSTEM, job, job.version)
    with transaction():
        record = find_taken(make_uscc(2))
        assert record is not None
        record.website = "https://example.com/meanwhile"
    job_id = work_on(job.id).id
    for language, words in (("zh_Hans_CN", "导入后有变动的企业（1）"), ("en", "since (1) rest on")):
        db.session.expire_all()
        with force_locale(language):
            assert words in get_job(job_id).failure
