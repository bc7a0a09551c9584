"""Writing a workbook piece by piece: text, numbers and days; nothing in it is ever live."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast
from xml.sax.saxutils import quoteattr

from flask_babel import gettext as _

from portal.sheets.worded import Worded
from portal.sheets.workbook_layout import OPEN, Layout, View
from portal.sheets.workbook_rows import Cell, letters, row_xml

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNWRITABLE = bytes(code for code in range(0x20) if code not in b"\t\n\r")  # in XML 1.0
NO_CHARACTERS = ("\ufffe", "\uffff")
CHUNK = 1 << 16
SPEED = 2  # of deflate
HIDDEN = ' state="hidden"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# style 1: a text that would be live if it were typed; 2: titles; 3 and 4: locked titles and hints
# of a sheet to be filled in; 5: its cells, text and open; 6: days; 7: numbers
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/></font>'
    '<font><b/><sz val="11"/></font><font><sz val="9"/><color rgb="FF666666"/></font></fonts>'
    '<fills count="3"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEFF3EE"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8">'
    '<xf numFmtId="49"/><xf numFmtId="49" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="2" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1" applyProtection="1">'
    '<alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="0"/>'
    '</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def cut_mark(elsewhere: str = "") -> str:
    """Return the mark of a text that was cut, which says where the whole text stands."""
    said = _("cut here: a cell of a workbook holds 32,767 characters at most")
    return f"… [{_('; ').join([said, elsewhere]) if elsewhere else said}]"


@dataclass(frozen=True)
class SheetOut:
    """A sheet to write: its rows, cells or worded ahead, are read while they are sent; `heads` of
    them are titles. With a `layout` it is one to be filled in, with a `view` one to be read.
    A text that no cell can hold is cut and ends in `mark`."""

    title: str
    rows: Iterable[Sequence[Cell] | Worded]
    heads: int = 0
    layout: Layout | None = None
    view: View | None = None
    is_hidden: bool = False
    mark: str = "…"


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
    target = cast(IO[bytes], sink)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=SPEED) as out:
        for name, text in frame(sheets).items():
            out.writestr(member(name), text)
        for number, sheet in enumerate(sheets, 1):
            with out.open(member(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as to:
                for text in sheet_xml(sheet):
                    to.write(writable(text))
                    yield sink.take()
    yield sink.take()


def writable(text: str) -> bytes:
    """Return XML as UTF-8 without what no XML may hold, a whole piece at once."""
    for character in NO_CHARACTERS:
        if character in text:
            text = text.replace(character, "")
    return text.encode("utf-8", "ignore").translate(None, UNWRITABLE)


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
        f"<bookViews><workbookView/></bookViews><sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }


def sheet_xml(sheet: SheetOut) -> Iterator[str]:
    """Yield the XML of a sheet in pieces."""
    layout = sheet.layout
    shown = layout or sheet.view
    before = "".join(shown.before()) if shown else ""
    parts = [f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>']
    size = 0
    for number, cells in enumerate(sheet.rows, 1):
        if type(cells) is Worded:
            row = cells.xml(number, sheet.mark)
        else:
            row = row_xml(number, cells, style_of(sheet, number), sheet.mark)
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
