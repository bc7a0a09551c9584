"""What a file is by its content, and whether it may be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from flask_babel import gettext as _

from portal.errors import Refused
from portal.files.terms import DOCUMENTS, ENDINGS, EVIDENCE, LONGEST_NAME, MEGABYTE, ContentType

HEAD = 1024  # bytes a PDF's mark may stand in, after what some scanners write before it
PNG_MARK = b"\x89PNG\r\n\x1a\n"
OFFICE_PARTS = {"xl/workbook.xml": ContentType.XLSX, "word/document.xml": ContentType.DOCX}
UNSAFE = re.compile(r'[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>:"/\\|?*]+')


def type_of(head: bytes) -> ContentType | None:
    """Return what a file is by its first 1024 bytes, None when it is nothing the portal stores.

    A spreadsheet is told from other zip files by who reads it; text counts as CSV.
    """
    if head.startswith(PNG_MARK):
        return ContentType.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return ContentType.JPEG
    if b"%PDF-" in head[:HEAD]:
        return ContentType.PDF
    if head.startswith(b"PK\x03\x04"):
        return ContentType.XLSX
    return ContentType.CSV if looks_like_text(head) else None


def office_type(names: Collection[str]) -> ContentType | None:
    """Return what an archive with parts of these names is: a workbook or a text document, None
    for anything else and for what carries a program."""
    if any(name.lower().endswith((".bin", ".exe", ".js", ".vbs")) for name in names):
        return None
    for part, kind in OFFICE_PARTS.items():
        if part in names:
            return kind
    return None


def looks_like_text(head: bytes) -> bool:
    """Say whether bytes can be text: a known mark at the front, or no NUL and no page of HTML."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and b"\0" not in head and not head.lstrip().startswith(b"<")


def check_file(
    head: bytes, size: int, allowed: frozenset[ContentType], largest: int, field: str
) -> ContentType:
    """Return the type of a file that may be taken; `largest` is in bytes.

    Raises Refused at `field` for an empty or too large file or another type.
    """
    if size == 0:
        raise Refused(_("The file is empty: choose the right one"), field)
    if size > largest:
        raise Refused(
            _(
                "The file has %(size)s MB and may have at most %(largest)d MB: make it smaller,"
                " then upload it again",
                size=megabytes(size),
                largest=largest // MEGABYTE,
            ),
            field,
        )
    found = type_of(head)
    if found is None or found not in allowed:
        raise Refused(type_words(allowed), field)
    return found


def megabytes(size: int) -> str:
    """Return a size in MB as it is said: whole from 10 on, else one decimal, never rounded down."""
    tenths = -(-size * 10 // MEGABYTE)
    return str(-(-tenths // 10)) if tenths >= 100 else f"{tenths / 10:.1f}"


def type_words(allowed: frozenset[ContentType]) -> str:
    """Return which types may be uploaded."""
    if allowed == EVIDENCE:
        return _("Only PDF, JPG or PNG can be uploaded: convert the file, then upload it again")
    if allowed == DOCUMENTS:
        return _(
            "Only PDF, JPG, PNG, XLSX or DOCX without macros or password can be uploaded:"
            " convert the file, then upload it again"
        )
    return _("Only XLSX or CSV can be uploaded: save it as one of them, then upload it again")


def clean_name(name: str, kind: ContentType) -> str:
    """Return an uploaded file's own name without folders and unseen characters, fit to save."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem, _dot, _ending = UNSAFE.sub("", last).strip(" .").rpartition(".")
    stem = (stem or UNSAFE.sub("", last).strip(" .") or "file")[: LONGEST_NAME - 5]
    return stem + ENDINGS[kind]
