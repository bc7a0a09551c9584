"""Which cell styles mean a day or a percentage."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping

from portal.sheets.findings import Unreadable
from portal.sheets.terms import Kind
from portal.sheets.xml_parts import damaged, ignore, parse

DAYS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
PERCENT = frozenset({9, 10})
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
MOST = 65_536


class Formats:
    """The kind of number each cell style shows."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.kinds: list[Kind] = []
        self.in_cells = False

    def load(self, archive: zipfile.ZipFile, name: str) -> None:
        """Read the part of styles; raises Unreadable."""
        parse(archive, name, self.on_start, self.on_end, ignore)

    def on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            self.kinds.append(self.kind_of(whole(attributes.get("numFmtId"))))
        if len(self.kinds) > MOST or len(self.codes) > MOST:
            raise Unreadable(damaged())

    def on_end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cells = False

    def kind_of(self, number: int) -> Kind:
        """Return what a number format shows."""
        if number in self.codes:
            return kind_of_code(self.codes[number])
        if number in DAYS:
            return Kind.DATE
        return Kind.PERCENT if number in PERCENT else Kind.NUMBER

    def of(self, style: str | None) -> Kind:
        """Return what the cell style of that number shows."""
        number = whole(style)
        return self.kinds[number] if number < len(self.kinds) else Kind.NUMBER


def kind_of_code(code: str) -> Kind:
    """Return what a written format shows, its quoted words left out."""
    bare = QUOTED.sub("", code).lower()
    if "%" in bare:
        return Kind.PERCENT
    if "y" in bare or "d" in bare or ("m" in bare and "h" not in bare and "s" not in bare):
        return Kind.DATE
    return Kind.NUMBER


def whole(text: str | None) -> int:
    """Return a number of the file, 0 where there is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
