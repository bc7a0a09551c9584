"""Lists as files: a workbook of two sheets, and JSON with its schema; made while they are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from portal import clock
from portal.directory.files.entry_rows import COLUMNS, Column, header
from portal.directory.files.lines import compact, contents, lines
from portal.directory.queries.listing import Listed
from portal.sheets.worded import Worded, csv_lines, worded
from portal.sheets.workbook_file import MIMETYPE, SheetOut, cut_mark, stream
from portal.sheets.workbook_layout import View
from portal.sheets.workbook_rows import Cell
from portal.web.csv import MARK, streamed
from portal.web.filters import in_language, moment
from portal.web.requests import public_url

FORMAT = "list-entries/1"
SCHEMA = Path(__file__).parent / "list-entries-1.schema.json"
AT_ONCE = 200  # entries of one piece


@dataclass(frozen=True)
class Download:
    """What is sent: its file's name without ending, a title, what was asked for as (what, words),
    the page that shows the same, and the entries."""

    name: str
    title: str
    asked: list[tuple[str, str]]
    address: str
    entries: Listed


def send(what: Download, form: str) -> Response:
    """Send a list as csv, xlsx or json."""
    name = f"{what.name}.{form}"
    if form == "xlsx":
        return streamed(name, MIMETYPE, stream(workbook(what)))
    if form == "json":
        return streamed(name, "application/json", json_pieces(what))
    return streamed(name, "text/csv", csv_pieces(what))


def csv_pieces(what: Download) -> Iterator[str]:
    """Yield the lines in pieces."""
    yield MARK + csv_lines([Worded(worded(header()), "")])
    yield from map(csv_lines, lines(what.entries))


def workbook(what: Download) -> list[SheetOut]:
    """Return the two sheets: the entries, and what they are."""
    wording = _("As signed and published; corrections are in it, withdrawn ones named.")
    asked = [*what.asked, (_("Wording"), wording)]
    entries = (_("Entries"), COLUMNS, chain.from_iterable(lines(what.entries)))
    whole = _("the full text stands in the CSV and JSON files and on the page of the entry")
    return two_sheets(entries, what.title, what.address, asked, cut_mark(whole))


def two_sheets(
    first: tuple[str, Sequence[Column], Iterator[Sequence[Cell] | Worded]],
    title: str,
    address: str,
    asked: Sequence[tuple[str, str]],
    mark: str,
) -> list[SheetOut]:
    """Return a sheet of rows, given as (its name, columns, rows), and one that says what it is;
    `mark` ends a text that no cell can hold."""
    name, columns, rows = first
    heads: list[Cell] = [str(column.title) for column in columns]
    widths = View([column.width for column in columns])
    said = about(title, address, asked, columns)
    return [
        SheetOut(name, chain([heads], rows), 1, view=widths, mark=mark),
        SheetOut(_("About this file"), said, 1, view=View((24, 90))),
    ]


def about(
    title: str, address: str, asked: Sequence[tuple[str, str]], columns: Sequence[Column]
) -> list[list[str]]:
    """Return the second sheet: what it is, of when, from where, and what each column means."""
    return [
        [title],
        [_("Source"), in_language(current_app.extensions["site"])],
        [_("Address"), address],
        [_("Time"), moment(clock.now())],
        *([label, words] for label, words in asked),
        [""],
        [_("Column"), _("Meaning")],
        *([str(column.title), str(column.meaning)] for column in columns),
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
    yield compact(head)[:-1] + ',"entries":['
    entries, separator = map(entry_json(), contents(what.entries)), "\n"
    while piece := list(islice(entries, AT_ONCE)):
        yield separator + ",\n".join(piece)
        separator = ",\n"
    yield "\n]}\n"


def entry_json() -> Callable[[tuple[Any, str]], str]:
    """Return what says an entry: where it stands now, and the content that was signed."""
    somewhere = public_url(url_for("directory.entry", number="-"))[:-1]

    known: dict[Any, str] = {}  # facts many entries share, as JSON

    def say(entry: tuple[Any, str]) -> str:
        row, content = entry
        shared = known.get(key := row[3:9])
        if shared is None:
            shared = known[key] = facts_of(row)
        number = row.number
        address = compact(somewhere + quote(number))
        return (
            f'{{"number":{compact(number)},"address":{address},{shared},'
            f'"outcome":{compact(row.outcome)},"content":{content}}}'
        )

    return say


def facts_of(row: Any) -> str:
    """Return the facts of an entry that follow its address, as JSON without brackets."""
    facts = {
        "year": row.year,
        "is_sample": row.is_sample,
        "published_at": row.published_at.isoformat(),
        "state": row.state,
        "life": row.life,
    }
    return compact(facts)[1:-1]


def list_schema() -> Response:
    """Send the JSON Schema of a list's JSON, at an address that stays."""
    return Response(SCHEMA.read_text("utf-8"), mimetype="application/schema+json")
