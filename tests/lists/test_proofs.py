"""The proof report: what it finds, what may stand with a ground, what keeps the signing back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal import clock
from portal.errors import NotFound, Refused
from portal.extensions import db
from portal.lists.actions import proofs
from portal.lists.actions.calls import close_call, start_curating
from portal.lists.actions.life import mark_life
from portal.lists.actions.proofs import due_addresses, let_stand, look_at_links, note_looks
from portal.lists.actions.reviews import give_review
from portal.lists.models import Entry, EntrySubtype, LinkCheck, Release
from portal.lists.probing import Look
from portal.lists.proofing import Line, proof_report
from portal.lists.queries.entries import accepted_entries
from portal.lists.queries.reviews import present_code
from portal.lists.rules.proofs import Finding, long_title, normal_title, unfair_phrases
from portal.lists.terms.entries import Life
from portal.lists.terms.proofs import FindingKind, LinkResult
from portal.lists.terms.reviews import Conclusion, Part
from tests.browser_client import Browser
from tests.factories import make_active, make_person
from tests.lists.factories import (
    make_accepted,
    make_call,
    make_curator,
    make_entry,
    make_published_release,
    start_signing,
)
from tests.statements import counted_statements

UNFAIR = "需求单位为公共机构，同等条件下本地企业优先。"


@pytest.fixture
def call() -> Release:
    return make_call()


def found(release: Release, kind: FindingKind) -> list[Line]:
    return [line for line in proof_report(release) if line.finding.kind == kind]


def test_an_entry_without_fault_gives_no_finding(call: Release) -> None:
    make_accepted(call)
    assert proof_report(call) == []


def test_a_field_that_became_empty_is_found(call: Release) -> None:
    entry = make_accepted(call)
    db.session.execute(update(Entry).values({"landline": "", "details": {}}))
    db.session.commit()
    fields = {line.finding.field for line in found(call, FindingKind.MISSING)}
    assert {"landline", "details_need"} <= fields
    assert entry.id


@pytest.mark.parametrize(("length", "count"), [(40, 0), (41, 1)])
def test_titles_are_long_from_41_characters_on(length: int, count: int) -> None:
    assert len(list(long_title("长" * length, 40))) == count


def test_phrases_are_found_with_blanks_between_and_only_as_they_stand() -> None:
    def phrases(text: str) -> list[Finding]:
        return list(unfair_phrases({"summary": text}, ["本地企业优先", "限本地"]))

    assert len(phrases("同等条件下本地 企业\n优先。")) == 1
    assert [one.passage for one in phrases("限本地；本地企业优先")] == ["本地企业优先", "限本地"]
    assert phrases("欢迎本地企业参与，优先采用绿色技术") == []


def test_phrases_count_in_entries_of_public_bodies_only(app: Flask, call: Release) -> None:
    member = make_person("member@example.com")
    firm = make_active(member, make_curator())
    make_entry(call, actor=member, enterprise=firm, summary=UNFAIR)
    assert found(call, FindingKind.UNFAIR) == []
    make_entry(call, summary=UNFAIR)
    assert len(found(call, FindingKind.UNFAIR)) == 1


def test_the_fair_competition_review_waits_for_each_phrase(call: Release) -> None:
    entry = make_accepted(call, summary=UNFAIR)
    curator = make_curator()
    close_call(curator, call, call.version)
    start_curating(curator, call, call.version)

    def review() -> None:
        code = present_code(call)
        give_review(curator, call, Part.FAIR_COMPETITION, Conclusion.PASSED, seen_code=code)

    with pytest.raises(Refused, match="1处未办理"):
        review()
    mark = found(call, FindingKind.UNFAIR)[0].finding.mark
    with pytest.raises(Refused, match="理由"):
        let_stand(curator, call, entry.id, mark, " ")
    let_stand(curator, call, entry.id, mark, "引用上级文件原文，不作为条件")
    review()


def test_a_decision_is_about_that_passage_alone(call: Release) -> None:
    entry = make_accepted(call, summary=UNFAIR)
    mark = found(call, FindingKind.UNFAIR)[0].finding.mark
    let_stand(make_curator(), call, entry.id, mark, "引用原文")
    with pytest.raises(NotFound):
        let_stand(make_curator(), call, entry.id, mark, "再次")
    db.session.execute(update(Entry).values({"summary": UNFAIR + "限本地。"}))
    db.session.commit()
    lines = found(call, FindingKind.UNFAIR)
    assert [line.decision is None for line in lines] == [False, True]


def test_a_closing_date_that_is_over_is_found_and_may_stand_with_a_ground(call: Release) -> None:
    entry = make_accepted(call)
    db.session.execute(update(Entry).values(closes_on=clock.today()))
    db.session.commit()
    assert found(call, FindingKind.OVER) == [], "the last day itself still counts"
    db.session.execute(update(Entry).values(closes_on=clock.today() - timedelta(days=1)))
    db.session.commit()
    line = found(call, FindingKind.OVER)[0]
    let_stand(make_curator(), call, entry.id, line.finding.mark, "按实际征集时间公开")
    assert found(call, FindingKind.OVER)[0].decision is not None


def test_titles_of_last_year_are_found_again_but_not_continued_ones(call: Release) -> None:
    last = make_published_release(year=2025)
    published = accepted_entries(last)[0]
    make_entry(call, title=" 公交场站储能应用场景 之１")
    assert [one.finding.passage for one in found(call, FindingKind.REPEATED)] == [published.number]
    mark_life(make_curator(), published, published.version, Life.CONTINUED, "列入2026年度清单")
    assert found(call, FindingKind.REPEATED) == []


def test_titles_are_compared_without_width_case_and_punctuation() -> None:
    assert normal_title("“AI＋”制造（一期）") == normal_title("ai+制造 一期")
    assert normal_title("储能一期") != normal_title("储能二期")


def test_a_procurement_needs_its_official_notice_and_takes_no_interest(call: Release) -> None:
    entry = make_accepted(call, subtype="procurement")
    assert found(call, FindingKind.NOTICE) == []
    details = {"content": entry.details["content"]}
    db.session.execute(update(Entry).values({"details": details}))
    db.session.commit()
    assert len(found(call, FindingKind.NOTICE)) == 1
    with pytest.raises(Refused, match="采购公告"):
        start_signing(call)
    mark = found(call, FindingKind.NOTICE)[0].finding.mark
    with pytest.raises(Refused, match="必须改正"):
        let_stand(make_curator(), call, entry.id, mark, "后补")
    procurement = select(EntrySubtype).where(EntrySubtype.slug == "procurement")
    subtype = db.session.scalars(procurement).one()
    assert not subtype.takes_interest


def test_links_are_looked_at_once_a_day_and_the_result_has_its_day(
    call: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_accepted(call, subtype="procurement")
    address = "https://www.example.com/notice/1"
    assert due_addresses(call.id) == [address]
    monkeypatch.setattr(proofs, "probe", lambda one: Look(LinkResult.DEAD, 404))
    look_at_links([{"release": call.id}])
    row = db.session.scalars(select(LinkCheck)).one()
    assert (row.address, row.result, row.status) == (address, LinkResult.DEAD, 404)
    assert due_addresses(call.id) == []
    line = found(call, FindingKind.DEAD_LINK)[0]
    assert clock.today().isoformat() in line.finding.words
    note_looks(call.id, {address: Look(LinkResult.OK, 200)}, is_done=True)
    assert found(call, FindingKind.DEAD_LINK) == []


def test_the_report_asks_as_much_of_many_entries_as_of_few(call: Release) -> None:
    make_entry(call)
    with counted_statements() as few:
        proof_report(call)
    for number in range(8):
        make_entry(call, title=f"场景{number}", summary=UNFAIR)
    with counted_statements() as many:
        assert len(proof_report(call)) == 8
    assert len(many) == len(few)


def test_officers_let_a_finding_stand_on_its_page(app: Flask, call: Release) -> None:
    make_entry(call, summary=UNFAIR)
    browser = Browser(app).sign_in(make_curator())
    path = f"/bureau/editions/releases/{call.id}/proof"
    page = browser.get(path)
    assert "本地企业优先" in page.main
    page = browser.send(page, "/let-stand", 422)
    page = browser.send(page, "/let-stand", reason="引用上级文件原文")
    assert "引用上级文件原文" in page.main
    page = browser.send(page, "/look-at-links")
    assert "链接" in page.main
    assert "没有发现问题" in browser.get(path + "?kind=missing").main
