"""Writing a workbook piece by piece: text cells only, so that nothing in it is ever live."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast
from xml.sax.saxutils import escape, quoteattr

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIVE = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 1 << 15
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# style 1: a text that would be live if it were typed; 2: titles
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/></font>'
    '<font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="49"/><xf numFmtId="49" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class SheetOut:
    """A sheet to write: its rows are read while they are sent; `heads` of them are titles."""

    title: str
    rows: Iterable[Sequence[str]]
    heads: int = 0


class Sink:
    """Takes what the archive writes and hands it on in pieces."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        """Return what was written since the last call."""
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def stream(sheets: Sequence[SheetOut]) -> Iterator[bytes]:
    """Yield a workbook; memory does not grow with its rows."""
    sink = Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_DEFLATED, compresslevel=4) as out:
        for name, text in frame(sheets).items():
            out.writestr(member(name), text)
        for number, sheet in enumerate(sheets, 1):
            with out.open(member(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as to:
                for text in sheet_xml(sheet):
                    to.write(text.encode("utf-8"))
                    yield sink.take()
    yield sink.take()


def member(name: str) -> zipfile.ZipInfo:
    """Return a member without the moment of writing: the same rows make the same file."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def frame(sheets: Sequence[SheetOut]) -> dict[str, str]:
    """Return the small parts by name."""
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in numbers
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(sheet.title[:31])} sheetId="{n}" r:id="r{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }


def sheet_xml(sheet: SheetOut) -> Iterator[str]:
    """Yield the XML of a sheet in pieces."""
    parts = [f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>']
    size = 0
    for number, cells in enumerate(sheet.rows, 1):
        row = row_xml(number, cells, is_head=number <= sheet.heads)
        parts.append(row)
        size += len(row)
        if size > CHUNK:
            yield "".join(parts)
            parts, size = [], 0
    yield "".join([*parts, "</sheetData></worksheet>"])


def row_xml(number: int, cells: Sequence[str], *, is_head: bool) -> str:
    """Return one row of text cells, empty ones left out."""
    written = "".join(
        f'<c r="{letters(place)}{number}" s="{style(text, is_head)}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(UNWRITABLE.sub("", text))}</t></is></c>'
        for place, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{written}</row>'


def style(text: str, is_head: bool) -> int:
    """Return the cell style of a text."""
    if text.lstrip(" \u3000").startswith(LIVE):
        return 1
    return 2 if is_head else 0


def letters(place: int) -> str:
    """Return the letters of a column counted from 0."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
