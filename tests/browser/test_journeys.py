"""From signing up to the public profile, in a real browser over the real portal."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Open
from tests.browser.people import fill_step, heading, sign_in, sign_up
from tests.factories import make_uscc

NAME = "示例岷江固态电池有限公司"
CODE = make_uscc(901)
STEPS: list[dict[str, str | list[str]]] = [
    {
        "统一社会信用代码": CODE.lower(),
        "企业名称": NAME,
        "成立日期": "2016-05-04",
        "注册资本": "8000",
    },
    {"所在区县": "dongpo", "所在功能区": "meishan-hitech"},
    {
        "行业大类": "division-38",
        "重点产业": "new-energy-materials",
        "产业链环节": "storage-battery",
        "四新类别": ["新产业"],
    },
    {"主营产品": "固态电池", "企业简介": "示例企业，专注固态电池。", "网址": "example.com"},
    {
        "对外联系部门": "市场部",
        "对外联系座机": "028-0000 0101",
        "联系人": "示例联系人",
        "联系电话": "13800000000",
    },
]


def register(page: Page) -> str:
    """Register the enterprise step by step and return the submission number."""
    page.get_by_role("link", name="登记企业").click()
    page.get_by_role("button", name="开始填写").click()
    fill_step(page, STEPS[0])
    expect(page.get_by_text(f"信用代码已规范为{CODE}")).to_be_visible()
    for answers in STEPS[1:]:
        fill_step(page, answers)
    heading(page, "核对并提交")
    page.get_by_role("button", name="提交核验").click()
    heading(page, "已提交")
    return page.locator("dd").first.inner_text()


def decide(officer: Page, number: str, decision: str, reason: str = "") -> None:
    """Decide on a submission from the worklist."""
    officer.goto("/bureau/worklist")
    officer.get_by_role("link", name=number).click()
    heading(officer, NAME)
    if reason:
        officer.get_by_label("补正原因：主营产品").fill(reason)
    officer.get_by_role("radio", name=decision).check()
    officer.locator("#decision-form button").click()
    officer.wait_for_url("**/bureau/worklist*")


def test_from_signing_up_to_the_public_profile(open_browser: Open) -> None:
    member, district, city, visitor = *(open_browser() for _ in range(3)), open_browser(390)
    sign_up(member, "solid-state@example.com")
    number = register(member)
    sign_in(district, "dongpo-reviewer@portal.example")
    sign_in(city, "reviewer@portal.example")
    assert visitor.goto(f"/enterprises/{CODE}").status == 404  # type: ignore[union-attr]

    decide(district, number, "退回补正", "请写明型号。")
    member.get_by_role("link", name="查看登记信息").click()
    member.get_by_role("link", name="产品与简介").click()
    expect(member.locator(".error-summary")).to_contain_text("请写明型号。")
    member.get_by_label("主营产品").fill("固态电池SSB-1型")
    member.get_by_role("button", name="保存并继续").click()
    member.get_by_role("button", name="保存并继续").click()
    member.get_by_role("button", name="提交核验").click()
    number = member.locator("dd").first.inner_text()

    decide(district, number, "初审通过，报市级复审")
    decide(city, number, "准予入库")
    visitor.goto(f"/enterprises/{CODE}")
    heading(visitor, NAME)
    expect(visitor.locator("main")).to_contain_text("固态电池SSB-1型")
    assert "13800000000" not in visitor.content()
    member.get_by_role("link", name="查看登记信息").click()
    expect(member.locator("main")).to_contain_text("入库，编号")


def focused(page: Page) -> str:
    """Return the name of the control that has the focus, or what it reads."""
    return str(
        page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.name || e.innerText || e.className; }"
        )
    )


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a control has the focus, which must be seen."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if focused(page).strip() == name:
            outline = page.evaluate(
                "() => getComputedStyle(document.activeElement).outlineStyle"
                " + getComputedStyle(document.activeElement).boxShadow"
            )
            assert outline != "nonenone", f"focus on {name} cannot be seen"
            return
    raise AssertionError(f"no way to {name} by keyboard")


def test_signing_in_and_filling_a_step_by_keyboard_alone(open_browser: Open) -> None:
    page = open_browser()
    page.goto("/account/sign-in")
    page.keyboard.press("Tab")
    assert focused(page).strip() == "跳到主要内容" or "skip" in focused(page)
    tab_to(page, "account")
    page.keyboard.type("owner@portal.example")
    tab_to(page, "password")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "password", "the summary's link leads to the field"
    page.goto("/account/sign-in")
    tab_to(page, "account")
    page.keyboard.type("reviewer@portal.example")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "待办理")
    page.goto("/my/enterprises/new")
    tab_to(page, "开始填写")
    page.keyboard.press("Enter")
    heading(page, "信用代码与基本情况")
    tab_to(page, "uscc")
    page.keyboard.type(make_uscc(902))
    tab_to(page, "name")
    page.keyboard.type("示例键盘有限公司")
    tab_to(page, "later")
    page.keyboard.press("Enter")
    heading(page, "示例键盘有限公司")
