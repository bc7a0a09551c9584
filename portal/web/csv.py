"""CSV downloads: streamed, readable by spreadsheet programs, safe to open in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import AnyStr
from urllib.parse import quote

from flask import Response, stream_with_context

MARK = "\ufeff"  # without it spreadsheet programs read UTF-8 as the system's old encoding
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
AHEAD = (*FORMULA, " ", "\u3000")  # what a text that must be looked at begins with
CHUNK = 200


def safe_cell(value: object) -> object:
    """Return a value to write: text that a spreadsheet would run as a formula gets a quote."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(AHEAD):
        return "'" + value if value.lstrip(" \u3000").startswith(FORMULA) else value
    return value


def lines(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the file in pieces of about CHUNK rows."""
    buffer = io.StringIO()
    buffer.write(MARK)
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(str(cell)) for cell in header])
    for count, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(cell) for cell in row])
        if count % CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def csv_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> Response:
    """Return a download called `name` (with .csv); rows are read while it is being sent."""
    return streamed(name, "text/csv", lines(header, rows))


def streamed(name: str, mimetype: str, pieces: Iterator[AnyStr]) -> Response:
    """Return a download called `name` whose pieces are made while it is being sent."""
    return attached(name, mimetype, stream_with_context(pieces))


def attached(name: str, mimetype: str, content: bytes | Iterator[AnyStr]) -> Response:
    """Return a download called `name`."""
    response = Response(content, mimetype=mimetype)
    plain = name if name.isascii() else f"list.{name.rpartition('.')[2]}"
    response.headers["Content-Disposition"] = (  # the plain one: for programs of few letters
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    return response
