"""The scan of the document a release was issued with: public with the release, never before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.errors import Refused
from portal.lists.actions.documents import keep_issued_document
from portal.lists.actions.publication import publish
from portal.lists.models import Release
from portal.lists.queries.documents import issued_documents
from tests.browser_client import Browser
from tests.files.factories import PDF, PNG, upload
from tests.lists.factories import make_curator, make_signed_release

Someone = Callable[[Person], Browser]
PUBLIC = "/lists/2026/opportunity/1/document"


@pytest.fixture
def release(app: Flask) -> Release:
    return make_signed_release()


def keep(someone: Someone, release: Release, content: bytes = PDF, name: str = "发文.pdf") -> None:
    browser = someone(make_curator())
    page = browser.get(f"/bureau/editions/releases/{release.id}/document")
    assert "请选择扫描的文件" in browser.send(page, "document", status=422).main
    done = browser.send(page, "document", document=upload(content, name))
    assert "文件已保存" in done.text


def test_the_public_reads_it_with_the_release_and_never_before(
    release: Release, someone: Someone, visitor: Browser
) -> None:
    keep(someone, release)
    assert visitor.ask(PUBLIC).status_code == 404
    publish(make_curator(), release, release.version)
    assert visitor.get("/lists/2026/opportunity").link("正式文件（扫描件）") == PUBLIC
    answer = visitor.ask(PUBLIC)
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_later_scan_takes_the_place_of_the_one_before(release: Release, someone: Someone) -> None:
    keep(someone, release)
    keep(someone, release, PNG, "发文.png")
    assert issued_documents([release.id])[release.id].original_name == "发文.png"


def test_a_release_without_one_has_none_to_hand_out(release: Release, visitor: Browser) -> None:
    publish(make_curator(), release, release.version)
    assert visitor.ask(PUBLIC).status_code == 404
    assert "扫描件" not in visitor.get("/lists/2026/opportunity").main


def test_the_action_refuses_to_keep_nothing(release: Release) -> None:
    with pytest.raises(Refused, match="请选择扫描的文件"):
        keep_issued_document(make_curator(), release, release.version, None)
