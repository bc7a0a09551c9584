"""A sheet from its upload to the registry and back again, in a browser with its worker."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.people import heading, sign_in

SHEET = """企业名称,统一社会信用代码,所属县区,从业人数,成立日期
示例旅程一号制造有限公司,91511402MD1000001R,东坡区,35,2019.5.6
示例旅程二号软件有限公司,91511402MD1000002W,东坡区,12,
示例旅程三号有限公司,1,东坡区,8,
"""
FIRST = "示例旅程一号制造有限公司"
WORKER = 60_000  # milliseconds the worker may take on a small machine


def report(officer: Page, words: str) -> None:
    """Wait until the report says so: it looks again by itself."""
    expect(officer.locator("main")).to_contain_text(words, timeout=WORKER)


def listed(visitor: Page, name: str) -> int:
    """Return how often the public list names an enterprise."""
    visitor.goto(f"/enterprises?q={name}")
    return visitor.locator("main .row-list", has_text=name).count()


def test_a_sheet_is_checked_confirmed_written_and_taken_back(
    open_browser: Open, tmp_path: Path
) -> None:
    sheet = tmp_path / "旅程.csv"
    sheet.write_text(SHEET, encoding="utf-8-sig")
    officer, visitor = sign_in(open_browser(), "reviewer@portal.example"), open_browser()
    officer.goto("/bureau/imports/")
    officer.locator("main input[type=file]").set_input_files(sheet)
    officer.locator("main form button.button").first.click()
    expect(officer.locator("main")).to_contain_text("列名所在行已标出")
    officer.locator("main").get_by_role("button", name=re.compile("检查")).first.click()
    report(officer, "将写入2行")
    expect(officer.locator("main")).to_contain_text("18位")
    assert listed(visitor, FIRST) == 0
    officer.get_by_role("button", name="确认写入").click()
    report(officer, "已写入2行")
    assert listed(visitor, FIRST) == 1
    officer.get_by_role("button", name="撤销整次导入").click()
    report(officer, "已撤销")
    heading(officer, "第3次导入")  # the demonstration has two
    assert listed(visitor, FIRST) == 0
