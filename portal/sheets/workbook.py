"""Workbooks (.xlsx): their sheets, read row by row in bounded memory."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from portal.sheets.cells import Row
from portal.sheets.findings import Unreadable
from portal.sheets.formats import Formats
from portal.sheets.sheet_rows import RowReader
from portal.sheets.strings import SharedStrings
from portal.sheets.xml_parts import (
    MOST_BYTES,
    Parser,
    damaged,
    ignore,
    macros,
    parse,
    pieces,
    too_large,
    unpacking,
)
from portal.wording import gettext as _

MOST_PARTS = 5000
MOST_SHEETS = 500
LARGE = 20 << 20
MOST_RATIO = 400
PACKAGE = "_rels/.rels"


class Workbook:
    """An opened workbook; close it when done."""

    encoding = ""

    def __init__(self, source: BinaryIO) -> None:
        with unpacking():
            self.archive = zipfile.ZipFile(source)
        self.names = set(self.archive.namelist())
        self.from_1904 = False
        self.sheets: list[WorkSheet] = []
        self.formats = Formats()
        self.strings = SharedStrings()
        self.strings_part = ""
        self.loaded = False
        try:
            check_sizes(self.archive)
            self.read_contents()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.strings.close()
        self.archive.close()

    def read_contents(self) -> None:
        """Find the parts; raises Unreadable for another kind of archive."""
        main = next((p for kind, p in self.targets("") if kind == "officeDocument"), "")
        if main.endswith(".bin"):
            raise Unreadable(
                _("This is a binary workbook (.xlsb): save it as .xlsx and upload it again")
            )
        if main not in self.names or posixpath.basename(main) != "workbook.xml":
            raise Unreadable(
                _("This is an archive or another document, not a workbook: upload .xlsx or .csv")
            )
        if any(name.endswith("vbaProject.bin") for name in self.names):
            raise Unreadable(macros())
        parts = dict(self.by_id(main))

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "workbookPr":
                self.from_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
            elif name == "sheet" and len(self.sheets) < MOST_SHEETS:
                part = parts.get(relation_of(attributes), "")
                if part in self.names and "worksheets/" in part:
                    hidden = attributes.get("state", "visible") != "visible"
                    self.sheets.append(WorkSheet(self, attributes.get("name", ""), hidden, part))

        parse(self.archive, main, start, ignore, ignore)
        for kind, part in self.targets(main):
            if kind == "styles" and part in self.names:
                self.formats.load(self.archive, part)
            elif kind == "sharedStrings" and part in self.names:
                self.strings_part = part
        if not self.sheets:
            raise Unreadable(_("The workbook has no sheet with cells: check the file"))

    def relations(self, part: str) -> Iterator[Mapping[str, str]]:
        """Yield the relations a part declares; the package's own for no part."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels") if part else PACKAGE
        found: list[Mapping[str, str]] = []
        if path in self.names:
            keep = lambda name, attributes: (  # noqa: E731
                found.append(dict(attributes)) if name == "Relationship" else None
            )
            parse(self.archive, path, keep, ignore, ignore)
        for each in found:
            target = each.get("Target", "")
            full = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            yield {**each, "Target": posixpath.normpath(full)}

    def targets(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield (kind, part) of what a part refers to."""
        for each in self.relations(part):
            yield each.get("Type", "").rpartition("/")[2], each["Target"]

    def by_id(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield (relation id, part) of what a part refers to."""
        for each in self.relations(part):
            yield each.get("Id", ""), each["Target"]

    def load_strings(self) -> None:
        """Read the shared strings once, when the first row needs them."""
        if not self.loaded and self.strings_part:
            self.strings.load(self.archive, self.strings_part)
        self.loaded = True


@dataclass
class WorkSheet:
    """One sheet of a workbook."""

    book: Workbook
    title: str
    is_hidden: bool
    part: str
    wide_rows: int = 0

    @property
    def from_1904(self) -> bool:
        return self.book.from_1904

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in order; raises Unreadable."""
        self.book.load_strings()
        reader = RowReader(self.book.strings.get, self.book.formats.of)
        parser = Parser(reader.on_start, reader.on_end, reader.on_data)
        with unpacking(), self.book.archive.open(self.part) as part:
            for chunk in pieces(part):
                parser.feed(chunk)
                yield from reader.take()
        self.wide_rows = reader.wide_rows


def relation_of(attributes: Mapping[str, str]) -> str:
    """Return the relation id of a sheet, whatever prefix its name space has."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Raise Unreadable for an archive that unpacks to more than any list needs."""
    members = archive.infolist()
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_BYTES:
        raise Unreadable(too_large())
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > LARGE and ratio > MOST_RATIO:
            raise Unreadable(too_large())
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(damaged())
