"""A whole edition as DOCX, opened again as a word processor would."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Paper
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.directory.paper.edition_paper import chinese_number, edition_paper
from portal.lists.actions import errata
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish
from portal.lists.models import Release
from tests.browser_client import Browser
from tests.factories import make_officer, make_person
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    sign_all,
    start_signing,
)


def fetched(app: Flask, release: Release, reader: Person | None = None) -> Paper:
    """Return the paper as an officer takes it away from the page of papers."""
    browser = Browser(app).sign_in(reader or make_curator())
    page = browser.get(f"/bureau/editions/releases/{release.id}/documents")
    address = f"/bureau/editions/{release.edition_id}/whole.docx"
    assert f'href="{address}"' in page.html
    answer = browser.ask(address)
    assert answer.status_code == 200
    return Document(BytesIO(answer.get_data()))


def headings(paper: Paper) -> list[tuple[str, str]]:
    """Return (level, text) of each heading."""
    found = (p for p in paper.paragraphs if p.style and p.style.name.startswith("Heading"))
    return [(str(p.style.name)[-1], p.text) for p in found if p.style]


def texts(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def test_entries_stand_in_blocks_under_their_field(app: Flask) -> None:
    release = make_published_release(entries=2)
    paper = fetched(app, release)
    assert texts(paper)[0] == "示例市2026年度新经济机会清单"
    assert headings(paper) == [
        ("1", "一、智能经济（2项）"),
        ("2", "（一）公交场站储能应用场景之1"),
        ("2", "（二）公交场站储能应用场景之2"),
    ]
    assert "编号：MS-JH-2026-01-001" in texts(paper)
    assert "联系方式：高新技术科 028-0000 0003" in texts(paper)


def test_before_release_officers_have_what_is_accepted_so_far(app: Flask) -> None:
    release = make_call()
    make_accepted(release, title="园区光储充")
    paper = fetched(app, release)
    assert "编号：待定" in texts(paper)
    assert ("2", "（一）园区光储充") in headings(paper)
    assert any("不是会签文本" in text for text in texts(paper))


def test_the_publisher_without_name_is_not_named(app: Flask) -> None:
    release = make_published_release()
    content = json.loads(release.content or "")
    name = content["entries"][0]["publisher"]["name_zh"]
    assert name in "".join(texts(fetched(app, release)))
    content["entries"][0]["publisher"] |= {"anonymous": True, "name_zh": "匿名发布"}
    paper = Document(BytesIO(edition_paper([content], "2026-11-22")))
    assert "发布主体：匿名发布" in texts(paper)
    assert name not in "".join(texts(paper))


def test_tables_are_tables_and_withdrawn_entries_come_last(app: Flask) -> None:
    release = make_published_release(entries=2)
    erratum = errata.propose_withdrawal(make_curator(), release, release.entries[0], "项目取消")
    issue(make_curator("second"), erratum, erratum.version)
    content = json.loads(release.content or "")
    column = {"key": "a", "type": "text", "label_zh": "站点", "unit_zh": ""}
    table = {"key": "t", "label_zh": "站点表", "columns": [column, column]}
    content["entries"][1]["details"] = [{**table, "type": "table", "value": [["甲", "12"]]}]
    paper = Document(BytesIO(edition_paper([content], "2026-11-22")))
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows][1] == ["甲", "12"]
    assert headings(paper)[-2:] == [
        ("1", "二、已撤回（1项）"),
        ("2", "（一）公交场站储能应用场景之1"),
    ]
    assert texts(paper)[-1].endswith("：项目取消")


def test_an_edition_of_several_releases_has_them_one_after_the_other(app: Flask) -> None:
    content = json.loads(make_published_release().content or "")
    later = json.loads(json.dumps(content))
    later["release"]["number"] = 2
    paper = Document(BytesIO(edition_paper([content, later], "2026-11-22")))
    assert [text for level, text in headings(paper) if level == "1"] == ["第1批", "第2批"]
    assert ("3", "（一）公交场站储能应用场景之1") in headings(paper)


def test_only_officers_of_the_lists_have_it(app: Flask) -> None:
    release = make_call()
    address = f"/bureau/editions/{release.edition_id}/whole.docx"
    for person in (make_person("other@example.com"), make_officer(Right.PUBLISH_NOTICES)):
        Browser(app).sign_in(person).get(address, status=403)
    curator = Browser(app).sign_in(make_curator())
    curator.get("/bureau/editions/987654/whole.docx", status=404)


def test_an_edition_of_which_nothing_stands_has_none(app: Flask) -> None:
    release = make_call()
    make_accepted(release)
    start_signing(release)
    sign_all(release)
    publish(make_curator(), release, release.version)
    erratum = errata.propose_withdrawal(make_curator(), release, None, "清单有误")
    issue(make_curator("second"), erratum, erratum.version)
    curator = Browser(app).sign_in(make_curator())
    curator.get(f"/bureau/editions/{release.edition_id}/whole.docx", status=404)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "一百"),
     (103, "一百零三"), (110, "一百一十"), (500, "五百")],
)  # fmt: skip
def test_headings_count_in_chinese(number: int, said: str) -> None:
    assert chinese_number(number) == said
