"""Policies and notices: which are public, and their text as safe HTML."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import InvalidRequestError

from portal import clock
from portal.errors import NotFound
from portal.notices import queries
from portal.notices.actions import put_policy
from portal.notices.models import Policy
from portal.notices.text import body_html


def make_notice(serial: int, days_ago: int, kind: str = "notice") -> Policy:
    return put_policy(
        f"sample-{serial}",
        kind=kind,
        title_zh=f"示例通知{serial}",
        title_en=f"Sample notice {serial}",
        published_on=clock.today() - timedelta(days=days_ago),
        body="正文",
    )


@pytest.mark.usefixtures("app")
def test_a_notice_is_public_from_its_day_on() -> None:
    make_notice(1, 0)
    make_notice(2, -1)
    assert queries.get_policy("sample-1").title_zh == "示例通知1"
    with pytest.raises(NotFound):
        queries.get_policy("sample-2")
    assert [one.slug for one in queries.latest(1)] == ["sample-1"]


@pytest.mark.usefixtures("app")
def test_lists_are_paged_newest_first_by_kind_and_without_bodies() -> None:
    for serial in range(3):
        make_notice(serial, days_ago=serial)
    make_notice(9, 1, kind="interpretation")
    slugs = [one.slug for one in queries.policies(kind="notice", limit=2)]
    assert slugs == ["sample-0", "sample-1"]
    assert [one.slug for one in queries.policies(kind="notice", offset=2)] == ["sample-2"]
    assert queries.count_policies(kind="notice") == 3
    assert [row.slug for row in queries.latest(2)] == [
        one.slug for one in queries.policies(limit=2)
    ]
    with pytest.raises(InvalidRequestError):
        _ = queries.policies(limit=1)[0].body


@pytest.mark.usefixtures("app")
def test_the_plan_is_a_policy_page_with_its_facts() -> None:
    plan = queries.get_policy("plan-2022-17")
    assert (plan.document_no, plan.in_force) == ("眉府办发〔2022〕17号", True)
    html = body_html(plan.body)
    assert "<h2>一、总体原则</h2>" in html
    assert "聚集新经济企业超500家" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# 标题", "<h2>标题</h2>\n"),
        ("**要点**", "<p><strong>要点</strong></p>\n"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[文](javascript:alert(1))", "<p>[文](javascript:alert(1))</p>\n"),
        ("<b onclick='x'>字</b>", "<p>&lt;b onclick='x'&gt;字&lt;/b&gt;</p>\n"),
    ],
)
def test_markdown_becomes_html_that_cannot_do_harm(text: str, html: str) -> None:
    assert body_html(text) == html or html in body_html(text)


def test_tables_carry_no_inline_style_and_links_leave_safely() -> None:
    html = body_html("|甲|乙|\n|--:|---|\n|1|2|\n\n[原文](https://example.com/)")
    assert "<td>1</td>" in html
    assert "style" not in html
    assert 'rel="noopener noreferrer"' in html


def test_an_unchanged_body_is_drawn_once() -> None:
    assert body_html("同一段正文") is body_html("同一段正文")
