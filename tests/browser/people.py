"""What people do again and again in the browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD


def heading(page: Page, words: str) -> None:
    """Expect the page's heading."""
    expect(page.locator("h1")).to_have_text(words)


def sign_in(page: Page, mail: str) -> Page:
    """Sign in by mail address and return the page."""
    page.goto("/account/sign-in")
    page.get_by_label("手机号或邮箱").fill(mail)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile("/my/|/bureau/"))
    return page


def sign_up(page: Page, mail: str) -> None:
    """Sign up, read the mail on the demonstration's page and confirm the address."""
    page.goto("/account/sign-up")
    page.get_by_label("手机号或邮箱").fill(mail)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="注册").click()
    heading(page, "请查收邮件")
    page.get_by_role("link", name="演示：查看本平台写出的邮件").click()
    mails = page.locator("section.panel", has_text=mail)
    for _try in range(40):  # the worker looks into its outbox twice a second
        if mails.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    mails.first.get_by_role("link").click()
    heading(page, "确认邮箱")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认并登录").click()
    heading(page, "个人信息处理规则")
    page.locator("main").get_by_role("checkbox").check()
    page.locator("main form button").click()
    heading(page, "我的企业")


def fill_step(page: Page, answers: dict[str, str | list[str]]) -> None:
    """Fill in one step by the labels of its fields, and go on."""
    for label, value in answers.items():
        if isinstance(value, list):
            for each in value:
                page.get_by_role("checkbox", name=each).check()
            continue
        control = page.get_by_label(label).first
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.get_by_role("button", name="保存并继续").click()
