"""Text files: which encoding, which separator, row by row in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from portal.sheets.cells import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, Row
from portal.sheets.findings import Unreadable
from portal.wording import gettext as _

CHUNK = 1 << 16
LONGEST_LINE = 1 << 20
SEPARATORS = (",", "\t", ";")
LOOKED_AT = 30  # rows by which the separator is told
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030（GBK）"}
GUESSED = 4000  # characters by which a Chinese encoding is believed
AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


class TextSheet:
    """One sheet in a text file."""

    title = ""
    is_hidden = False
    from_1904 = False

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.encoding = encoding_of(source)
        self.separator, self.begins = separator_of(source, self.encoding)
        self.wide_rows = 0

    def rows(self) -> Iterator[Row]:
        """Yield every row, blank ones included; raises Unreadable."""
        for number, fields in enumerate(records(self.source, self.encoding, self.separator), 1):
            if number > MOST_ROWS:
                raise Unreadable(
                    _("The file has more rows than a spreadsheet can hold: split it and upload it")
                )
            if number <= self.begins:
                continue
            while fields and not fields[-1]:
                fields.pop()
            self.wide_rows += len(fields) > MOST_COLUMNS
            yield Row(number, [cell(text) for text in fields[:MOST_COLUMNS]])


def cell(text: str) -> Cell:
    """Return a field as a cell; ="…" is how programs keep figures from being rounded."""
    if text[:1] == "=" and (kept := AS_TEXT.fullmatch(text)):
        return Cell(kept.group(1))
    return Cell(text)


def encoding_of(source: BinaryIO) -> str:
    """Return the encoding in which the whole file can be read; raises Unreadable."""
    source.seek(0)
    start = source.read(4)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        if reads_as(source, encoding):
            return encoding
    raise Unreadable(
        _(
            "The encoding of this text file is not known: open it in WPS or Excel, save it as"
            " .xlsx and upload it again"
        )
    )


def reads_as(source: BinaryIO, encoding: str) -> bool:
    """Say whether a file is text in an encoding; raises Unreadable where it holds NUL."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    sample = ""
    try:
        while chunk := source.read(CHUNK):
            text = decoder.decode(chunk)
            refuse_nul(text)
            if len(sample) < GUESSED:
                sample += text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return encoding != "gb18030" or is_likely_chinese(sample)


def refuse_nul(text: str) -> None:
    """Raise Unreadable for what is no text."""
    if "\0" in text:
        raise Unreadable(
            _("The file holds NUL characters, so it is not a text file: save it as .xlsx again")
        )


def is_likely_chinese(text: str) -> bool:
    """Say whether the signs are those Chinese is written with: most stand in GB 2312.

    Almost any bytes can be read as GB18030; text in another encoding becomes rare signs.
    """
    foreign = [char for char in text if ord(char) > 127][:GUESSED]
    common = sum(1 for char in foreign if char.encode("gb2312", "ignore"))
    return common >= 0.8 * len(foreign)


def separator_of(source: BinaryIO, encoding: str) -> tuple[str, int]:
    """Return the separator of the fields and how many leading rows only name it (sep=;)."""
    lines = Lines(source, encoding)
    first = next(lines, "")
    lines.let_go()
    named = re.fullmatch(r"sep=(.)\s*", first)
    if named and named.group(1) in SEPARATORS:
        return named.group(1), 1
    widths = {
        separator: sorted(
            len(fields) for fields in islice(records(source, encoding, separator), LOOKED_AT)
        )
        for separator in SEPARATORS
    }
    return max(SEPARATORS, key=lambda separator: sum(widths[separator])), 0


class Lines:
    """The lines of a file; `taken` counts the characters since it was last set to 0."""

    def __init__(self, source: BinaryIO, encoding: str) -> None:
        source.seek(0)
        self.text = io.TextIOWrapper(source, encoding, newline="")
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_LINE)
        self.taken += len(line)
        if self.taken >= LONGEST_LINE:
            raise Unreadable(too_long())
        if not line:
            raise StopIteration
        return line

    def let_go(self) -> None:
        """Leave the file open for the next reading."""
        self.text.detach()


def records(source: BinaryIO, encoding: str, separator: str) -> Iterator[list[str]]:
    """Yield the fields of each row; raises Unreadable where quotes never close."""
    csv.field_size_limit(LONGEST_CELL * 4)
    lines = Lines(source, encoding)
    try:
        for fields in csv.reader(lines, delimiter=separator):
            lines.taken = 0
            yield fields
    except csv.Error:
        raise Unreadable(too_long()) from None
    finally:
        lines.let_go()


def too_long() -> str:
    """Return the sentence for what cannot be one cell."""
    return _(
        "A cell is longer than a spreadsheet allows, perhaps because a quotation mark is not"
        " closed: open the file in WPS or Excel, save it as .xlsx and upload it again"
    )
