"""What a selection says, as PDF and as text for a newsletter or a work group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from portal import clock
from portal.directory.paper.catalogue_pages import CHINESE, entry_page
from portal.directory.paper.printing import letterhead, on_demand
from portal.directory.words.wording import closing_words, figure_of, list_name, status_of
from portal.web.filters import in_city, in_language, long_day
from portal.web.requests import public_url

Rows = Sequence[Any]
LINE_END = "\r\n"  # what every editor on Windows knows


def basket_pdf(rows: Rows) -> bytes:
    """Return the PDF of entries as they stand today: in Chinese, with English titles, as the
    catalogues are. Raises TooBusy, NotComposed, FontsDamaged, OSError on a full disk."""
    with force_locale(CHINESE):
        on, states = long_day(clock.today()), [state_of(row) for row in rows]
    said = [on, [[dict(row.snapshot), state] for row, state in zip(rows, states, strict=True)]]
    midnight = in_city(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)

    def data() -> dict[str, Any]:
        with force_locale(CHINESE):
            pages = [entry_in_pdf(row, state) for row, state in zip(rows, states, strict=True)]
        sample = any(row.is_sample for row in rows)
        return letterhead() | {"title": "条目选编", "on": on, "sample": sample, "entries": pages}

    return on_demand().document("basket.typ", said, data, midnight)


def state_of(row: Any) -> str:
    """Return the state of an entry today, "" for a case that stands."""
    found = status_of(row)
    return found.word if found else ""


def entry_in_pdf(row: Any, state: str) -> dict[str, Any]:
    """Return an entry's block with its list, and its state where it has one."""
    page = entry_page(row.snapshot)
    kind = "　".join(dict.fromkeys((list_name(row.kind), page["subtype"])))
    state_facts = [(_("State"), state)] if state else []
    return page | {"subtype": kind, "facts": [*state_facts, *page["facts"]]}


def basket_text(rows: Rows, left_out: Sequence[str]) -> str:
    """Return the selection as plain text in the language being spoken."""
    site = in_language(current_app.extensions["site"])
    lines = [_("Picked entries"), f"{site}{_(', ')}{long_day(clock.today())}", ""]
    for place, row in enumerate(rows, 1):
        lines += [f"{place}. {in_language(row.snapshot, 'title')}", *entry_lines(row), ""]
    lines += left_out
    return LINE_END.join(lines).rstrip() + LINE_END


def entry_lines(row: Any) -> list[str]:
    """Return what stands below an entry's title."""
    said = row.snapshot
    states = dict.fromkeys((state_of(row), closing_words(row)))
    facts = [
        (_("Number"), f"{row.number}{_(', ')}{list_name(row.kind)}"),
        (_("Publisher"), in_language(said["publisher"])),
        (_("State"), _(", ").join(one for one in states if one)),
        (_("Figure"), figure_of(row)),
        (_("Contacts"), " ".join(part for part in (said["office"], said["landline"]) if part)),
        (_("Address"), public_url(url_for("directory.entry", number=row.number))),
    ]
    summary = [line.strip() for line in in_language(said, "summary").splitlines() if line.strip()]
    return [*summary, *(_("%(label)s: %(value)s", label=a, value=b) for a, b in facts if b)]
