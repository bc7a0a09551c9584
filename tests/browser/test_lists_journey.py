"""A title and its badge, an edition from its call to the public, and finding it, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Open
from tests.browser.people import heading, sign_in
from tests.files.factories import PDF

CODE = "91511400MA0000015X"  # the demonstration's 四川岷江储能科技有限公司（示例）
EDITION = "眉山市2027年度新经济典型案例（示例）"
ENTRY = "示例：退役电池在园区备电中的梯次利用"


def fill(page: Page, **values: str) -> None:
    """Fill in the main form by the names of its fields."""
    for name, value in values.items():
        control = page.locator(f"main [name={name}]").first
        kind = control.evaluate("element => element.type")
        if kind in ("radio", "checkbox"):
            page.locator(f"main [name={name}][value={value}]").check()
        elif kind == "select-one":
            control.select_option(value)
        else:
            control.fill(value)


def press(page: Page, words: str) -> None:
    """Press a button of the page's main part."""
    page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def test_a_recorded_title_becomes_a_badge_with_its_basis(open_browser: Open) -> None:
    officer, visitor = sign_in(open_browser(), "science-recogniser@portal.example"), open_browser()
    officer.goto("/bureau/titles/find-enterprise?kind=tech_sme&q=天府眉山机器人")
    officer.locator("main .row-list a").first.click()
    fill(officer, number="202651140208000077", granted_on="2026-06-30")
    fill(officer, source_title="示例：2026年第三批科技型中小企业入库名单", source_date="2026-07-01")
    fill(officer, source_url="https://notices.example.com/tech-sme-2026-3")
    officer.locator("main form button.button").first.click()
    expect(officer.locator("main")).to_contain_text("202651140208000077")
    visitor.goto("/search?q=天府眉山机器人&kind=enterprise")
    visitor.locator("main .row-list a").first.click()
    badge = visitor.locator("article.badge", has_text="202651140208000077")
    expect(badge).to_contain_text("已核实")
    expect(badge).to_contain_text("有效期2026-06-30至")


def plan_and_call(curator: Page) -> str:
    """Plan an edition, open its call and return the board's address."""
    curator.goto("/bureau/editions/new")
    fill(curator, year="2027", kind="case", title_zh=EDITION, title_en="Cases 2027 (sample)")
    fill(curator, first="meishan-coop", second="meishan-eit")
    press(curator, "建立清单")
    fill(curator, opens_on="2026-11-22")
    press(curator, "开始征集")
    expect(curator.locator(".page-head")).to_contain_text("征集中")
    return curator.url


def send_in(member: Page) -> None:
    """Write a case and send it in."""
    member.goto("/my/entries")
    member.get_by_role("link", name="2027年度").click()
    fill(member, subtype="practice")
    press(member, "开始填写")
    member.get_by_role("link", name="标题和摘要").click()
    fill(member, title=ENTRY, summary="退役电池重组后用于园区备电。")
    press(member, "保存并继续")
    fill(member, details_background="示例背景。", details_practice="示例做法。")
    press(member, "保存并继续")
    fill(member, details_results="备电成本下降 | 22 | % | 与铅酸相比")
    press(member, "保存并继续")
    press(member, "保存并继续")
    fill(member, field="green-economy")
    press(member, "保存并继续")
    press(member, "保存并继续")
    heading(member, "核对并报送")
    press(member, "报送条目")
    expect(member.locator("main")).to_contain_text("待遴选")


def choose(curator: Page, board: str) -> None:
    """Accept the entry and end the call."""
    curator.goto(board)
    curator.get_by_role("link", name=ENTRY).click()
    fill(curator, decision="accept")
    press(curator, "提交办理结果")
    for step in ("截止征集", "开始遴选"):
        curator.goto(board)
        press(curator, step)


