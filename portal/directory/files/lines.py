"""Entries as lines of files: read as they were worded ahead, worded here where they were not.

A line rests on what never changes while the entry's version stands, and on the wording; what the
day changes, the state, is filled in when the line is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import current_app
from flask_babel import force_locale

from portal.directory.files.entry_rows import cells, state_word
from portal.directory.queries.lines import (
    live,
    plain_reader,
    reader,
    with_content,
    with_lines,
)
from portal.directory.queries.listing import Listed
from portal.sheets.worded import Worded, worded
from portal.web.display import LOCALES, speaks_english

WORDING = 1  # raise it with every change of what a line says; tests/directory/test_lines.py knows
compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def wording() -> str:
    """Return what lines are worded by: this program's way and its translations."""
    return wording_of(Path(current_app.root_path) / "translations")


@cache
def wording_of(translations: Path) -> str:
    """Return 16 hex digits that change with any translation."""
    sha = hashlib.sha256(str(WORDING).encode())
    for path in sorted(translations.glob("*/LC_MESSAGES/*.mo")):
        sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


class StateWords(dict[tuple[Any, ...], str]):
    """The words of states by what they rest on: kind, state, life, closing day."""

    def __missing__(self, key: tuple[Any, ...]) -> str:
        kind, state, life, closes = key
        closes_on = date.fromisoformat(closes) if isinstance(closes, str) else closes
        row = SimpleNamespace(kind=kind, state=state, life=life, closes_on=closes_on)
        word = self[key] = state_word(row)
        return word


def lines(listed: Listed) -> Iterator[list[Worded]]:
    """Yield the entries of a list as rows of a file, in the language being spoken, many at once:
    what is done for every row of a large file is as little as can be."""
    language, words = "en" if speaks_english() else "zh", StateWords()
    find = plain_reader(with_lines(listed.public, wording(), language))
    for piece in listed.pieces():
        found = {row[0]: row for row in find(piece)}
        rows = [found[number] for number in piece if number in found]
        missing = [row[0] for row in rows if row[1] is None]
        now = worded_anew(listed, missing) if missing else {}
        yield [Worded(line, words[row[2:]]) for row in rows if (line := row[1] or now.get(row[0]))]


def worded_anew(listed: Listed, ids: Sequence[int]) -> dict[int, str]:
    """Return the lines of entries that have none, by id."""
    rows = live(listed.public, ids)
    return {row.id: line for row, line in zip(rows, worded_now(rows), strict=True)}


def contents(listed: Listed) -> Iterator[tuple[Any, str]]:
    """Yield the entries of a list as (row, content as JSON)."""
    return in_pieces(listed, with_content(listed.public, wording()), contents_now)


def in_pieces(
    listed: Listed, select: Any, say: Callable[[Sequence[Any]], Iterable[str]]
) -> Iterator[tuple[Any, str]]:
    """Yield (row, line) of a list, read a piece at a time; `say` words what has no line."""
    find = reader(select)

    def read(piece: list[int]) -> dict[int, tuple[Any, str]]:
        found = {row[0]: (row, row[1]) for row in find(piece)}
        missing = [key for key, one in found.items() if one[1] is None]
        if missing:
            rows = live(listed.public, missing)
            for row, line in zip(rows, say(rows), strict=True):
                found[row.id] = (found[row.id][0], line)
        return found

    return listed.in_pieces(read)


def worded_now(rows: Sequence[Any]) -> Iterator[str]:
    """Yield rows as lines without their state."""
    return map(worded, cells(rows))


def contents_now(rows: Sequence[Any]) -> Iterator[str]:
    """Yield the content of rows as JSON."""
    return (compact(dict(row.snapshot)) for row in rows)


def lines_to_keep(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return what is kept of these rows: their lines in both languages and their content."""
    said: dict[str, list[str]] = {}
    for language, locale in LOCALES.items():
        with force_locale(locale):
            said[language] = list(worded_now(rows))
    return [
        {"entry_id": row.id, "of_version": row.version, "worded": wording()}
        | {"zh": zh, "en": en, "content": content}
        for row, zh, en, content in zip(
            rows, said["zh"], said["en"], contents_now(rows), strict=True
        )
    ]
