"""An officer writes a version of the rules; a second one puts it in force or rejects it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit.models import AuditEvent
from portal.classification.actions.versions import (
    discard_version,
    draft_version,
    enact_version,
    propose_version,
    reject_version,
    save_version,
)
from portal.classification.drafting import FaultyRules
from portal.classification.models.versions import RuleForce, RuleVersion
from portal.classification.queries.version_pages import get_version_page
from portal.classification.queries.versions import find_version_for
from portal.classification.terms.versions import VersionState
from portal.errors import ChangedSinceOpened, NotAllowed, NotFound, Refused
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import SCIENCE, make_recogniser
from tests.classification.version_factories import (
    make_draft_version,
    make_enacted,
    make_proposed,
    second,
    text_of,
    writer,
)
from tests.factories import make_officer
from tests.page import Page

FILES = ROOT / "fixtures" / "criteria"
SignedIn = Callable[[Person], Browser]
OWN = {"Sec-Fetch-Site": "same-origin"}
NEW = "/bureau/titles/rules/new?from=zjtx.2026"


def refused_lines(officer: Person, text: str) -> list[tuple[str, str]]:
    """Return what stands on each line that is named, with the sentence."""
    with pytest.raises(FaultyRules) as refused:
        draft_version(officer, text, None)
    return [(fault.excerpt, fault.sentence) for fault in refused.value.faults]


def test_a_draft_judges_nothing(app: Flask) -> None:
    make_draft_version(writer())
    found = find_version_for("zjtx", date(2027, 6, 1))
    assert found is not None
    assert found.slug == "zjtx.2026"


def test_put_in_force_by_a_second_officer_it_judges_from_its_first_day_on(app: Flask) -> None:
    raised = text_of().replace("value: revenue@Y0, ge: 1500", "value: revenue@Y0, ge: 2000")
    row = make_enacted(writer(), second(), raised)
    assert row.state == VersionState.IN_FORCE
    for on, slug in ((date(2026, 12, 31), "zjtx.2026"), (date(2027, 1, 1), "zjtx.2027")):
        found = find_version_for("zjtx", on)
        assert found is not None
        assert found.slug == slug
    acts = db.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id.desc()).limit(4)).all()
    assert set(acts) == {
        "draft_version",
        "propose_version",
        "put_version_in_force",
        "end_version",
    }


def test_what_was_known_before_a_successor_stays_on_record(app: Flask) -> None:
    make_enacted(writer(), second())
    old = get_version_page("zjtx.2026").row
    rows = db.session.scalars(
        select(RuleForce).where(RuleForce.rule_version_id == old.id).order_by(RuleForce.id)
    ).all()
    assert [row.effective_until for row in rows] == [None, date(2026, 12, 31)]
    assert rows[0].superseded_at is not None
    assert old.text == get_version_page("zjtx.2026").row.text


def test_nobody_puts_in_force_what_they_proposed(app: Flask) -> None:
    officer = writer()
    row = make_proposed(officer)
    with pytest.raises(NotAllowed, match="须由另一名经办人决定"):
        enact_version(officer, row, row.version, in_the_past=False)
    with pytest.raises(NotAllowed, match="须由另一名经办人决定"):
        reject_version(officer, row, row.version, "示例")


def test_another_department_neither_writes_nor_decides(app: Flask) -> None:
    row = make_proposed(writer())
    science = make_recogniser(SCIENCE)
    with pytest.raises(NotAllowed, match="只有牵头部门"):
        enact_version(science, row, row.version, in_the_past=False)
    with pytest.raises(NotAllowed, match="只有牵头部门"):
        draft_version(science, text_of(new_id="zjtx.2028"), None)


def test_a_right_for_one_district_is_not_enough_for_the_rules_of_the_city(app: Flask) -> None:
    local = make_officer(
        Right.RECOGNISE, mail="local@portal.example", department="meishan-eit", district="dongpo"
    )
    with pytest.raises(NotAllowed, match="权限覆盖全市"):
        draft_version(local, text_of(), None)


def test_a_first_day_that_has_come_must_be_meant(app: Flask) -> None:
    row = make_proposed(writer(), text_of(begin="2026-11-22"))
    other = second()
    with pytest.raises(Refused, match="该日已到") as refused:
        enact_version(other, row, row.version, in_the_past=False)
    assert refused.value.field == "in_the_past"
    enact_version(other, row, row.version, in_the_past=True)
    assert find_version_for("zjtx", date(2026, 11, 22)).slug == "zjtx.2027"  # type: ignore[union-attr]


def test_a_rejected_version_is_corrected_and_proposed_again(app: Flask) -> None:
    officer, other = writer(), second()
    row = make_proposed(officer)
    with pytest.raises(Refused, match="请写明不予启用的理由"):
        reject_version(other, row, row.version, " ")
    reject_version(other, row, row.version, "示例：与文件不符")
    save_version(officer, row, row.version, text_of().replace("ge: 1500", "ge: 1600"))
    assert row.state == VersionState.DRAFT
    propose_version(officer, row, row.version, "示例：已更正")
    assert row.ground == ""


def test_what_was_proposed_stands_still(app: Flask) -> None:
    officer = writer()
    row = make_proposed(officer)
    with pytest.raises(Refused, match="内容不再改动"):
        save_version(officer, row, row.version, text_of())


def test_a_draft_is_changed_by_who_wrote_it_and_on_what_they_saw(app: Flask) -> None:
    officer = writer()
    row = make_draft_version(officer)
    with pytest.raises(NotAllowed, match="另起草稿"):
        save_version(second(), row, row.version, text_of())
    with pytest.raises(ChangedSinceOpened):
        save_version(officer, row, row.version - 1, text_of())


def test_a_discarded_draft_leaves_its_id_free(app: Flask) -> None:
    officer = writer()
    row = make_draft_version(officer)
    discard_version(officer, row, row.version)
    with pytest.raises(NotFound):
        get_version_page("zjtx.2027")
    assert make_draft_version(officer).slug == "zjtx.2027"


def test_dates_that_overlap_are_named_on_their_line(app: Flask) -> None:
    officer = writer()
    [(line, sentence)] = refused_lines(officer, text_of(begin="2026-03-31"))
    assert line == "effective: 2026-03-31"
    assert "与“zjtx.63”的施行期间（2022-08-01至2026-03-31）重叠" in sentence


def test_a_version_put_in_force_meanwhile_stops_a_proposal(app: Flask) -> None:
    officer, other = writer(), second()
    waiting = make_proposed(officer, text_of(new_id="zjtx.2028", begin="2027-01-01"))
    make_enacted(officer, other)
    with pytest.raises(Refused, match=r"与zjtx\.2027重叠"):
        enact_version(other, waiting, waiting.version, in_the_past=False)
    assert waiting.state == VersionState.PROPOSED


@pytest.mark.parametrize(
    ("before", "after", "excerpt", "sentence"),
    [
        ("id: zjtx.2027", "id: zjtx.63", "id: zjtx.63", "已被使用"),
        ("id: zjtx.2027", "id: ZJTX/1", "id: ZJTX/1", "小写字母"),
        ("title: specialized_new", "title: best_of_all", "title: best_of_all", "没有“best_of_all”"),
        ("title: specialized_new", "title: null", "title: null", "请写明"),
        ("series: zjtx", "series: xjr", "series: xjr", "属于另一称号"),
        ("series: zjtx", f"series: {'z' * 61}", "series: zzz", "超过60个字符"),
        (
            "revenue@Y0, ge: 1500",
            "turnover@Y0, ge: 1500",
            "- {value: turnover",
            "没有“turnover”这项指标",
        ),
    ],
)
def test_faults_of_a_draft_are_named_by_line(
    app: Flask, before: str, after: str, excerpt: str, sentence: str
) -> None:
    text = text_of()
    assert before in text
    found = refused_lines(writer(), text.replace(before, after, 1))
    assert any(line.startswith(excerpt) and sentence in said for line, said in found), found


def begun(browser: Browser) -> tuple[Page, str]:
    """Return the page on which a version begins from another one, and the text it offers."""
    page = browser.get(NEW)
    return page, page.form("/rules/new").fields["text"][0]


def test_the_page_begins_with_the_text_and_names_every_fault(app: Flask, someone: SignedIn) -> None:
    browser = someone(writer())
    page, text = begun(browser)
    assert "id: zjtx.2026-2\n" in text
    assert "effective: 2026-12-01\n" in text
    broken = text.replace("revenue@Y0, ge: 1500", "revenue@Y0, ge: lots")
    broken = broken.replace("value: niche_years", "value: years_in_niche")
    answer = browser.send(page, "/rules/new", 422, text=broken, file=None)
    assert "2处错误" in answer.text
    assert "“lots”不是数值" in answer.text
    assert "years_in_niche" in answer.form("/rules/new").fields["text"][0], "nothing typed is lost"
    assert db.session.scalar(select(RuleVersion).where(RuleVersion.state == "draft")) is None


def test_an_uploaded_file_takes_the_place_of_the_text(app: Flask, someone: SignedIn) -> None:
    text = text_of()
    browser = someone(writer())
    for content, status in ((text.encode("gbk"), 422), (b"\x00", 422), (text.encode(), 200)):
        file = (io.BytesIO(content), "zjtx.yaml")
        page = browser.post(NEW, {"file": file, "text": "x"}, status)
    assert page.path == "/bureau/titles/rules/zjtx.2027"


def test_two_officers_bring_a_version_into_force_in_the_browser(
    app: Flask, someone: SignedIn
) -> None:
    one, other = someone(writer()), someone(second())
    page, text = begun(one)
    changed = text.replace("revenue@Y0, ge: 1500", "revenue@Y0, ge: 1800")
    page = one.send(page, "/rules/new", text=changed, file=None)
    assert "不低于1800万元" in page.main
    address = page.path
    page = one.send(one.get(f"{address}/propose"), words="示例：营业收入门槛提高")
    assert "待另一名经办人决定是否启用" in page.main
    one.get(f"{address}/decide", 403)
    page = other.get(f"{address}/decide")
    assert "示例：营业收入门槛提高" in page.main
    page = other.send(page, decision="put_in_force")
    assert page.path == address
    assert "尚未施行" in other.get("/bureau/titles/rules").main


def test_a_proposal_stands_in_the_second_officers_worklist_alone(
    app: Flask, someone: SignedIn
) -> None:
    one, other = writer(), second()
    row = make_proposed(one)
    page = someone(other).get("/bureau/worklist")
    assert page.link("zjtx.2027").endswith("/rules/zjtx.2027/decide")
    science = make_recogniser(SCIENCE)
    for nobody in (one, science):
        assert "zjtx.2027" not in someone(nobody).get("/bureau/worklist").main
    reject_version(other, row, row.version, "示例")
    assert "zjtx.2027" not in someone(other).get("/bureau/worklist").main


def test_a_rejection_needs_its_ground_beside_the_field(app: Flask, someone: SignedIn) -> None:
    row = make_proposed(writer())
    browser = someone(second())
    page = browser.get(f"/bureau/titles/rules/{row.slug}/decide")
    page = browser.send(page, status=422, decision="reject")
    assert page.errors == ["请写明不予启用的理由"]
    page = browser.send(page, decision="reject", ground="示例：与文件不符")
    assert "不予启用的理由：示例：与文件不符" in page.main


@pytest.mark.parametrize("slug", [path.stem for path in sorted(FILES.glob("*.yaml"))])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_version_reads_in_plain_words(
    app: Flask, someone: SignedIn, slug: str, language: str
) -> None:
    browser = someone(writer())
    browser.ask("/preferences/language", "POST", data={"value": language}, headers=OWN)
    page = browser.get(f"/bureau/titles/rules/{slug}")
    assert get_version_page(slug).row.digest[:16] in page.main
    assert browser.get(f"/bureau/titles/rules/{slug}/text.yaml").html == (
        FILES / f"{slug}.yaml"
    ).read_text(encoding="utf-8")
