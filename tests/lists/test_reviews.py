"""The review sheet: who gives which part, when it is complete, what makes it out of date."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.terms import Right
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.calls import close_call, start_curating
from portal.lists.actions.editions import describe_release
from portal.lists.actions.freezing import enter_cosign, reopen
from portal.lists.actions.publication import publish
from portal.lists.actions.reviews import give_review
from portal.lists.models import Release
from portal.lists.queries.reviews import check_reviewed, present_code, reviews_of
from portal.lists.terms.editions import EditionState
from portal.lists.terms.reviews import Conclusion, Part
from tests.browser_client import Browser
from tests.factories import make_officer
from tests.lists.factories import (
    LEADS,
    make_accepted,
    make_call,
    make_curator,
    make_signer,
    review_all,
    sign_all,
    start_signing,
)

PASSED, OBJECTED, NOT_APPLICABLE = (
    Conclusion.PASSED,
    Conclusion.OBJECTED,
    Conclusion.NOT_APPLICABLE,
)


@pytest.fixture
def release() -> Release:
    """A release whose entries are decided on and that is being curated."""
    made = make_call()
    make_accepted(made)
    close_call(make_curator(), made, made.version)
    start_curating(make_curator(), made, made.version)
    return made


def give(release: Release, part: Part, conclusion: Conclusion = PASSED, **how: str) -> None:
    """Give a part as the officer named `by`, on the present content."""
    by = make_signer() if part == Part.FINAL_REVIEW else make_curator(how.pop("by", "curator"))
    give_review(by, release, part, conclusion, seen_code=present_code(release), **how)


def test_nothing_is_fixed_for_signing_without_the_whole_sheet(release: Release) -> None:
    with pytest.raises(Refused) as refused:
        enter_cosign(make_curator(), release, release.version)
    assert refused.value.message == "审核单尚不完整：初审；复审；终审；保密审查；公平竞争审查"
    review_all(release)
    enter_cosign(make_curator(), release, release.version)
    assert release.state == EditionState.COSIGN
    check_reviewed(release)  # the numbers allotted meanwhile leave the reviews standing


def test_any_later_change_makes_the_sheet_out_of_date(release: Release) -> None:
    review_all(release)
    describe_release(make_curator(), release, release.version, "示例〔2026〕1号", None)
    with pytest.raises(Refused, match="初审（此后内容有变化）"):
        enter_cosign(make_curator(), release, release.version)
    describe_release(make_curator(), release, release.version, "", None)
    check_reviewed(release)  # the very same content again is what was reviewed


def test_a_reopened_and_unchanged_release_keeps_its_sheet(release: Release) -> None:
    start_signing(release)
    reopen(make_curator(), release, release.version, "补正落款")
    enter_cosign(make_curator(), release, release.version)
    assert release.state == EditionState.COSIGN


def test_the_three_reviews_come_in_order_and_from_three_officers(release: Release) -> None:
    with pytest.raises(Refused, match="请先就现有内容完成：初审"):
        give(release, Part.SECOND_REVIEW)
    give(release, Part.FIRST_REVIEW)
    with pytest.raises(NotAllowed, match="初审由您作出"):
        give(release, Part.SECOND_REVIEW)
    give(release, Part.SECOND_REVIEW, by="second-curator")
    give(release, Part.FINAL_REVIEW)
    give(release, Part.SECRECY_REVIEW)  # is none of the three: anyone with the right


def test_what_is_not_passed_or_not_applicable_has_its_ground(release: Release) -> None:
    with pytest.raises(Refused, match="请填写作出该结论的理由"):
        give(release, Part.FAIR_COMPETITION, NOT_APPLICABLE)
    with pytest.raises(Refused, match="请选择结论"):
        give(release, Part.SECRECY_REVIEW, NOT_APPLICABLE, ground="不涉密")
    give(release, Part.FAIR_COMPETITION, NOT_APPLICABLE, ground="不涉及经营者经济活动")
    give(release, Part.SECRECY_REVIEW, OBJECTED, ground="第2条含内部站点位置")
    with pytest.raises(Refused, match="保密审查（未通过）"):
        check_reviewed(release)
    give(release, Part.SECRECY_REVIEW)
    assert [one.superseded_at is None for one in reviews_of(release)] == [True, False, True]


def test_who_sent_an_entry_in_or_leads_nothing_reviews_nothing(release: Release) -> None:
    code = present_code(release)
    outsider = make_officer(Right.CURATE_LISTS, mail="far@portal.example", department="meishan-sci")
    with pytest.raises(NotAllowed, match="只有牵头单位"):
        give_review(outsider, release, Part.FIRST_REVIEW, PASSED, seen_code=code)
    curator = make_curator()
    with pytest.raises(NotAllowed, match="只有牵头单位"):
        give_review(curator, release, Part.FINAL_REVIEW, PASSED, seen_code=code)
    own = make_curator("own-curator")
    entry = make_accepted(release, actor=own, title="本局场景")
    assert entry.created_by_id == own.id
    with pytest.raises(NotAllowed, match="有您报送的条目"):
        give_review(own, release, Part.FIRST_REVIEW, PASSED, seen_code=present_code(release))


def test_a_review_of_other_content_than_shown_is_refused(release: Release) -> None:
    seen = present_code(release)
    make_accepted(release, title="后来的条目")
    with pytest.raises(ChangedSinceOpened):
        give_review(make_curator(), release, Part.FIRST_REVIEW, PASSED, seen_code=seen)


def test_the_sheet_is_filled_in_only_while_the_list_is_curated() -> None:
    open_call = make_call()
    with pytest.raises(Refused, match="在遴选之后、会签之前"):
        give(open_call, Part.FIRST_REVIEW)


def test_a_signed_release_is_published_only_while_the_sheet_stands(release: Release) -> None:
    start_signing(release)
    sign_all(release)
    for one in reviews_of(release):
        one.content_code = "0" * 64
    db.session.commit()
    with pytest.raises(Refused, match="审核单尚不完整"):
        publish(make_curator(), release, release.version)


def test_officers_fill_the_sheet_in_on_its_page(app: Flask, release: Release) -> None:
    page = Browser(app).sign_in(make_curator())
    path = f"/bureau/editions/releases/{release.id}/review-sheet"
    shown = page.get(path)
    assert shown.heading == "审核单"
    refused = page.send(shown, "/give", 422, part="fair_competition", conclusion="not_applicable")
    assert "请填写作出该结论的理由" in refused.errors
    shown = page.send(
        refused, "/give", part="fair_competition", conclusion="not_applicable", ground="不涉及"
    )
    assert "不适用" in shown.main
    assert "不涉及" in shown.main
    second = Browser(app).sign_in(make_curator("eit-curator", LEADS[1]))
    assert "公平竞争审查" in second.get(path).main
