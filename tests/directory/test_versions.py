"""The history of a published list, checking a copy, and what stays of what was withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.lists.actions import errata as actions
from portal.lists.actions.issuing import issue
from portal.lists.models import Release
from portal.lists.terms.errata import ErratumKind
from tests.browser_client import Browser
from tests.lists.factories import (
    entry_values,
    make_curator,
    make_published_release,
    make_signed_release,
)

NUMBER = "MS-JH-2026-01-001"
LIST = "/lists/2026/opportunity"
Someone = Callable[[Person], Browser]


@pytest.fixture
def release(app: Flask) -> Release:
    return make_published_release(entries=2)


def correct(release: Release) -> None:
    """Have the first entry's summary corrected by two officers."""
    entry = release.entries[0]
    values = entry_values(title=entry.title, summary="13座公交场站开放储能应用。")
    erratum = actions.propose_correction(
        make_curator(), entry, entry.version, ErratumKind.CORRECTION, "场站数有误", values
    )
    issue(make_curator("second"), erratum, erratum.version)


def withdraw(release: Release, *, whole: bool = False) -> None:
    """Have the first entry, or the release, withdrawn by two officers."""
    entry = None if whole else release.entries[0]
    erratum = actions.propose_withdrawal(make_curator(), release, entry, "项目终止")
    issue(make_curator("second"), erratum, erratum.version)


def test_an_entry_says_what_was_corrected_and_the_list_from_which_version(
    release: Release, visitor: Browser
) -> None:
    correct(release)
    page = visitor.get(f"/entries/{NUMBER}")
    for words in ("13座公交场站", "14座公交场站开放储能应用", "场站数有误"):
        assert words in page.main
    history = visitor.get(f"{LIST}/versions")
    assert "第1批，版本1.1" in history.main
    assert "第1批，版本1.0" in history.main
    assert "按牵头单位会签的内容" in history.main


def test_anyone_can_compute_the_check_code_of_every_version(
    release: Release, visitor: Browser
) -> None:
    correct(release)
    for version in ("1.0", "1.1"):
        answer = visitor.ask(f"{LIST}/1/{version}.json")
        code = hashlib.sha256(answer.get_data()).hexdigest()
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert code in visitor.get(f"/lists/check?code={code}").main
    assert "现在一致" in visitor.get(f"/lists/check?code={code}").main


def test_a_copy_of_before_a_correction_is_recognised_as_superseded(
    release: Release, visitor: Browser
) -> None:
    old = str(release.check_code)
    correct(release)
    page = visitor.get(f"/lists/check?code={old[:12].upper()}")
    assert "现行版本为1.1" in page.main


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "请输入副本上的校验码"),
        ("abc", "校验码至少8位"),
        ("zzzzzzzzz", "校验码至少8位"),
        ("0" * 64, "没有以此校验码发布的清单"),
        ("%27%22<script>", "校验码至少8位"),
        ("a" * 5000, "没有以此校验码发布的清单"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(visitor: Browser, code: str, said: str) -> None:
    assert said in visitor.get(f"/lists/check?code={code}").main


def test_a_withdrawn_entry_leaves_its_title_and_the_reason_and_its_old_text_is_gone(
    release: Release, visitor: Browser
) -> None:
    withdraw(release)
    page = visitor.get(f"/entries/{NUMBER}", status=410)
    assert "项目终止" in page.main
    assert "公交场站储能应用场景之1" in page.main
    assert "028-0000" not in page.main
    assert visitor.ask(f"{LIST}/1/1.0.json").status_code == 404
    now = visitor.ask(f"{LIST}/1/1.1.json").get_data(as_text=True)
    assert "项目终止" in now
    assert "场地已平整" in now  # of the entry that stays
    assert now.count("场地已平整") == 1
    assert "已撤回" in visitor.get(LIST).main  # it stays counted in its edition
    row = visitor.get("/lists/opportunity?state=ended").main
    assert "已撤回" in row
    assert "截止" not in row.partition(NUMBER)[2].partition("第1至")[0]


def test_a_withdrawn_list_leaves_a_page_with_the_reason(release: Release, visitor: Browser) -> None:
    withdraw(release, whole=True)
    left = visitor.get(LIST, status=410)
    assert "项目终止" in left.main
    assert "共2个条目随之撤回" in left.main
    assert f'href="/entries/{NUMBER}"' in left.html
    assert visitor.get("/lists/opportunity").link("2026年度（已撤回）") == LIST
    assert "项目终止" in visitor.get(f"/entries/{NUMBER}", status=410).main
    assert "公交场站" not in visitor.get("/lists/opportunity").main
    assert "项目终止" in visitor.get(f"{LIST}/versions").main


def test_nothing_of_a_signed_release_shows_before_it_is_public(visitor: Browser) -> None:
    code = str(make_signed_release().check_code)
    assert visitor.ask(f"{LIST}/versions").status_code == 404
    assert visitor.ask(f"{LIST}/1/1.0.json").status_code == 404
    assert "没有以此校验码发布的清单" in visitor.get(f"/lists/check?code={code}").main


def test_officers_correct_an_entry_on_its_pages(release: Release, someone: Someone) -> None:
    one, other = someone(make_curator()), someone(make_curator("second"))
    entry = release.entries[0]
    page = one.get(f"/bureau/editions/entries/{entry.id}/correction")
    again = one.send(page, "propose-correction", status=422)
    assert "请填写理由，公众会看到" in again.main
    room = one.send(
        page,
        "propose-correction",
        erratum_kind="minor",
        reason="漏字",
        summary="14座公交场站开放储能应用场景。",
    )
    assert "已提出" in room.text
    assert "公交场站储能应用场景之1" in other.get("/bureau/worklist").main
    page = other.get(room.link("1"))
    assert "14座公交场站开放储能应用场景。" in page.main
    assert "请勾选以示同意" in other.send(page, "issue", status=422).main
    done = other.send(page, "issue", agreed="y")
    assert "新版本现已公开" in done.text
    assert "版本1.1" in done.main


def test_the_proposer_reads_that_another_officer_consents(
    release: Release, someone: Someone
) -> None:
    one = someone(make_curator())
    entry = release.entries[0]
    page = one.get(f"/bureau/editions/entries/{entry.id}/withdrawal")
    room = one.send(page, "withdrawal", reason="项目终止")
    assert "须由第二名经办人核准" in one.get(room.link("1")).main
