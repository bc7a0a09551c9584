"""Objections to a list on notice: sealed, examined by another, and holding the list up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import clock, files
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.casework.objections import handle as handle_objection
from portal.casework.objectors import Objector, Paper
from portal.casework.queries import find_case
from portal.casework.terms import Matter
from portal.database import transaction
from portal.errors import NotAllowed, Refused
from portal.lists.actions import notices, objections
from portal.lists.actions.curation import decide, reconsider
from portal.lists.actions.freezing import enter_cosign
from portal.lists.actions.steps import step_back
from portal.lists.models import Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import get_entry
from portal.lists.queries.notices import get_notice, get_objection, last_notice
from portal.lists.queries.steps import present_draft
from portal.lists.terms.entries import Decision, EntryState
from portal.lists.terms.steps import ObjectionResult
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.files.factories import upload
from tests.lists.factories import (
    make_curator,
    make_sender,
    review_all,
)
from tests.lists.step_factories import (
    TITLES,
    make_noticed,
    make_objection,
    object_as,
    publish,
)
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


def go_on(release: Release) -> None:
    """Fill in the review sheet and fix the content."""
    release = get_release(release.id)
    review_all(release)
    enter_cosign(make_curator(), release, release.version)


def handle(made: objections.NoticeObjection, result: ObjectionResult) -> None:
    """Decide on an objection as another curator."""
    made = get_objection(made.id)
    handle_objection(make_curator("examiner"), made, made.version, result, "经核实")


def test_somebody_objects_with_files_and_is_sealed(
    app: Flask, someone: SignIn, visitor: Browser, mailbox: Mailbox
) -> None:
    release, notice = make_noticed()
    neighbour = make_person("neighbour@example.com")
    make_active(neighbour, make_officer("review_enterprises"), name="示例异议企业")
    address = visitor.get(f"/notices/{notice.id}").link(f"提出异议：{TITLES[0]}")
    browser = someone(neighbour)
    page = browser.get(address)
    sent = {"name": "王示例", "contact": "13900000009", "organisation": "示例异议企业"}
    page = browser.send(page, status=422, **sent)
    assert "王示例" in page.html
    proofs = [upload(name="证明1.pdf"), upload(name="证明2.pdf")]
    page = browser.send(page, **sent, statement="场站并未平整", proof=proofs)
    assert "正在核查" in page.text
    public = visitor.get(f"/notices/{notice.id}").text
    assert "异议核查" in public
    assert "王示例" not in public
    assert "场站并未平整" not in public
    assert any("异议已收到" in one for one in mailbox.subjects("neighbour@example.com"))
    examiner = someone(make_curator("examiner"))
    page = examiner.get(f"/bureau/editions/releases/{release.id}/notice")
    page = examiner.get(page.link(TITLES[0]))
    assert "场站并未平整" in page.text
    assert "王示例" not in page.text
    assert "证明1.pdf" in page.text
    page = examiner.send(page, "/reveal")
    assert "王示例" in page.text
    assert "示例异议企业" in page.text
    made = get_objection(int(page.path.split("/")[-2]))
    assert trail_of("notice_objection", made.id)[0].act == "reveal_objector"
    assert all(
        "王示例" not in str(event.changes) + event.note
        for event in trail_of("notice_objection", made.id)
    )


@pytest.mark.parametrize(("days", "taken"), [(5, True), (6, False)])
def test_objections_are_taken_to_the_last_day(
    app: Flask, wait: Wait, days: int, taken: bool
) -> None:
    _release, notice = make_noticed()
    wait(days=days)
    with transaction() if taken else pytest.raises(Refused, match="2026-11-27"):
        make_objection(notice)


def test_an_open_objection_holds_the_list_up(app: Flask, wait: Wait) -> None:
    release, notice = make_noticed()
    made = make_objection(notice, release.entries[0])
    wait(days=6)
    with pytest.raises(Refused, match=f"异议正在核查：{TITLES[0]}"):
        go_on(release)
    handle(made, ObjectionResult.REJECTED)
    go_on(release)


def test_an_objection_outlives_the_notice_it_was_raised_on(app: Flask, wait: Wait) -> None:
    release, notice = make_noticed()
    made = make_objection(notice, release.entries[0])
    step_back(make_curator(), release, release.version, "更正公示期")
    publish(get_release(release.id))
    wait(days=6)
    with pytest.raises(Refused, match="异议正在核查"):
        go_on(release)
    handle(made, ObjectionResult.REJECTED)
    go_on(release)


def test_an_entry_set_aside_lets_the_others_go_on(app: Flask, wait: Wait) -> None:
    release, notice = make_noticed()
    entry = release.entries[0]
    make_objection(notice, entry)
    wait(days=6)
    step_back(make_curator(), release, release.version, "先搁置有异议的条目")
    reconsider(make_curator(), entry, entry.version, "待核查")
    decide(make_curator(), entry, entry.version, Decision.DECLINE, reasons={}, ground="待核查")
    notice = get_notice(notice.id)
    code = present_draft(get_release(release.id)).code
    notices.keep_notice(make_curator(), notice, notice.version, code, "仅搁置有异议的条目")
    go_on(release)


def test_an_objection_that_holds_takes_the_entry_off(
    app: Flask, someone: SignIn, visitor: Browser, mailbox: Mailbox, wait: Wait
) -> None:
    release, notice = make_noticed()
    made = make_objection(notice, release.entries[0])
    browser = someone(make_curator("examiner"))
    page = browser.get(f"/bureau/editions/objections/{made.id}")
    page = browser.send(page, "/handle", status=422, result="struck")
    page = browser.send(page, "/handle", result="struck", answer="场站未平整，不再列入")
    assert "不再列入" in page.text
    assert get_entry(release.entries[0].id).state == EntryState.NOT_SELECTED
    assert "异议成立，不再列入" in visitor.get(f"/notices/{notice.id}").text
    assert any("异议成立" in one for one in mailbox.subjects("neighbour@example.com"))
    wait(days=6)
    with pytest.raises(Refused, match="内容与公示的不一致"):
        go_on(release)


def test_what_is_to_be_corrected_has_to_read_otherwise(app: Flask, wait: Wait) -> None:
    release, notice = make_noticed()
    made = make_objection(notice)
    handle(made, ObjectionResult.CORRECTED)
    wait(days=6)
    with pytest.raises(Refused, match="尚待更正"):
        go_on(release)


def test_a_whole_list_is_not_taken_off_itself(app: Flask) -> None:
    _release, notice = make_noticed()
    with pytest.raises(Refused, match="更正清单"):
        handle(make_objection(notice), ObjectionResult.STRUCK)


def test_nobody_objects_to_their_own_entry_or_examines_their_own_objection(app: Flask) -> None:
    release, notice = make_noticed()
    with pytest.raises(NotAllowed):
        object_as(make_sender(), notice, release.entries[0])
    curator = make_curator()
    made = object_as(curator, notice, release.entries[0])
    case = find_case(Matter.LIST_OBJECTION, "notice_objection", made.id)
    assert case is not None
    made = get_objection(made.id)
    with pytest.raises(NotAllowed, match="须由其他经办人核查"):
        handle_objection(curator, made, made.version, ObjectionResult.REJECTED, "示例")


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (5, True), (6, False)])
def test_a_letter_came_in_while_the_notice_ran(
    app: Flask, wait: Wait, days: int, taken: bool
) -> None:
    release, notice = make_noticed()
    day = clock.today() + timedelta(days=days)
    wait(days=8)
    stream, name = upload(name="来信.pdf")
    who = Objector("李示例", "示例路2号", "示例协会")
    with files.receiving(app.config["FILES"], stream, name, field="proof") as scan:
        paper = Paper(day, scan)
        with transaction() if taken else pytest.raises(Refused):
            objections.record_objection(
                make_curator(), get_notice(notice.id), None, who, "示例", paper
            )
    release = get_release(release.id)
    review_all(release)
    found = last_notice(release)
    assert found is not None
    if taken:
        with pytest.raises(Refused, match="异议正在核查"):
            enter_cosign(make_curator(), release, release.version)
    else:
        enter_cosign(make_curator(), release, release.version)


def test_an_officer_records_a_letter_and_another_examines_it(app: Flask, someone: SignIn) -> None:
    release, notice = make_noticed()
    recorder = someone(make_curator())
    page = recorder.get(f"/bureau/editions/notices/{notice.id}/objection")
    letter = {
        "entry": str(release.entries[1].id),
        "name": "李示例",
        "contact": "示例路2号",
        "statement": "内容与事实不符",
        "received_on": clock.today().isoformat(),
    }
    page = recorder.send(page, status=422, **letter)
    assert "李示例" in page.html
    page = recorder.send(page, **letter, proof=[upload(name="来信.pdf")])
    page = recorder.get(page.link(TITLES[1]))
    assert "须由其他经办人核查" in page.text
    examiner = someone(make_curator("examiner"))
    page = examiner.get(page.path)
    assert "来信.pdf" not in page.text
    page = examiner.send(page, "/reveal")
    assert "来信.pdf" in page.text
