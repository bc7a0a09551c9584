"""A public notice keeps the names it was published with; later pages say both names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.recognition.models import RecognitionApplication
from portal.recognition.queries.applications import get_application
from tests.browser_client import Browser
from tests.recognition.factories import (
    make_firm,
    make_noticed,
    owner_of,
    recognise,
    recogniser,
)
from tests.recognition.test_merges import merge, undo

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]
OLD, NEW = "示例申报2公司", "示例留存公司"


def rename(application: RecognitionApplication) -> None:
    """Give the applicant another name, as an accepted change does."""
    with transaction():
        db.session.get_one(Enterprise, application.enterprise_id).name = NEW


def take_into_another(application: RecognitionApplication) -> None:
    """Merge the applicant into another record."""
    survivor = make_firm(1, name=NEW)
    merge(survivor, db.session.get_one(Enterprise, application.enterprise_id))


@pytest.mark.parametrize("change", [rename, take_into_another])
def test_the_notice_keeps_the_name_and_later_pages_say_both(
    app: Flask,
    someone: SignIn,
    visitor: Browser,
    wait: Wait,
    change: Callable[[RecognitionApplication], None],
) -> None:
    notice, (application,) = make_noticed(2)
    code = application.enterprise.uscc
    path = f"/recognition/notices/{notice.id}"
    assert "现名" not in visitor.get(path).main
    change(application)
    page = visitor.get(path)
    for words in (OLD, code, f"现名：{NEW}"):
        assert words in page.main
    page = someone(owner_of()) if change is take_into_another else someone(owner_of(2))
    objecting = page.get(visitor.get(path).link("提出异议"))
    assert f"公示时名称：{OLD}" in objecting.main
    wait(days=6)
    page = someone(recogniser("decider")).get(
        f"/bureau/recognition/applications/{application.id}/decision"
    )
    assert NEW in page.main
    assert f"公示时名称：{OLD}" in page.main
    recognise(get_application(application.id), recogniser("decider"))
    title = get_application(application.id).title
    assert title is not None
    page = visitor.get(f"/titles/check/{title.number}")
    assert NEW in page.main
    assert f"认定时名称：{OLD}" in page.main


def test_after_an_undone_merge_only_one_name_is_said(app: Flask, visitor: Browser) -> None:
    notice, (application,) = make_noticed(2)
    survivor = make_firm(1, name=NEW)
    undo(merge(survivor, db.session.get_one(Enterprise, application.enterprise_id)))
    page = visitor.get(f"/recognition/notices/{notice.id}")
    assert OLD in page.main
    assert "现名" not in page.main
