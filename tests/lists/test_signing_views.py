"""Officers' pages of signing: in the system, on paper, reopening, publishing."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask

from portal import clock
from portal.extensions import db
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.terms.editions import EditionState
from tests.browser_client import Browser
from tests.files.factories import PDF, upload
from tests.lists.factories import (
    LEADS,
    make_accepted,
    make_call,
    make_curator,
    make_signed_release,
    make_signer,
    review_all,
    start_signing,
)


@pytest.fixture
def curator(app: Flask) -> Browser:
    return Browser(app).sign_in(make_curator())


@pytest.fixture
def call() -> Release:
    return make_call()


def board(release: Release) -> str:
    return f"/bureau/editions/releases/{release.id}"


def signer_browser(app: Flask, slug: str) -> Browser:
    return Browser(app).sign_in(make_signer(slug))


def test_both_bodies_sign_and_the_list_is_published(
    app: Flask, curator: Browser, call: Release
) -> None:
    make_accepted(call, title_en="Storage at bus depots")
    call.edition.foreword_zh, call.document_no = "示例前言", "示例经合函〔2026〕1号"
    db.session.commit()
    page = curator.send(curator.get(board(call)), "/close-call")
    page = curator.send(page, "/start-curating")
    page = curator.send(page, "/enter-cosign", 422)
    assert "审核单尚不完整：初审；复审；终审；保密审查；公平竞争审查" in page.errors
    review_all(call)
    page = curator.send(curator.get(board(call)), "/enter-cosign")
    assert "MS-JH-2026-01-001" in page.main
    for slug in LEADS:
        officer = signer_browser(app, slug)
        page = officer.get(officer.get(board(call)).link("阅读并会签"))
        for signed in ("公交场站储能应用场景", "Storage at bus depots", "示例前言", "〔2026〕1号"):
            assert signed in page.main
        page = officer.send(page, "/sign", 422)
        assert page.errors == ["请勾选后会签"]
        officer.send(page, "/sign", agreed="y")
    page = curator.get(curator.get(board(call)).link("发布"))
    assert "将公开1个条目" in page.main
    page = curator.send(page, "/publish")
    assert "已发布" in page.main
    assert get_release(call.id).is_public


def test_the_content_can_be_downloaded_to_compute_the_code(curator: Browser) -> None:
    release = make_signed_release()
    curator.get(f"{board(release)}/content.json")
    data = curator.response.get_data()
    assert hashlib.sha256(data).hexdigest() == release.check_code


def test_a_paper_is_recorded_by_one_and_confirmed_by_another(
    app: Flask, curator: Browser, call: Release
) -> None:
    make_accepted(call)
    start_signing(call)
    page = curator.get(curator.get(board(call)).link("登记纸质会签"))
    page = curator.send(page, "/record", 422)
    assert len(page.errors) == 5
    page = curator.send(
        page, "/record", signer_name="示例领导", signer_post="局长",
        signed_on=clock.today().isoformat(), reference="会签单3号",
        scan=upload(name="会签单.pdf"),
    )  # fmt: skip
    link = page.link("核对并确认")
    assert curator.ask(curator.get(link).link("会签单.pdf")).get_data() == PDF
    assert "第二名工作人员" in curator.get(link).main
    curator.post(f"{link}/confirm", {"agreed": "y"}, 403)
    second = signer_browser(app, LEADS[0])
    page = second.send(second.get(link), "/confirm", agreed="y")
    assert "会签单3号" in page.main
    assert "待会签" in page.main


def test_a_wrong_record_is_rejected(app: Flask, curator: Browser, call: Release) -> None:
    make_accepted(call)
    start_signing(call)
    page = curator.get(f"{board(call)}/bodies/{LEADS[0]}/paper")
    page = curator.send(
        page, "/record", signer_name="示例领导", signer_post="局长",
        signed_on=clock.today().isoformat(), reference="会签单3号",
        scan=upload(name="会签单.pdf"),
    )  # fmt: skip
    second = signer_browser(app, LEADS[0])
    page = second.get(page.link("核对并确认"))
    page = second.send(page, "/reject", reason="校验码不符")
    assert "已作废的会签" in page.main


def test_reopening_says_what_becomes_void(curator: Browser) -> None:
    release = make_signed_release()
    page = curator.get(curator.get(board(release)).link("重新遴选"))
    assert "2个会签将作废" in page.main
    page = curator.send(page, "/reopen", 422)
    assert page.errors == ["请写明原因"]
    page = curator.send(page, "/reopen", reason="补一条")
    assert "2个会签作废" in page.main
    assert "已作废的会签" in page.main


def test_scheduling_and_taking_it_back(curator: Browser) -> None:
    release = make_signed_release()
    page = curator.get(f"{board(release)}/publication")
    page = curator.send(page, "/schedule", 422, on="2020-01-01", time="09:00")
    assert page.errors == ["发布时间已过，请另选时间"]
    page = curator.send(page, "/schedule", on="2026-12-01", time="09:00")
    assert "定于2026-12-01 09:00发布" in page.main
    page = curator.get(f"{board(release)}/publication")
    page = curator.send(page, "/unschedule")
    assert get_release(release.id).state == EditionState.COSIGN


def test_publishing_is_not_offered_without_signatures(curator: Browser, call: Release) -> None:
    make_accepted(call)
    start_signing(call)
    page = curator.get(f"{board(call)}/publication")
    assert "市经济合作局尚未会签" in page.main
    path = f"{board(call)}/publish"
    page = curator.post(path, {"version": str(get_release(call.id).version)}, 422)
    assert page.errors == ["市经济合作局尚未会签"]


def test_a_double_click_publishes_once(curator: Browser) -> None:
    release = make_signed_release()
    form = {"version": str(release.version)}
    for _click in range(2):
        page = curator.post(f"{board(release)}/publish", form)
        assert "已发布" in page.main
