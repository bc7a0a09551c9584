"""Evidence: who may add, read and remove a file, and how long an identity paper is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.cli import nightly
from portal.enterprises.actions.registration import submit
from portal.enterprises.actions.review import decide
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.evidence import evidence_of
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.figures import Source
from portal.enterprises.terms.record import Decision
from portal.errors import NotAllowed
from tests.browser_client import Browser
from tests.enterprises.figure_factories import make_evidence, state
from tests.factories import make_active, make_draft, make_officer, make_person, make_uscc
from tests.files.factories import PNG, upload
from tests.worker import drain

Someone = Callable[[Person], Browser]


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def officer(app: Flask) -> Person:
    return make_officer(Right.REVIEW_ENTERPRISES)


@pytest.fixture
def firm(owner: Person, officer: Person) -> Enterprise:
    return make_active(owner, officer)


@pytest.fixture
def member(someone: Someone, owner: Person, firm: Enterprise) -> Browser:
    return someone(owner)


def kept(firm: Enterprise) -> list[tuple[str, str]]:
    return [(file.purpose, file.original_name) for file in evidence_of(firm)]


def on_disk(app: Flask) -> list[Path]:
    return [path for path in Path(app.config["FILES"]).rglob("*") if path.is_file()]


def test_a_file_is_added_for_a_figure_listed_and_downloaded(
    member: Browser, firm: Enterprise, owner: Person
) -> None:
    page = member.get(f"/my/enterprises/{firm.id}/evidence?purpose=revenue@2025")
    page = member.send(page, "/add", proof=upload(name="2025年审计报告.pdf"))
    assert "文件已保存" in page.text
    assert kept(firm) == [("revenue@2025", "2025年审计报告.pdf")]
    assert "2025年营业收入" in page.main
    answer = member.ask(page.link("2025年审计报告.pdf"))
    assert "attachment" in answer.headers["Content-Disposition"]
    number = evidence_of(firm)[0].id
    assert trail_of("stored_file", number)[0].act == "open_file"


def test_a_file_belongs_to_a_field_or_a_figure(member: Browser, firm: Enterprise) -> None:
    page = member.get(f"/my/enterprises/{firm.id}/evidence")
    page = member.send(page, "/add", 422, proof=upload())
    assert page.errors == ["请选择文件所证明的内容"]
    page = member.send(page, "/add", 422, purpose="contact_phone", proof=upload())
    assert len(page.errors) == 1
    page = member.send(page, "/add", purpose="uscc", proof=upload(PNG, "执照.png"))
    assert kept(firm) == [("uscc", "执照.png")]


def test_a_wrong_file_is_refused_and_leaves_nothing(
    app: Flask, member: Browser, firm: Enterprise
) -> None:
    page = member.get(f"/my/enterprises/{firm.id}/evidence?purpose=uscc")
    page = member.send(page, "/add", 422, proof=upload(b"<html></html>", "a.pdf"))
    assert "只能上传PDF、JPG或PNG" in page.errors[0]
    assert page.form("/add").fields["purpose"] == ["uscc"]
    assert on_disk(app) == []


def test_an_upload_the_action_refuses_leaves_nothing(
    app: Flask, someone: Someone, owner: Person, firm: Enterprise
) -> None:
    stranger = make_person("stranger@example.com")
    with pytest.raises(NotAllowed):
        make_evidence(stranger, firm)
    assert on_disk(app) == []
    assert kept(firm) == []


def test_a_file_is_replaced_in_its_place(
    app: Flask, owner: Person, firm: Enterprise, member: Browser
) -> None:
    make_evidence(owner, firm)
    page = member.get(f"/my/enterprises/{firm.id}/evidence")
    page = member.get(page.link("替换"))
    page = member.send(page, page.path, 422)
    assert page.errors == ["请选择文件"]
    page = member.send(page, page.path, proof=upload(name="更正后审计报告.pdf"))
    assert kept(firm) == [("revenue@2025", "更正后审计报告.pdf")]
    drain(app)
    assert len(on_disk(app)) == 1


def test_a_file_is_removed_after_a_page_that_says_what_is_lost(
    app: Flask, owner: Person, firm: Enterprise, member: Browser
) -> None:
    make_evidence(owner, firm)
    page = member.get(f"/my/enterprises/{firm.id}/evidence")
    page = member.get(page.link("删除"))
    assert "不能恢复" in page.main
    member.send(page, page.path)
    assert kept(firm) == []
    drain(app)
    assert on_disk(app) == []


def test_what_an_officer_relied_on_stays_and_newer_files_do_not(
    owner: Person,
    officer: Person,
    firm: Enterprise,
    member: Browser,
    wait: Callable[..., None],
) -> None:
    name = make_evidence(owner, firm).name
    state(officer, firm, source=Source.CHECKED, revenue=1, notes={"revenue": "审计报告"})
    wait(minutes=1)
    newer = make_evidence(owner, firm, name="补充.pdf").name
    page = member.get(f"/my/enterprises/{firm.id}/evidence")
    assert "已核对" in page.main
    assert name not in "".join(link for link in page.links() if link.endswith("/remove"))
    page = member.get(f"/my/enterprises/{firm.id}/evidence/{name}/remove")
    page = member.send(page, page.path, 422)
    assert "随记录保留" in page.errors[0]
    page = member.get(f"/my/enterprises/{firm.id}/evidence/{newer}/remove")
    member.send(page, page.path)
    assert kept(firm) == [("revenue@2025", "审计报告.pdf")]


def test_evidence_of_a_field_stays_once_the_record_was_admitted_with_it(
    owner: Person, officer: Person, someone: Someone
) -> None:
    draft = make_draft(owner)
    name = make_evidence(owner, draft, "uscc", name="执照.pdf").name
    firm = admit(owner, officer, draft)
    member = someone(owner)
    page = member.get(f"/my/enterprises/{firm.id}/evidence/{name}/remove")
    page = member.send(page, page.path, 422)
    assert "随记录保留" in page.errors[0]


def admit(owner: Person, officer: Person, draft: Enterprise) -> Enterprise:
    submit(owner, draft, draft.version)
    firm = get_enterprise(draft.id)
    decide(officer, firm, firm.version, Decision.ADMIT, reasons={}, ground="")
    return firm


def test_only_members_and_the_districts_officers_download(
    owner: Person, officer: Person, firm: Enterprise, someone: Someone
) -> None:
    path = f"/files/{make_evidence(owner, firm).name}"
    elsewhere = make_officer(
        Right.REVIEW_ENTERPRISES, mail="there@portal.example", district="renshou"
    )
    stranger = make_person("stranger@example.com")
    assert someone(owner).ask(path).status_code == 200
    assert someone(officer).ask(path).status_code == 200
    assert someone(elsewhere).ask(path).status_code == 404
    assert someone(stranger).ask(path).status_code == 404


def test_another_records_file_is_not_reached_through_ones_own(
    owner: Person, officer: Person, firm: Enterprise, someone: Someone
) -> None:
    name = make_evidence(owner, firm).name
    other = make_person("other@example.com")
    draft = make_draft(other, uscc=make_uscc(2))
    someone(other).get(f"/my/enterprises/{draft.id}/evidence/{name}/remove", 404)


def test_an_identity_paper_asks_for_the_number_to_be_covered_and_goes_after_its_time(
    app: Flask, owner: Person, officer: Person, someone: Someone, wait: Callable[..., None]
) -> None:
    draft = make_draft(owner)
    member = someone(owner)
    page = member.get(f"/my/enterprises/{draft.id}/evidence/identity-paper")
    assert "请遮盖证件号码" in page.main
    page = member.send(page, page.path, 422, proof=upload(PNG, "证件.png"))
    assert page.errors == ["请先遮盖证件号码，再在此确认"]
    page = member.send(page, page.path, covered="y", proof=upload(PNG, "证件.png"))
    assert "保留至2027-11-22" in page.main, "a year at the latest while nothing is decided"
    number, desk = admit(owner, officer, draft).id, someone(officer)
    nightly.run_due()
    firm = get_enterprise(number)
    assert evidence_of(firm)[0].keep_until == date(2027, 2, 20)
    seen = desk.get(f"/bureau/enterprises/{number}/figures").main
    assert "保留至2027-02-20" in seen
    wait(days=91)
    nightly.run_due()
    drain(app)
    assert kept(get_enterprise(number)) == []
    assert on_disk(app) == []
