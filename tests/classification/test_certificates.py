"""Certificates of the city's own titles: made after the decision, downloaded, checked."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.classification.actions import certificates
from portal.classification.queries.certificates import certificates_of, get_certificate
from portal.classification.queries.titles import get_title
from portal.classification.words.certificates import page_data
from portal.cli import certificate_work
from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.files.models import StoredFile
from portal.outbox.models import OutboxMessage
from portal.typesetting import Composed, NotComposed
from tests.browser_client import Browser
from tests.classification.certificate_factories import (
    NAME,
    NUMBER,
    made,
    make_granted,
    make_lead,
    own_page,
    owner_of,
    stored,
)
from tests.factories import make_officer, make_person
from tests.typesetting.pdf import characters_in
from tests.worker import Mailbox

SignIn = Callable[[Person], Browser]
Wait = Callable[..., None]


@pytest.fixture
def officer(app: Flask) -> Person:
    """An officer of the department that leads the city's own title."""
    return make_lead()


def test_a_granted_title_gets_its_certificate_and_the_members_are_told(
    app: Flask, officer: Person, someone: SignIn, mailbox: Mailbox
) -> None:
    title = make_granted(officer)
    browser = someone(owner_of(title))
    assert "生成中" in browser.get(own_page(title)).text
    assert "新经济示范企业证书已生成" in mailbox.subjects("owner-1@example.com")[-1]
    page = browser.get(own_page(title))
    assert "生成中" not in page.text
    answer = browser.ask(page.link("证书：新经济示范企业"))
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert set(NAME + "新经济示范企业证书经济合作局市级") <= characters_in(answer.data)


def test_the_file_has_a_name_that_says_what_it_is(app: Flask, officer: Person) -> None:
    made(app, make_granted(officer))
    file = db.session.scalars(select(StoredFile).order_by(StoredFile.id.desc())).first()
    assert file is not None
    assert file.original_name == f"新经济示范企业证书_{NAME}_{NUMBER}.pdf"


def test_anybody_compares_a_pdf_in_hand_with_the_check_page(
    app: Flask, officer: Person, visitor: Browser, someone: SignIn
) -> None:
    title = make_granted(officer)
    assert "生成中" in visitor.get(f"/titles/check/{NUMBER}").text
    name = made(app, title).file_name
    content = someone(owner_of(title)).ask(f"/files/{name}").data
    page = visitor.get(f"/titles/check/{NUMBER}")
    assert hashlib.sha256(content).hexdigest() in page.text.replace(" ", "")
    assert NAME in page.text


def test_members_and_officers_of_titles_download_and_nobody_else(
    app: Flask, officer: Person, someone: SignIn
) -> None:
    title = make_granted(officer)
    address = f"/files/{made(app, title).file_name}"
    auditor = make_officer(Right.AUDIT, mail="auditor@portal.example")
    for person in (owner_of(title), officer, auditor):
        assert someone(person).ask(address).status_code == 200
    curator = make_officer(Right.CURATE_LISTS, mail="curator@portal.example")
    for person in (make_person("stranger@example.com"), curator):
        assert someone(person).ask(address).status_code == 404
    assert Browser(app).ask(address).status_code == 303
    file = db.session.scalar(select(StoredFile).where(StoredFile.owner_kind == "title_certificate"))
    assert file is not None
    assert [event.act for event in trail_of("stored_file", file.id)].count("open_file") == 3


def test_it_is_made_once_though_the_work_is_done_twice(app: Flask, officer: Person) -> None:
    certificate = made(app, make_granted(officer))
    digest, files_before = certificate.digest, stored(app)
    certificate_work.make([{"certificate": certificate.id}])
    assert get_certificate(certificate.id).digest == digest
    assert stored(app) == files_before


def test_of_two_workers_at_once_one_keeps_its_file(app: Flask, officer: Person) -> None:
    title = make_granted(officer)
    number = certificates_of(title)[0].id
    folder, address = Path(app.config["FILES"]), "http://localhost/titles/check/x"
    before = len(stored(app))

    def overtaken(data: dict[str, object], moment: object) -> Composed:
        certificate_work.make_one(number)  # the other worker is done first
        return Composed(b"%PDF-1.7 slower", ())

    certificates.make(number, address, overtaken, folder)
    assert len(stored(app)) == before + 1
    kept = get_certificate(number)
    assert kept.address == f"http://localhost/titles/check/{NUMBER}"
    made_lines = [e for e in trail_of("title", title.id) if e.act == "make_certificate"]
    assert len(made_lines) == 1


def test_made_again_it_is_the_same_byte_for_byte(app: Flask, officer: Person, wait: Wait) -> None:
    certificate = made(app, make_granted(officer))
    wait(days=40)
    data = page_data(certificate, certificate.address)
    again = certificate_work.compose(data, certificate.issued_at)
    assert hashlib.sha256(again.content).hexdigest() == certificate.digest


@pytest.mark.parametrize(
    "error",
    [NotComposed("ended with -9"), OSError(errno.ENOSPC, "No space left on device")],
    ids=["killed", "disk full"],
)
def test_a_failure_leaves_nothing_half_and_is_tried_again(
    app: Flask,
    officer: Person,
    wait: Wait,
    visitor: Browser,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def broken(_data: dict[str, object], _moment: object) -> Composed:
        raise error

    title, healthy = make_granted(officer), make_granted(officer, 2, number="MS-RD-2026-0002")
    before = len(stored(app))
    work = certificate_work.compose
    monkeypatch.setattr(
        certificate_work,
        "compose",
        lambda data, moment: (broken if data["number"] == NUMBER else work)(data, moment),
    )
    assert made(app, title).made_at is None
    assert made(app, healthy).made_at is not None, "the next is made all the same"
    assert len(stored(app)) == before + 1
    assert "生成中" in visitor.get(f"/titles/check/{NUMBER}").text
    (left,) = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.topic == certificates.TOPIC)
    )
    assert (left.attempts, left.last_error) == (1, type(error).__name__)
    monkeypatch.setattr(certificate_work, "compose", work)
    wait(seconds=3)
    assert made(app, title).made_at is not None


def test_a_character_the_fonts_lack_is_said_and_stops_nothing(
    app: Flask, officer: Person, someone: SignIn
) -> None:
    title = make_granted(officer, name="示例𠮷祥有限公司")
    certificate = made(app, title)
    assert certificate.missing == ["𠮷"]
    for person, page in (
        (owner_of(title), own_page(title)),
        (officer, f"/bureau/titles/{title.id}"),
    ):
        assert "字库未收𠮷" in someone(person).get(page).text
    file = someone(officer).ask(f"/files/{certificate.file_name}")
    assert set("〓祥字库未收") <= characters_in(file.data)


def test_samples_are_marked_on_paper_and_in_the_name_of_the_file(
    app: Flask, officer: Person
) -> None:
    title = make_granted(officer)
    plain = page_data(made(app, title), "http://localhost/")
    with transaction():
        db.session.get_one(Enterprise, title.enterprise_id).is_sample = True
    marked = certificates.statement_of(get_title(title.id))
    assert marked["sample"] is True
    assert plain["sample"] is False
    page = certificate_work.compose(plain | {"sample": True}, clock.now())
    assert "例" in characters_in(page.content)
