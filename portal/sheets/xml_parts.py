"""XML parts of a workbook, parsed piece by piece: no document type, no entities, bounded depth,
tokens and size."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from xml.parsers import expat

from portal.sheets.findings import Unreadable
from portal.wording import gettext as _

CHUNK = 1 << 16
MOST_BYTES = 512 << 20  # of all that is unpacked while one sheet is read
LONGEST_TOKEN = 4 << 20
DEEPEST = 64

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Data = Callable[[str], None]


class Parser:
    """Feeds one part to three handlers that get names without their prefix."""

    def __init__(self, start: Start, end: End, data: Data) -> None:
        self.start, self.end = start, end
        self.names: dict[str, str] = {}
        self.depth = 0
        self.fed = 0
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.on_start
        self.expat.EndElementHandler = self.on_end
        self.expat.CharacterDataHandler = data
        self.expat.StartDoctypeDeclHandler = refuse_entities
        self.expat.EntityDeclHandler = refuse_entities

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(damaged())
        name = self.names.get(tag)
        if name is None:
            name = self.names[tag] = tag.rpartition(":")[2]
            if len(self.names) > 1000:
                raise Unreadable(damaged())
        self.start(name, attributes)

    def on_end(self, tag: str) -> None:
        self.depth -= 1
        self.end(self.names[tag])

    def feed(self, chunk: bytes) -> None:
        """Parse one more piece; raises Unreadable."""
        self.fed += len(chunk)
        try:
            self.expat.Parse(chunk, not chunk)
        except expat.ExpatError:
            raise Unreadable(damaged()) from None
        if self.fed > MOST_BYTES:
            raise Unreadable(too_large())
        if chunk and self.fed - self.expat.CurrentByteIndex > LONGEST_TOKEN:
            raise Unreadable(damaged())


def pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Yield a part in pieces, an empty one last."""
    while chunk := part.read(CHUNK):
        yield chunk
    yield b""


def parse(archive: zipfile.ZipFile, name: str, start: Start, end: End, data: Data) -> None:
    """Parse a whole small part; raises Unreadable."""
    parser = Parser(start, end, data)
    with unpacking(), archive.open(name) as part:
        for chunk in pieces(part):
            parser.feed(chunk)


def ignore(*_anything: Any) -> None:
    """Handle what is of no interest."""


def refuse_entities(*_declaration: Any) -> None:
    """Raise Unreadable: a workbook never declares entities, only attacks do."""
    raise Unreadable(
        _(
            "The file declares XML entities, which no spreadsheet program writes: open it in WPS or"
            " Excel, save it as .xlsx and upload it again"
        )
    )


@contextmanager
def unpacking() -> Iterator[None]:
    """Turn what a broken archive raises into one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
        raise Unreadable(damaged()) from fault
    except RuntimeError as fault:  # a member is encrypted
        raise Unreadable(locked()) from fault


def damaged() -> str:
    """Return the sentence for a workbook that is not whole."""
    return _(
        "The workbook is damaged: open it in WPS or Excel, save it as .xlsx and upload it again"
    )


def locked() -> str:
    """Return the sentence for a workbook with a password."""
    return _("The workbook is protected with a password: remove it, save and upload it again")


def macros() -> str:
    """Return the sentence for a workbook with macros."""
    return _("The workbook holds macros: save it as .xlsx without macros and upload it again")


def too_large() -> str:
    """Return the sentence for what unpacks to more than any list needs."""
    return _(
        "The workbook unpacks to far more than a list needs (a “zip bomb”): copy the rows into a"
        " new workbook and upload that"
    )
