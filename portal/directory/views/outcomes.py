"""What became of a published list, entry by entry and publisher by publisher (兑现账本)."""

from __future__ import annotations

from flask import render_template

from portal.directory.queries.editions import entries_of, get_edition, releases_of
from portal.errors import NotFound
from portal.lists.queries.ledger import waivers_of
from portal.lists.report_card import cards_of
from portal.lists.terms.kinds import DATED_KINDS, Kind
from portal.lists.terms.ledger import UNDER_WAY


def outcomes(year: int, kind: str) -> str:
    """Show the ledger of an edition; cases come to no outcome of their own."""
    if kind not in DATED_KINDS:
        raise NotFound
    edition = get_edition(year, Kind(kind))
    rows = entries_of(edition)
    waivers = [w for release in releases_of(edition) for w in waivers_of(release)]
    return render_template(
        "directory/outcomes.html",
        edition=edition,
        kind=Kind(kind),
        rows=rows,
        ended=sum(row.life not in UNDER_WAY for row in rows),
        cards=cards_of(edition),
        waivers=[waiver for waiver in waivers if waiver.consented_at],
    )
