"""Correcting and withdrawing what was published: one proposes, another issues, in the open."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portal.audit import verify
from portal.database import site_state
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists import content
from portal.lists.actions import errata as actions
from portal.lists.actions.entries import Incomplete
from portal.lists.actions.issuing import issue
from portal.lists.models import Entry, EntryOutcome, Erratum, Release, ReleaseVersion
from portal.lists.queries.errata import waiting_errata, with_check_code
from portal.lists.rules.errata import next_version
from portal.lists.rules.published import corrected, differences, tombstone
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Life
from portal.lists.terms.errata import ErratumKind, ErratumState
from tests.lists.factories import (
    entry_values,
    make_curator,
    make_published_release,
    make_sender,
    make_signed_release,
)
from tests.worker import Mailbox

CORRECTION = ErratumKind.CORRECTION


@pytest.fixture
def release() -> Release:
    return make_published_release(entries=2)


def first(release: Release) -> Entry:
    return release.entries[0]


def values(**changes: Any) -> dict[str, Any]:
    return entry_values(**{"title": "公交场站储能应用场景之1", **changes})


def propose(release: Release, **changes: Any) -> Erratum:
    entry = first(release)
    return actions.propose_correction(
        make_curator(), entry, entry.version, CORRECTION, "场站数有误", values(**changes)
    )


def details(**changes: Any) -> dict[str, Any]:
    return {**entry_values()["details"], **changes}


def second() -> Any:
    return make_curator("second")


def test_versions_count_on_in_their_second_part() -> None:
    assert [next_version(v) for v in ("1.0", "1.1", "1.9", "2.3")] == ["1.1", "1.2", "1.10", "2.4"]


def test_a_correction_changes_nothing_until_a_second_officer_consents(release: Release) -> None:
    before, code = dict(first(release).snapshot or {}), release.check_code
    erratum = propose(release, summary="13座公交场站开放储能应用。")
    assert first(release).snapshot == before
    assert release.check_code == code
    with pytest.raises(NotAllowed, match="第二名经办人"):
        issue(make_curator(), erratum, erratum.version)
    assert [one.id for one in waiting_errata(second())] == [erratum.id]
    assert not waiting_errata(make_curator())
    version = issue(second(), erratum, erratum.version)
    assert (version.version, release.content_version) == ("1.1", "1.1")
    assert (first(release).snapshot or {})["summary_zh"] == "13座公交场站开放储能应用。"
    assert not waiting_errata(second())


def test_the_new_version_has_its_own_check_code_and_the_old_one_stays(release: Release) -> None:
    old = release.check_code
    erratum = propose(release, details=details(scale="13座站点"))
    issue(second(), erratum, erratum.version)
    versions = db.session.query(ReleaseVersion).order_by(ReleaseVersion.id).all()
    assert [v.version for v in versions] == ["1.0", "1.1"]
    assert versions[0].check_code == old
    assert all(content.check_code(v.content) == v.check_code for v in versions)
    assert all(v.given_out for v in versions)
    now = json.loads(release.content or "")
    assert now["release"]["version"] == "1.1"
    assert now["entries"][0] == first(release).snapshot
    assert [v.version for v in with_check_code(str(release.check_code)[:8])] == ["1.1"]
    assert verify() is None


def test_the_difference_names_only_what_the_public_reads_differently(release: Release) -> None:
    erratum = propose(release, summary="改。", details=details(scale="13座站点"))
    issue(second(), erratum, erratum.version)
    shown = {change["key"]: (change["before"], change["after"]) for change in erratum.shown}
    assert shown["summary_zh"] == ("14座公交场站开放储能应用。", "改。")
    before, after = shown["details"]
    assert (before["value"], after["value"]) == ("14座站点", "13座站点")
    assert len(erratum.shown) == 2


def test_names_that_changed_since_stay_as_they_were_published(release: Release) -> None:
    entry = first(release)
    assert entry.field is not None
    published = (entry.snapshot or {})["field"]["name_zh"]
    entry.field.name_zh = "改名后的领域"
    db.session.commit()
    erratum = propose(release, summary="改。")
    issue(second(), erratum, erratum.version)
    assert (first(release).snapshot or {})["field"]["name_zh"] == published


def test_a_correction_without_a_change_without_a_reason_or_incomplete_is_refused(
    release: Release,
) -> None:
    entry = first(release)
    with pytest.raises(Refused, match="公众所见没有变化"):
        propose(release)
    with pytest.raises(Refused, match="请填写理由"):
        actions.propose_correction(
            make_curator(), entry, entry.version, CORRECTION, " ", values(summary="改。")
        )
    with pytest.raises(Incomplete) as said:
        propose(release, title="", details=details(need=""))
    assert {"title", "details_need"} <= said.value.faults.keys()


def test_one_change_at_a_time_waits_for_consent(release: Release) -> None:
    propose(release, summary="改。")
    with pytest.raises(Refused, match="待第二名经办人核准"):
        propose(release, summary="再改。")


def test_a_proposal_that_was_overtaken_is_not_issued(release: Release) -> None:
    erratum = propose(release, summary="改。")
    first(release).summary = "别的改动。"
    db.session.commit()
    with pytest.raises(ChangedSinceOpened) as said:
        issue(second(), erratum, erratum.version)
    assert tuple(said.value.changes) == ("summary",)
    assert release.content_version == "1.0"


def test_two_officers_consenting_at_once_make_one_version(release: Release) -> None:
    erratum = propose(release, summary="改。")
    seen = erratum.version
    issue(second(), erratum, seen)
    with pytest.raises(ChangedSinceOpened):
        issue(make_curator("third"), erratum, seen)
    assert db.session.query(ReleaseVersion).count() == 2


def test_who_sent_the_entry_in_does_not_consent(release: Release) -> None:
    first(release).submitted_by_id = second().id
    db.session.commit()
    erratum = propose(release, summary="改。")
    with pytest.raises(NotAllowed):
        issue(second(), erratum, erratum.version)
    with pytest.raises(NotAllowed):
        issue(make_sender(), erratum, erratum.version)


def test_not_consenting_says_why_and_changes_nothing(release: Release) -> None:
    erratum = propose(release, summary="改。")
    with pytest.raises(Refused, match="理由"):
        actions.reject(second(), erratum, erratum.version, " ")
    actions.reject(second(), erratum, erratum.version, "原文无误")
    assert erratum.state == ErratumState.REJECTED
    assert release.content_version == "1.0"
    propose(release, summary="再改。")


def test_a_withdrawn_entry_keeps_number_title_and_reason_and_stays_counted(
    release: Release,
) -> None:
    entry = first(release)
    erratum = actions.propose_withdrawal(make_curator(), release, entry, "项目终止")
    issue(second(), erratum, erratum.version)
    left = entry.snapshot or {}
    assert left["number"] == entry.number
    assert left["withdrawn"]["reason"] == "项目终止"
    assert (left["summary_zh"], left["details"], left["landline"]) == ("", [], "")
    assert entry.life == Life.WITHDRAWN
    (step,) = db.session.query(EntryOutcome).filter_by(entry_id=entry.id)
    assert step.noted_by_id == second().id  # the ledger names who issued it, not the portal
    assert len(json.loads(release.content or "")["entries"]) == 2
    versions = db.session.query(ReleaseVersion).order_by(ReleaseVersion.id).all()
    assert [v.given_out for v in versions] == [False, True]
    with pytest.raises(Refused, match="已撤回"):
        propose(release, summary="改。")


def test_a_withdrawn_release_leaves_every_entry_a_tombstone(release: Release) -> None:
    erratum = actions.propose_withdrawal(make_curator(), release, None, "会签有误")
    issue(second(), erratum, erratum.version)
    assert release.state == EditionState.WITHDRAWN
    assert all((entry.snapshot or {})["withdrawn"] for entry in release.entries)
    facts = json.loads(release.content or "")
    assert facts["release"]["withdrawn"]["reason"] == "会签有误"
    assert content.check_code(release.content or "") == release.check_code


def test_the_words_of_the_edition_are_corrected_in_each_public_release(release: Release) -> None:
    facts = {
        "title_zh": "示例市2026年度新经济机会清单（更正）",
        "title_en": release.edition.title_en,
        "foreword_zh": "",
        "foreword_en": "",
        "document_no": "示府办发〔2026〕9号",
        "dated_on": None,
    }
    erratum = actions.propose_for_release(
        make_curator(), release, ErratumKind.MINOR, "标题漏字", facts
    )
    assert set(erratum.changes) == {"title_zh", "document_no"}
    issue(second(), erratum, erratum.version)
    now = json.loads(release.content or "")
    assert now["edition"]["title_zh"] == release.edition.title_zh == facts["title_zh"]
    assert now["release"]["document_no"] == release.document_no == facts["document_no"]
    assert now["release"]["version"] == "1.1"


def test_what_is_not_public_is_not_corrected_by_an_erratum() -> None:
    release = make_signed_release()
    with pytest.raises(Refused, match="已发布的批次"):
        actions.propose_withdrawal(make_curator(), release, None, "理由")


def test_issuing_moves_the_public_content_on_and_tells_the_publisher(
    release: Release, mailbox: Mailbox
) -> None:
    before = site_state().content_version
    erratum = propose(release, summary="改。")
    issue(second(), erratum, erratum.version)
    assert site_state().content_version > before
    assert "场站数有误" in str(mailbox.mails("sender@portal.example")[-1].get_content())


SNAPSHOT = {
    "number": "N-1",
    "kind": "opportunity",
    "subtype": {"slug": "a"},
    "title_zh": "甲",
    "title_en": "",
    "publisher": {"uscc": None},
    "field": None,
    "district": None,
    "zone": None,
    "standing": True,
    "closes_on": None,
    "details": [{"key": "x", "value": "1"}, {"key": "y", "value": "2"}],
}


def test_differences_go_detail_by_detail() -> None:
    after = SNAPSHOT | {"details": [{"key": "x", "value": "1"}, {"key": "z", "value": "3"}]}
    assert differences(SNAPSHOT, SNAPSHOT) == []
    assert differences(SNAPSHOT, after) == [
        {"key": "details", "before": {"key": "y", "value": "2"}, "after": None},
        {"key": "details", "before": None, "after": {"key": "z", "value": "3"}},
    ]


def test_a_corrected_snapshot_takes_over_only_what_changed() -> None:
    before = SNAPSHOT | {"field": {"slug": "f", "name_zh": "新名"}}
    old = SNAPSHOT | {"field": {"slug": "f", "name_zh": "旧名"}}
    new = corrected(old, before, before | {"title_zh": "乙"})
    assert (new["title_zh"], new["field"]["name_zh"]) == ("乙", "旧名")


def test_a_tombstone_empties_every_other_fact() -> None:
    left = tombstone(SNAPSHOT, "理由", "2026-11-22")
    assert (left["standing"], left["details"], left["closes_on"]) == (False, [], None)
    assert left["title_zh"] == "甲"
    assert left.keys() == SNAPSHOT.keys() | {"withdrawn"}
