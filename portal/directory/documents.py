"""Lists as files: a workbook of two sheets, and JSON with its schema; made while they are sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from portal import clock
from portal.directory.entry_rows import COLUMNS, cells, header
from portal.sheets.workbook_file import MIMETYPE, SheetOut, stream
from portal.sheets.workbook_layout import View
from portal.web.csv import csv_response, streamed
from portal.web.filters import in_language, moment
from portal.web.requests import public_url

FORMAT = "list-entries/1"
SCHEMA = Path(__file__).parent / "list-entries-1.schema.json"
AT_ONCE = 100  # entries of one piece of JSON
compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Download:
    """What is sent: its file's name without ending, a title, what was asked for as (what, words),
    the page that shows the same, and the rows."""

    name: str
    title: str
    asked: list[tuple[str, str]]
    address: str
    rows: Iterable[Any]


def send(what: Download, form: str) -> Response:
    """Send a list as csv, xlsx or json."""
    name = f"{what.name}.{form}"
    if form == "xlsx":
        return streamed(name, MIMETYPE, stream(workbook(what)))
    if form == "json":
        return streamed(name, "application/json", json_pieces(what))
    return csv_response(name, header(), cells(what.rows))


def workbook(what: Download) -> list[SheetOut]:
    """Return the two sheets: the entries, and what they are."""
    return [
        SheetOut(_("Entries"), entries_sheet(what), 1, view=View([c.width for c in COLUMNS])),
        SheetOut(_("About this file"), about(what), 1, view=View((24, 90))),
    ]


def entries_sheet(what: Download) -> Iterator[list[Any]]:
    """Yield the heads, then the entries."""
    yield header()
    yield from cells(what.rows)


def about(what: Download) -> list[list[str]]:
    """Return the second sheet: what it is, of when, from where, and what each column means."""
    return [
        [what.title],
        [_("Source"), in_language(current_app.extensions["site"])],
        [_("Address"), what.address],
        [_("Time"), moment(clock.now())],
        *([label, words] for label, words in what.asked),
        [_("Wording"), _("As signed and published; corrections are in it, withdrawn ones named.")],
        [""],
        [_("Column"), _("Meaning")],
        *([str(column.title), str(column.meaning)] for column in COLUMNS),
    ]


def json_pieces(what: Download) -> Iterator[str]:
    """Yield the document in pieces; docs/list-files.md describes it."""
    head = {
        "$schema": public_url(url_for("directory.list_schema")),
        "format": FORMAT,
        "title": what.title,
        "source": current_app.extensions["site"].name_zh,
        "address": what.address,
        "made_at": clock.now().isoformat(),
        "asked": [{"what": label, "words": words} for label, words in what.asked],
    }
    parts, separator = [compact(head)[:-1], ',"entries":['], "\n"
    for row in what.rows:
        parts.append(separator + compact(entry_facts(row)))
        separator = ",\n"
        if len(parts) > AT_ONCE:
            yield "".join(parts)
            parts = []
    yield "".join([*parts, "\n]}\n"])


def entry_facts(row: Any) -> dict[str, Any]:
    """Return an entry: where it stands now, and the content that was signed."""
    return {
        "number": row.number,
        "address": public_url(url_for("directory.entry", number=row.number)),
        "year": row.year,
        "is_sample": row.is_sample,
        "published_at": row.published_at.isoformat(),
        "state": row.state,
        "life": row.life,
        "outcome": row.outcome,
        "content": row.snapshot,
    }


def list_schema() -> Response:
    """Send the JSON Schema of a list's JSON, at an address that stays."""
    return Response(SCHEMA.read_text("utf-8"), mimetype="application/schema+json")
