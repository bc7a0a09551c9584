"""Entries as lines of files: read as they were worded ahead, worded here where they were not.

A line rests on what never changes while the entry's version stands, and on the wording; what the
day changes, the state, is filled in when the line is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from portal.directory.entry_rows import cells, statuses
from portal.directory.queries.lines import live, with_content, with_lines
from portal.directory.queries.listing import Listed
from portal.extensions import db
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


def lines(listed: Listed) -> Iterator[Worded]:
    """Yield the entries of a list as rows of a file, in the language being spoken."""
    language, word = "en" if speaks_english() else "zh", statuses()
    rows = with_lines(listed.public, wording(), language)
    for row, line in listed.in_pieces(reading(listed, rows, worded_now)):
        yield Worded(line, word(row))


def contents(listed: Listed) -> Iterator[tuple[Any, str]]:
    """Yield the entries of a list as (row, content as JSON)."""
    rows = with_content(listed.public, wording())
    return listed.in_pieces(reading(listed, rows, contents_now))


def reading(
    listed: Listed, rows: Any, say: Callable[[Sequence[Any]], Iterable[str]]
) -> Callable[[list[int]], Mapping[int, tuple[Any, str]]]:
    """Return what reads a piece of a list as (row, line) by id; `say` words what has no line."""
    ref = rows.selected_columns[0]

    def read(piece: list[int]) -> dict[int, tuple[Any, str]]:
        found = {row[0]: (row, row.line) for row in db.session.execute(rows.where(ref.in_(piece)))}
        missing = live(listed.public, [key for key, one in found.items() if one[1] is None])
        for row, line in zip(missing, say(missing), strict=True):
            found[row.id] = (row, line)
        return found

    return read


def worded_now(rows: Sequence[Any]) -> Iterator[str]:
    """Yield rows as lines without their state."""
    return map(worded, cells(rows))


def contents_now(rows: Sequence[Any]) -> Iterator[str]:
    """Yield the content of rows as JSON."""
    return (compact(row.snapshot) for row in rows)


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
