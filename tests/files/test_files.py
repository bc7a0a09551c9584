"""Stored files: what may be uploaded, what is left when something stops, who may download."""

from __future__ import annotations

import errno
import io
import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from portal import files
from portal.accounts.models import Person
from portal.audit import trail_of
from portal.cli import nightly
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.files import readers, store
from portal.files.models import StoredFile
from portal.files.rules import clean_name, type_of
from portal.files.terms import ContentType
from tests.browser_client import Browser
from tests.factories import make_person
from tests.files.factories import JPEG, PDF, PNG
from tests.worker import drain


@pytest.fixture
def folder(app: Flask) -> Path:
    return Path(app.config["FILES"])


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


@pytest.fixture(autouse=True)
def sample_rule(owner: Person) -> Iterator[None]:
    """Files of the kind "sample" are read by their owner alone."""
    known = dict(readers._readers)
    owner_id = owner.id
    files.reader_of("sample")(lambda person, file: person.id == owner_id == file.owner_id)
    yield
    readers._readers.clear()
    readers._readers.update(known)


def put(owner: Person, folder: Path, content: bytes = PDF, name: str = "证明.pdf") -> StoredFile:
    with files.receiving(folder, io.BytesIO(content), name, field="proof") as received:
        return files.keep(owner, received, "sample", owner.id, purpose="revenue@2025")


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, ContentType.PDF),
        (b"\n" * 1000 + PDF, ContentType.PDF),
        (PNG, ContentType.PNG),
        (JPEG, ContentType.JPEG),
        (b"PK\x03\x04rest", ContentType.XLSX),
        ("序号,企业名称\n".encode("gb18030"), ContentType.CSV),
        ("序号,企业名称\n".encode("utf-16"), ContentType.CSV),
        (b"<html><script>alert(1)</script>", None),
        (b"  <?xml version='1.0'?><svg/>", None),
        (b"MZ\x90\x00\x03\x00", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", None),
        (b"GIF89a\x00", None),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, found: ContentType | None) -> None:
    assert type_of(content) == found


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("C:\\Users\\me\\执照.PDF", "执照.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("..", "file.pdf"),
        ("长" * 300 + ".pdf", "长" * 115 + ".pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
    ],
)
def test_the_name_a_file_is_given_back_under_is_harmless(name: str, kept: str) -> None:
    assert clean_name(name, ContentType.PDF) == kept


def test_a_kept_file_lies_under_an_opaque_name_with_its_hash(owner: Person, folder: Path) -> None:
    file = put(owner, folder)
    path = files.path_of(folder, file.name)
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o077 == 0
    assert file.name not in file.original_name
    assert len(file.digest) == 64
    assert [event.act for event in trail_of("stored_file", file.id)] == ["store_file"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"<html></html>", "只能上传PDF、JPG或PNG"),
        (b"PK\x03\x04", "只能上传PDF、JPG或PNG"),
        (PDF + b"\0" * (20 * 1024 * 1024), "文件为21 MB，不能大于20 MB"),
    ],
)
def test_what_may_not_be_stored_is_refused_and_leaves_nothing(
    owner: Person, folder: Path, content: bytes, said: str
) -> None:
    with pytest.raises(Refused) as refusal:
        put(owner, folder, content)
    assert said in refusal.value.message
    assert refusal.value.field == "proof"
    assert on_disk(folder) == []


def test_a_file_of_exactly_the_limit_is_taken(owner: Person, folder: Path) -> None:
    content = PDF + b"\0" * (20 * 1024 * 1024 - len(PDF))
    assert put(owner, folder, content).size == 20 * 1024 * 1024


def test_an_action_that_is_refused_leaves_no_file_and_no_row(owner: Person, folder: Path) -> None:
    @action
    def refuse_afterwards(received: files.Received) -> None:
        files.keep(owner, received, "sample", owner.id)
        raise Refused("no")

    with (
        pytest.raises(Refused),
        files.receiving(folder, io.BytesIO(PDF), "a.pdf", field="proof") as received,
    ):
        refuse_afterwards(received)
    assert on_disk(folder) == []
    assert db.session.query(StoredFile).count() == 0


def test_a_broken_connection_and_a_full_disk_leave_nothing(
    owner: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with (
        pytest.raises(ConnectionResetError),
        files.receiving(folder, Broken(), "a.pdf", field="proof"),
    ):
        raise AssertionError("nothing was received")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(Refused, match="空间"):
        put(owner, folder)
    assert on_disk(folder) == []


def test_only_who_may_read_a_file_downloads_it_and_the_trail_says_so(
    app: Flask, owner: Person, folder: Path, someone: Callable[[Person], Browser]
) -> None:
    file = put(owner, folder)
    name, number = file.name, file.id
    answer = someone(owner).ask(f"/files/{name}")
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "%E8%AF%81%E6%98%8E.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    stranger = make_person("stranger@example.com")
    assert someone(stranger).ask(f"/files/{name}").status_code == 404
    assert Browser(app).ask(f"/files/{name}").status_code == 303
    assert [event.act for event in trail_of("stored_file", number)] == ["open_file", "store_file"]


def test_a_removed_file_is_gone_and_its_hash_stays(
    app: Flask, owner: Person, folder: Path, someone: Callable[[Person], Browser]
) -> None:
    file = put(owner, folder)
    name, digest = file.name, file.digest
    files.remove(owner, file)
    files.remove(owner, file)
    drain(app)
    assert on_disk(folder) == []
    assert someone(owner).ask(f"/files/{name}").status_code == 404
    assert db.session.query(StoredFile).one().digest == digest


def test_files_kept_long_enough_are_removed_at_night(
    app: Flask, owner: Person, folder: Path
) -> None:
    for until in (date(2026, 11, 21), date(2026, 11, 22)):
        with files.receiving(folder, io.BytesIO(PDF), "a.pdf", field="proof") as received:
            files.keep(owner, received, "sample", owner.id, keep_until=until)
    nightly.run_due()
    drain(app)
    kept = db.session.query(StoredFile).filter(StoredFile.removed_at.is_(None)).one()
    assert kept.keep_until == date(2026, 11, 22)
    assert len(on_disk(folder)) == 1


def test_what_a_killed_upload_left_is_swept_after_a_day(owner: Person, folder: Path) -> None:
    file = put(owner, folder)
    orphan = files.path_of(folder, "ab" + "0" * 30)
    orphan.parent.mkdir(exist_ok=True)
    for path in (orphan, folder / "half.part"):
        path.write_bytes(b"half")
    nightly.sweep_files()
    assert len(on_disk(folder)) == 3, "an upload under way is left alone"
    for path in on_disk(folder):
        os.utime(path, (time.time() - 90_000,) * 2)
    nightly.sweep_files()
    assert on_disk(folder) == [files.path_of(folder, file.name)]
