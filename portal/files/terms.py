"""What may be stored, and how large."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

MEGABYTE = 1024 * 1024
LARGEST_EVIDENCE = 20 * MEGABYTE
LONGEST_NAME = 120


class ContentType(StrEnum):
    """A type the portal stores, as it is served."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    CSV = "text/csv"


ENDINGS = {
    ContentType.PDF: ".pdf",
    ContentType.JPEG: ".jpg",
    ContentType.PNG: ".png",
    ContentType.XLSX: ".xlsx",
    ContentType.DOCX: ".docx",
    ContentType.CSV: ".csv",
}
EVIDENCE = frozenset({ContentType.PDF, ContentType.JPEG, ContentType.PNG})
DOCUMENTS = EVIDENCE | {ContentType.XLSX, ContentType.DOCX}
SHEETS = frozenset({ContentType.XLSX, ContentType.CSV})
FILE_ACTS = {
    "store_file": _l("File stored"),
    "open_file": _l("File opened"),
    "remove_file": _l("File removed"),
}
