"""The submission draft and the sign-off sheet, opened again as a word processor would."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Paper
from flask import Flask

from portal.lists.models import Release
from tests.browser_client import Browser
from tests.lists.factories import make_accepted, make_call, make_curator, start_signing


@pytest.fixture
def release() -> Release:
    made = make_call()
    for name in ("公交场站储能", "园区光储充"):
        make_accepted(made, title=name)
    return made


def opened(body: bytes) -> Paper:
    return Document(BytesIO(body))


def texts(paper: Paper) -> str:
    return "\n".join(paragraph.text for paragraph in paper.paragraphs)


def fetched(app: Flask, release: Release, name: str, status: int = 200) -> bytes:
    browser = Browser(app).sign_in(make_curator())
    answer = browser.ask(f"/bureau/editions/releases/{release.id}/documents/{name}")
    assert answer.status_code == status
    return answer.get_data()


def test_the_draft_has_title_number_body_and_the_list_as_an_annex(
    app: Flask, release: Release
) -> None:
    paper = opened(fetched(app, release, "draft"))
    assert paper.paragraphs[0].text == "示例市2026年度新经济机会清单"
    assert "文号待定" in texts(paper)
    assert "共2项，其中应用场景2项" in texts(paper)
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[2] for row in rows[1:]] == ["公交场站储能", "园区光储充"]
    assert rows[1][0] == "1"


def test_the_draft_is_set_as_official_documents_are(app: Flask, release: Release) -> None:
    first, annex = opened(fetched(app, release, "draft")).sections
    margins = (first.page_width, first.top_margin, first.left_margin)
    assert [round(one.mm) for one in margins] == [210, 37, 28]
    assert round(annex.page_width.mm) == 297


def test_the_sheet_names_the_check_code_and_the_bodies_in_their_order(
    app: Flask, release: Release
) -> None:
    fetched(app, release, "sheet", 404)
    start_signing(release)
    paper = opened(fetched(app, release, "sheet"))
    assert str(release.check_code) in texts(paper)
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[:2] for row in rows[1:]] == [["1", "市经济合作局"], ["2", "市经济和信息化局"]]


def test_one_act_gives_both(app: Flask, release: Release) -> None:
    start_signing(release)
    with ZipFile(BytesIO(fetched(app, release, "both"))) as archive:
        assert archive.namelist() == ["送审稿.docx", "会签单.docx"]
        draft = opened(archive.read("送审稿.docx"))
    assert str(release.check_code) in texts(draft)
    page = Browser(app).sign_in(make_curator())
    shown = page.get(f"/bureau/editions/releases/{release.id}/documents")
    assert "会签单" in shown.main
