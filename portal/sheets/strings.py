"""The shared strings of a workbook, kept in a temporary file so that memory stays bounded."""

from __future__ import annotations

import tempfile
import zipfile
from array import array
from collections.abc import Mapping
from functools import lru_cache
from types import TracebackType

from portal.sheets.cells import LONGEST_CELL
from portal.sheets.findings import Unreadable
from portal.sheets.xml_parts import damaged, parse

MOST = 4_000_000
LONGEST = LONGEST_CELL * 4


class SharedStrings:
    """Strings by number; phonetic hints (rPh) are left out."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self.ends = array("Q", [0])
        self.pieces: list[str] = []
        self.length = 0
        self.in_text = self.in_hint = False
        self.get = lru_cache(maxsize=20_000)(self._get)

    def __enter__(self) -> SharedStrings:
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.file.close()

    def load(self, archive: zipfile.ZipFile, name: str) -> None:
        """Read the part; raises Unreadable."""
        parse(archive, name, self.on_start, self.on_end, self.on_data)
        self.file.flush()

    def on_start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self.pieces, self.length = [], 0
        elif name == "rPh":
            self.in_hint = True
        elif name == "t":
            self.in_text = not self.in_hint

    def on_end(self, name: str) -> None:
        if name == "t":
            self.in_text = False
        elif name == "rPh":
            self.in_hint = False
        elif name == "si":
            raw = "".join(self.pieces).encode("utf-8", "replace")
            self.file.write(raw)
            self.ends.append(self.ends[-1] + len(raw))
            if len(self.ends) > MOST:
                raise Unreadable(damaged())

    def on_data(self, text: str) -> None:
        if self.in_text:
            self.length += len(text)
            if self.length > LONGEST:
                raise Unreadable(damaged())
            self.pieces.append(text)

    def _get(self, number: int) -> str:
        if not 0 <= number < len(self.ends) - 1:
            raise Unreadable(damaged())
        start, end = self.ends[number], self.ends[number + 1]
        self.file.seek(start)
        return self.file.read(end - start).decode()
