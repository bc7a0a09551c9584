"""Files of an entry: taken by their content, private until the release, public by name and hash."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.models import Enterprise
from portal.lists.actions.entries import submit_entry
from portal.lists.actions.publication import publish
from portal.lists.actions.ties import split_entry
from portal.lists.models import Entry, Release
from portal.lists.queries.attachments import attachments_of
from portal.lists.queries.entries import get_entry
from tests.browser_client import Browser
from tests.factories import make_active, make_officer, make_person
from tests.lists.factories import (
    decide,
    make_call,
    make_curator,
    make_draft,
    make_sender,
    sign_all,
    start_signing,
)

PDF = b"%PDF-1.7\nsample"


def archive(*names: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return packed.getvalue()


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def enterprise(owner: Person) -> Enterprise:
    return make_active(owner, make_officer(Right.REVIEW_ENTERPRISES, mail="r@portal.example"))


@pytest.fixture
def member(app: Flask, owner: Person, enterprise: Enterprise) -> Browser:
    return Browser(app).sign_in(owner)


@pytest.fixture
def draft(owner: Person, enterprise: Enterprise) -> Entry:
    return make_draft(make_call(), actor=owner, enterprise=enterprise)


def upload(member: Browser, draft: Entry, content: bytes, name: str, status: int = 200) -> Any:
    page = member.get(f"/my/entries/{draft.id}/sections/terms")
    form = page.form("/save")
    data = {**form.fields, "details_attachment": (BytesIO(content), name)}
    member.ask(form.action, "POST", data=data, follow_redirects=True)
    return member.page(form.action, status)


def test_a_file_is_kept_replaced_and_dropped(member: Browser, draft: Entry) -> None:
    upload(member, draft, PDF, "场景说明.pdf")
    page = member.get(f"/my/entries/{draft.id}/sections/terms")
    assert "场景说明.pdf" in page.main
    upload(member, draft, archive("word/document.xml"), "新说明.docx")
    assert [file.original_name for file in attachments_of(get_entry(draft.id))] == ["新说明.docx"]
    page = member.get(f"/my/entries/{draft.id}/sections/terms")
    member.send(page, "/save", drop_attachment="y")
    assert not attachments_of(get_entry(draft.id))
    assert "attachment" not in get_entry(draft.id).details


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html>", "a.pdf"),
        (archive("evil.exe"), "a.docx"),
        (archive("word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"plain,text", "a.csv"),
    ],
)
def test_what_a_file_holds_decides_not_its_name(
    member: Browser,
    draft: Entry,
    content: bytes,
    name: str,
) -> None:
    page = upload(member, draft, content, name, 422)
    assert "只能上传PDF、JPG、PNG、XLSX或DOCX" in page.errors[0]
    assert not attachments_of(get_entry(draft.id))


def released(draft: Entry, owner: Person) -> Release:
    entry = get_entry(draft.id)
    submit_entry(owner, entry, entry.version)
    decide(entry)
    release = entry.release
    start_signing(release)
    sign_all(release)
    return release


def test_a_file_is_public_with_its_release_and_never_before(
    app: Flask,
    member: Browser,
    draft: Entry,
    owner: Person,
) -> None:
    upload(member, draft, PDF, "场景说明.pdf")
    visitor = Browser(app)
    stored = attachments_of(get_entry(draft.id))[0].name
    release = released(draft, owner)
    entry = get_entry(draft.id)
    address = f"/entries/{entry.number}/files/attachment"
    visitor.get(address, 404)
    assert visitor.ask(f"/files/{stored}").status_code in (302, 303, 404)
    said = json.loads(release.content or "")["entries"][0]["details"][-1]["value"]
    digest = hashlib.sha256(PDF).hexdigest()
    assert said == {
        "name": "场景说明.pdf", "type": "application/pdf", "size": len(PDF), "sha256": digest
    }  # fmt: skip
    publish(make_curator(), release, release.version)
    answer = visitor.ask(address)
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "场景说明.pdf" in visitor.get(f"/entries/{entry.number}").main
    visitor.get(f"/entries/{entry.number}/files/need", 404)


def test_the_parts_of_a_split_entry_carry_on_its_files(
    app: Flask, member: Browser, draft: Entry, owner: Person
) -> None:
    upload(member, draft, PDF, "场景说明.pdf")
    whole = get_entry(draft.id)
    submit_entry(owner, whole, whole.version)
    curator = make_curator()
    parts = split_entry(curator, whole, whole.version, ["场景之一", "场景之二"], "两个项目")
    for part in parts:
        decide(part)
    start_signing(whole.release)
    sign_all(whole.release)
    numbers = [part.number for part in parts]
    publish(curator, whole.release, whole.release.version)
    for number in numbers:
        assert Browser(app).ask(f"/entries/{number}/files/attachment").get_data() == PDF


def test_strangers_and_officers_before_it_is_sent_in_read_no_file(
    app: Flask,
    member: Browser,
    draft: Entry,
    owner: Person,
) -> None:
    upload(member, draft, PDF, "场景说明.pdf")
    stored = attachments_of(get_entry(draft.id))[0].name
    curator, other = Browser(app).sign_in(make_curator()), Browser(app).sign_in(make_sender())
    assert [who.ask(f"/files/{stored}").status_code for who in (curator, other)] == [404, 404]
