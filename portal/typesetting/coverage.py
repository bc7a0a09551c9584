"""Which characters the fonts have, and what stands for those they have not.

A character without a glyph would be a box nobody notices, and a tagged PDF cannot be made with
one: so the text is compared with the fonts' own maps before it is set.
"""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

ABSENT = "〓"  # what printers set where a character is lacking
KEPT = frozenset("\n")
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
SEGMENTED = 12  # the cmap format that lists whole Unicode as ranges
Ranges = tuple[tuple[int, int], ...]


class Fitting:
    """Fits the texts of a document to the fonts and keeps what they lack, in order."""

    def __init__(self, fonts: Sequence[Path]) -> None:
        self.ranges = merged(tuple(sorted(fonts)))
        self.starts = [first for first, _last in self.ranges]
        self.missing: dict[str, None] = {}

    def has(self, character: str) -> bool:
        """Say whether one of the fonts has a glyph for a character."""
        place = bisect_right(self.starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self.ranges[place][1]

    def fit(self, value: Any) -> Any:
        """Return the value with every text in it fitted, at any depth."""
        if isinstance(value, str):
            return self.fit_text(value)
        if isinstance(value, Mapping):
            return {key: self.fit(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.fit(one) for one in value]
        return value

    def fit_text(self, text: str) -> str:
        """Return a text without invisible characters, 〓 for each the fonts lack."""
        return "".join(map(self.fit_character, unicodedata.normalize("NFC", text)))

    def fit_character(self, character: str) -> str:
        """Return a character, nothing for an invisible one, 〓 for one the fonts lack."""
        if character in KEPT or self.has(character):
            return character
        if unicodedata.category(character) in INVISIBLE or is_selector(character):
            return ""
        self.missing[character] = None
        return ABSENT


def is_selector(character: str) -> bool:
    """Say whether a character only chooses a form of the one before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@lru_cache(maxsize=4)
def merged(fonts: tuple[Path, ...]) -> Ranges:
    """Return the characters any of the fonts has, as ranges in order."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(one for path in fonts for one in ranges_of(path)):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def ranges_of(path: Path) -> Ranges:
    """Return the ranges of a TrueType font's map of all Unicode. Raises ValueError without one."""
    with path.open("rb") as file:
        start = table_at(file, b"cmap")
        _version, count = read(file, start, ">HH")
        for number in range(count):
            _platform, _encoding, offset = read(file, start + 4 + 8 * number, ">HHL")
            if read(file, start + offset, ">H") == (SEGMENTED,):
                return groups_at(file, start + offset)
    raise ValueError(f"{path.name} has no map of all Unicode")


def table_at(file: BinaryIO, tag: bytes) -> int:
    """Return where a font's table begins."""
    _kind, count = read(file, 0, ">LH")
    for number in range(count):
        name, _sum, offset, _length = read(file, 12 + 16 * number, ">4sLLL")
        if name == tag:
            return int(offset)
    raise ValueError("the font has no such table")


def groups_at(file: BinaryIO, at: int) -> Ranges:
    """Return the ranges of a segmented map; those that lead to glyph 0 are none."""
    *_head, count = read(file, at, ">HHLLL")
    values = read(file, at + 16, f">{3 * count}L")
    groups = zip(values[::3], values[1::3], values[2::3], strict=True)
    return tuple((first, last) for first, last, glyph in groups if glyph)


def read(file: BinaryIO, at: int, form: str) -> tuple[Any, ...]:
    """Return the values packed at a place of a file."""
    file.seek(at)
    return struct.unpack(form, file.read(struct.calcsize(form)))
