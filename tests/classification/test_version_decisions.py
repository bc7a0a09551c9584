"""Who proposed a version of the rules is told what the second officer decided."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from portal.accounts.models import Person
from portal.classification.actions.versions import reject_version
from tests.browser_client import Browser
from tests.classification.version_factories import make_enacted, make_proposed, second, writer
from tests.worker import Mailbox

SignedIn = Callable[[Person], Browser]


def test_who_proposed_it_reads_by_mail_and_inbox_that_it_is_in_force(
    app: Flask, someone: SignedIn, mailbox: Mailbox
) -> None:
    officer = writer()
    make_enacted(officer, second())
    assert mailbox.subjects("writer@portal.example") == ["已启用：zjtx.2027版标准"]
    page = someone(officer).get("/my/inbox")
    assert "已启用：zjtx.2027版标准" in page.main
    assert mailbox.link("writer@portal.example") == "/bureau/titles/rules/zjtx.2027"


def test_who_proposed_it_reads_why_it_is_rejected(app: Flask, mailbox: Mailbox) -> None:
    row = make_proposed(writer())
    reject_version(second(), row, row.version, "示例：缺少依据文件")
    (mail,) = mailbox.mails("writer@portal.example")
    assert "示例：缺少依据文件" in mail.get_content()
    assert mailbox.mails("second@portal.example") == []
