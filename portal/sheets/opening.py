"""What a file is, told by its content; the name must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO, Protocol

from portal.sheets.cells import Row
from portal.sheets.findings import Unreadable
from portal.sheets.text import TextSheet
from portal.sheets.workbook import Workbook
from portal.sheets.xml_parts import locked, macros
from portal.wording import gettext as _

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # old Office files, and encrypted new ones
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
}
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|table|body|meta|script|\?xml|!--|style|div)", re.I)
TEXT_ENDINGS = (".csv", ".txt")
MACRO_ENDINGS = (".xlsm", ".xltm")
CHUNK = 1 << 20


class Sheet(Protocol):
    """One sheet of a file, read as often as needed."""

    @property
    def title(self) -> str: ...
    @property
    def is_hidden(self) -> bool: ...
    @property
    def from_1904(self) -> bool: ...
    @property
    def wide_rows(self) -> int: ...
    def rows(self) -> Iterator[Row]: ...


@contextmanager
def opened(source: BinaryIO, name: str) -> Iterator[list[Sheet]]:
    """Give the sheets of a file called `name`; raises Unreadable with one sentence."""
    ending = name.lower()[name.rfind(".") :] if "." in name else ""
    if is_archive(source):
        if ending in MACRO_ENDINGS:
            raise Unreadable(macros())
        if ending != ".xlsx":
            raise Unreadable(
                _("The content is not what the name says: it is an archive or a workbook (.xlsx)")
            )
        with closing(Workbook(source)) as book:
            yield list(book.sheets)
        return
    if ending == ".xlsx":
        raise Unreadable(
            _(
                "The name ends in .xlsx but the content is no workbook: open the file in WPS or"
                " Excel, save it as .xlsx and upload it again"
            )
        )
    if ending not in TEXT_ENDINGS:
        raise Unreadable(_("Upload a workbook (.xlsx) or a text file (.csv)"))
    yield [TextSheet(source)]


def is_archive(source: BinaryIO) -> bool:
    """Say whether a file is a ZIP archive; raises Unreadable for other things than text."""
    source.seek(0)
    start = source.read(512)
    if not start:
        raise Unreadable(_("The file is empty: upload the one that holds the rows"))
    if start.startswith(COMPOUND):
        raise Unreadable(locked() if holds(source, ENCRYPTED) else old_workbook())
    for mark, kind in OTHERS.items():
        if start.startswith(mark):
            raise Unreadable(
                _("This is a %(kind)s file, not a spreadsheet: upload .xlsx or .csv", kind=kind)
            )
    if MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(
            _(
                "This is a web page or XML under a spreadsheet's name: open it in WPS or Excel,"
                " save it as .xlsx and upload it again"
            )
        )
    return start.startswith(ZIP)


def holds(source: BinaryIO, words: bytes) -> bool:
    """Say whether bytes stand anywhere in a file."""
    source.seek(0)
    before = b""
    while chunk := source.read(CHUNK):
        if words in before + chunk:
            return True
        before = chunk[-len(words) :]
    return False


def old_workbook() -> str:
    """Return the sentence for the binary format of before 2007."""
    return _(
        "This is an old binary workbook (.xls): save it as .xlsx in WPS or Excel and upload it"
        " again"
    )
