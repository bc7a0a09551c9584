"""Writing a workbook piece by piece: text cells only, so that nothing in it is ever live."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast
from xml.sax.saxutils import escape, quoteattr

from portal.sheets.workbook_layout import OPEN, Layout

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIVE = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 1 << 15
HIDDEN = ' state="hidden"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# style 1: a text that would be live if it were typed; 2: titles; 3 and 4: locked titles and hints
# of a sheet to be filled in; 5: its cells, text and open
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="3"><font><sz val="11"/></font>'
    '<font><b/><sz val="11"/></font><font><sz val="9"/><color rgb="FF666666"/></font></fonts>'
    '<fills count="3"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEFF3EE"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6">'
    '<xf numFmtId="49"/><xf numFmtId="49" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="2" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1" applyProtection="1">'
    '<alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>'
    '</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class SheetOut:
    """A sheet to write: its rows are read while they are sent; `heads` of them are titles. With a
    `layout` it is one to be filled in."""

    title: str
    rows: Iterable[Sequence[str]]
    heads: int = 0
    layout: Layout | None = None
    is_hidden: bool = False


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
        f'<sheet name={quoteattr(sheet.title[:31])} sheetId="{n}"'
        f'{HIDDEN if sheet.is_hidden else ""} r:id="r{n}"/>'
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
    layout = sheet.layout
    before = "".join(layout.before()) if layout else ""
    parts = [f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>']
    size = 0
    for number, cells in enumerate(sheet.rows, 1):
        row = row_xml(number, cells, style_of(sheet, number))
        parts.append(row)
        size += len(row)
        if size > CHUNK:
            yield "".join(parts)
            parts, size = [], 0
    after = "".join(layout.after([letters(n) for n in range(len(layout.widths))])) if layout else ""
    yield "".join([*parts, f"</sheetData>{after}</worksheet>"])


def style_of(sheet: SheetOut, number: int) -> int:
    """Return the cell style of a row: titles, and in a sheet to be filled in hints and cells."""
    if number <= sheet.heads:
        return 3 if sheet.layout else 2
    if sheet.layout is None:
        return 0
    return 4 if number < sheet.layout.first else OPEN


def row_xml(number: int, cells: Sequence[str], plain: int) -> str:
    """Return one row of text cells, empty ones left out."""
    written = "".join(
        f'<c r="{letters(place)}{number}" s="{style(text, plain)}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(UNWRITABLE.sub("", text))}</t></is></c>'
        for place, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{written}</row>'


def style(text: str, plain: int) -> int:
    """Return the cell style of a text: its row's, unless it would be live."""
    return 1 if text.lstrip(" \u3000").startswith(LIVE) else plain


def letters(place: int) -> str:
    """Return the letters of a column counted from 0."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
