"""The folder of stored files. What is half uploaded leaves nothing behind."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from flask_babel import gettext as _
from sqlalchemy import select

from portal.errors import Refused
from portal.extensions import db
from portal.files.models import StoredFile
from portal.files.pdf import needs_password
from portal.files.rules import HEAD, check_file, clean_name, office_type, type_words
from portal.files.terms import EVIDENCE, LARGEST_EVIDENCE, ContentType

ALGORITHM = "sha256"
CHUNK = 256 * 1024
DRAFT = ".part"
STALE = 24 * 3600  # seconds after which a file without a row was left by a killed process


@dataclass(frozen=True)
class Received:
    """An upload on disk that no row names yet."""

    folder: Path
    name: str
    original_name: str
    content_type: ContentType
    size: int
    digest: str

    @property
    def draft(self) -> Path:
        return self.folder / (self.name + DRAFT)

    @property
    def path(self) -> Path:
        return path_of(self.folder, self.name)


def path_of(folder: Path, name: str) -> Path:
    """Return where a stored file lies: spread over 256 folders."""
    return folder / name[:2] / name


@contextmanager
def receiving(
    folder: Path,
    stream: BinaryIO,
    original_name: str,
    *,
    field: str,
    allowed: frozenset[ContentType] = EVIDENCE,
    largest: int = LARGEST_EVIDENCE,
) -> Iterator[Received]:
    """Write an upload to disk, check it and hand it out for `keep` inside an action.

    Whatever the action has not kept when it ends, or when it is undone, is deleted. `largest` is
    in bytes. Raises Refused at `field` for a file that may not be taken or a full disk.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    draft, final = folder / (name + DRAFT), path_of(folder, name)
    try:
        head, size, digest = write_draft(stream, draft, largest, field)
        kind = check_file(head, size, allowed, largest, field)
        if kind == ContentType.XLSX and ContentType.DOCX in allowed:
            kind = check_office(draft, allowed, field)
        if kind == ContentType.PDF and needs_password(draft):
            raise Refused(
                _("The PDF opens with a password only: save it without one, then upload it again"),
                field,
            )
        yield Received(folder, name, clean_name(original_name, kind), kind, size, digest)
    except BaseException:
        final.unlink(missing_ok=True)
        raise
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def receiving_all(folder: Path, uploads: Sequence[Any], *, field: str) -> Iterator[list[Received]]:
    """Take in several uploads, each as `receiving` does, for one action to keep together."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(receiving(folder, one.stream, one.filename, field=field))
            for one in uploads
        ]


def write_draft(stream: BinaryIO, draft: Path, largest: int, field: str) -> tuple[bytes, int, str]:
    """Copy a stream to disk through to the platter; return its head, size and SHA-256.

    Stops one byte after `largest`; the size of the rest is only counted.
    """
    total, head, sha = 0, b"", hashlib.sha256()
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total <= largest:
                    head = head or chunk[:HEAD]
                    sha.update(chunk)
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise Refused(
            _("There is no room for the file at the moment; nothing was saved. Call the office"),
            field,
        ) from error
    return head, total, sha.hexdigest()


def check_office(draft: Path, allowed: frozenset[ContentType], field: str) -> ContentType:
    """Return which office file an archive is, by the names of its parts; nothing is unpacked.

    Raises Refused at `field` for other archives.
    """
    try:
        with zipfile.ZipFile(draft) as archive:
            kind = office_type(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        kind = None
    if kind is None:
        raise Refused(type_words(allowed), field)
    return kind


def put_in_place(received: Received) -> None:
    """Give a received file its final place, before the row that names it is committed."""
    received.path.parent.mkdir(exist_ok=True, mode=0o700)
    received.draft.rename(received.path)
    for folder in (received.path.parent, received.folder):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> int:
    """Delete what killed processes left more than a day ago; return how many files."""
    before = time.time() - STALE
    old = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime < before]
    named = (
        set(
            db.session.scalars(select(StoredFile.name).where(StoredFile.removed_at.is_(None))).all()
        )
        if old
        else set()
    )
    left = [path for path in old if path.name not in named]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