def review(open_browser: Open, curator: Page, board: str) -> None:
    """Fill in the review sheet by three officers, then fix the content for signing."""
    curator.goto(board)
    press(curator, "提交会签")
    expect(curator.locator(".error-summary")).to_contain_text("审核单尚不完整")
    industry = sign_in(open_browser(), "industry-curator@portal.example")
    signer = sign_in(open_browser(), "signer@portal.example")
    for officer, parts in (
        (curator, ("first_review", "fair_competition")),
        (industry, ("second_review", "secrecy_review")),
        (signer, ("final_review",)),
    ):
        for part in parts:
            officer.goto(f"{board}/review-sheet")
            fill(officer, part=part, conclusion="passed")
            press(officer, "填写本项")
    curator.goto(board)
    press(curator, "提交会签")
    expect(curator.locator(".page-head")).to_contain_text("会签")


def sign(open_browser: Open, board: str) -> None:
    """Have the first body sign in the system, the second on paper with a second officer."""
    first = sign_in(open_browser(), "signer@portal.example")
    first.goto(board)
    first.get_by_role("link", name="阅读并会签").click()
    first.locator("main [name=agreed]").check()
    press(first, "会签")
    recorder = sign_in(open_browser(), "industry-signer@portal.example")
    recorder.goto(board)
    recorder.get_by_role("link", name="登记纸质会签").click()
    fill(recorder, signer_name="示例签署人", signer_post="示例职务", signed_on="2026-11-22")
    fill(recorder, reference="示例纸质件第1号")
    scan: FilePayload = {"name": "会签单.pdf", "mimeType": "application/pdf", "buffer": PDF}
    recorder.locator("main [name=scan]").set_input_files(scan)
    press(recorder, "登记会签")
    second = sign_in(open_browser(), "second-industry-signer@portal.example")
    second.goto(board)
    second.locator("main").get_by_role("link", name=re.compile("确认")).first.click()
    second.locator("main [name=agreed]").check()
    press(second, "确认会签")


def test_an_edition_from_its_call_to_the_public(open_browser: Open) -> None:
    curator, visitor = sign_in(open_browser(), "curator@portal.example"), open_browser()
    board = plan_and_call(curator)
    send_in(sign_in(open_browser(), "owner@portal.example"))
    choose(curator, board)
    review(open_browser, curator, board)
    sign(open_browser, board)
    for hidden in ("/lists/2027/case", "/entries/MS-AL-2027-01-001"):
        assert visitor.goto(hidden).status == 404  # type: ignore[union-attr]
    visitor.goto("/search?q=梯次利用备电")
    assert ENTRY not in visitor.content()
    curator.goto(board)
    curator.get_by_role("link", name="发布", exact=True).click()
    press(curator, "立即发布")
    visitor.goto("/lists/2027/case")
    heading(visitor, EDITION)
    visitor.get_by_role("link", name=ENTRY).first.click()
    heading(visitor, ENTRY)
    expect(visitor.locator("main")).to_contain_text("MS-AL-2027-01-001")
    file = visitor.request.get("/lists/case.csv").text()
    assert ENTRY in file
    visitor.goto("/search?q=MS-AL-2027-01-001")
    heading(visitor, ENTRY)


def test_a_visitor_finds_what_the_city_has(open_browser: Open) -> None:
    visitor = open_browser()
    visitor.goto("/")
    visitor.locator("main [name=q]").first.fill("储能")
    visitor.locator("main [name=q]").first.press("Enter")
    expect(visitor.locator("main mark").first).to_contain_text("储能")
    for words in ("瞪羚", "锂", "岷江储能"):
        visitor.goto(f"/search?q={words}")
        expect(visitor.locator("main .row-list .entry").first).to_be_visible()
    visitor.goto(f"/search?q={CODE}")
    expect(visitor.locator("h1")).to_contain_text("四川岷江储能科技有限公司（示例）")
    visitor.goto("/lists/opportunity?state=open&field=green-economy&year=2025")
    counted = visitor.locator(".result-head b").first.inner_text()
    assert int(counted) == visitor.locator("main .row-list .entry").count()
    expect(visitor.locator(".chosen")).to_contain_text("绿色经济")
