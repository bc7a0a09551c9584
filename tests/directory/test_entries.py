"""The page of one published entry."""

from __future__ import annotations

from portal.database import transaction
from portal.enterprises.queries.members import members_of
from portal.extensions import db
from portal.lists.actions import publication as publication_actions
from portal.lists.models import Entry, Release
from portal.lists.terms.kinds import Kind
from portal.taxonomy.queries import get_department
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_published_release,
    sign_all,
    start_signing,
)

NUMBER = "MS-JH-2026-01-001"


def publish(release: Release) -> None:
    """Have a release with accepted entries signed and published."""
    start_signing(release)
    sign_all(release)
    publication_actions.publish(make_curator(), release, release.version)


def test_an_entry_shows_its_facts_prose_publisher_and_dates(visitor: Browser) -> None:
    make_published_release()
    page = visitor.get(f"/entries/{NUMBER}")
    assert page.heading == "公交场站储能应用场景之1"
    for words in ("应用场景", "智能经济", "东坡区", "14座站点", "需求说明", "场地已平整"):
        assert words in page.main
    assert "截止日期2026-12-31" in page.main.replace(" ", "")
    assert page.link("028-0000 0003") == "tel:02800000003"
    assert page.link("示例市2026年度新经济机会清单") == "/lists/2026/opportunity"
    assert page.one("meta", name="PubDate").get("content", "").startswith("2026-11-22")


def test_the_page_says_what_was_signed_whatever_the_row_says_later(visitor: Browser) -> None:
    make_published_release()
    with transaction():
        entry = db.session.query(Entry).one()
        entry.title = "后来改的标题"
        get_department("meishan-sci").name_zh = "市科技和人才局"
    page = visitor.get(f"/entries/{NUMBER}")
    assert page.heading == "公交场站储能应用场景之1"
    assert "市科技局" in page.main


def test_a_procurement_leads_to_its_official_notice(visitor: Browser) -> None:
    release = make_call()
    make_accepted(release, subtype="procurement", title="城市数据治理服务采购")
    publish(release)
    page = visitor.get(f"/entries/{NUMBER}")
    assert page.link("查看采购公告") == "https://www.example.com/notice/1"
    assert "联系发布主体" not in page.main


def test_a_case_and_a_supply_entry_stand_in_the_same_frame(visitor: Browser) -> None:
    make_published_release(Kind.CASE)
    make_published_release(Kind.SUPPLY)
    case = visitor.get("/entries/MS-AL-2026-01-001")
    assert "产线能耗高" in case.main
    assert "正在征集" not in case.main
    assert "261 kWh" in visitor.get("/entries/MS-GJ-2026-01-001").main


def test_entries_of_the_same_field_stand_below_without_recommendation(visitor: Browser) -> None:
    make_published_release(entries=3)
    page = visitor.get(f"/entries/{NUMBER}")
    assert page.link("公交场站储能应用场景之2") == "/entries/MS-JH-2026-01-002"
    assert "不代表推荐" in page.main


def test_an_enterprises_entry_leads_to_its_profile_and_back(visitor: Browser) -> None:
    enterprise = make_enterprise()
    release = make_call()
    owner = members_of(enterprise.id)[0].person
    make_accepted(release, actor=owner, enterprise=enterprise, title="储能电池壳体配套")
    publish(release)
    page = visitor.get(f"/entries/{NUMBER}")
    assert page.link(enterprise.name) == f"/enterprises/{enterprise.uscc}"
    profile = visitor.get(f"/enterprises/{enterprise.uscc}")
    assert profile.link("储能电池壳体配套") == f"/entries/{NUMBER}"


def test_an_unknown_number_is_not_found(visitor: Browser) -> None:
    visitor.get("/entries/MS-JH-2026-01-999", status=404)
