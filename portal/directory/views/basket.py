"""A selection of entries, picked by a visitor and kept in the address: shown, ordered, taken away
as PDF, workbook or text. It sets no cookie and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from portal import clock
from portal.accounts.access import account_or_origin
from portal.directory.asking.picks import (
    MOST,
    Picks,
    back_address,
    basket_url,
    moved,
    picked,
    with_picks,
)
from portal.directory.files.documents import Download, send
from portal.directory.files.names import dated_name
from portal.directory.paper.basket_pages import basket_pdf, basket_text
from portal.directory.queries.entries import published
from portal.directory.queries.listing import Listed
from portal.directory.queries.picked import picked_rows
from portal.errors import Busy
from portal.extensions import limiter
from portal.typesetting import TooBusy
from portal.web.csv import MARK, attached
from portal.web.requests import public_url

NAMED = 5  # numbers a sentence names
limited = limiter.limit("30 per minute", "basket", account_or_origin)


@dataclass(frozen=True)
class Basket:
    """What the numbers of an address lead to."""

    picks: Picks
    rows: Sequence[Any]
    withdrawn: Sequence[str]
    unknown: Sequence[str]

    @property
    def numbers(self) -> list[str]:
        """The numbers of what is there, in their order."""
        return [row.number for row in self.rows]

    @property
    def left_out(self) -> list[str]:
        """What was left out and why, a sentence each."""
        over = self.picks.over
        return [
            *said_of(_("No published entry has this number: %(numbers)s."), self.unknown),
            *said_of(_("Withdrawn since it was published: %(numbers)s."), self.withdrawn),
            *said_of(_("Picked more than once, listed once: %(numbers)s."), self.picks.doubled),
            *([too_many(over)] if over else []),
        ]


def said_of(sentence: str, numbers: Sequence[str]) -> list[str]:
    """Return a sentence with the first of the numbers, none without any."""
    if not numbers:
        return []
    named, more = _(", ").join(numbers[:NAMED]), len(numbers) - NAMED
    if more > 0:
        named += ngettext(" and %(num)d more", " and %(num)d more", more)
    return [sentence % {"numbers": named}]


def too_many(over: int) -> str:
    """Return that a selection is full."""
    return str(
        ngettext(
            "A selection holds at most %(most)d entries; the last one was left out.",
            "A selection holds at most %(most)d entries; the last %(num)d were left out.",
            over,
            most=MOST,
        )
    )


def read_basket() -> Basket:
    """Read what this address picks."""
    picks = picked()
    found = picked_rows(picks.numbers)
    withdrawn = [one for one in picks.numbers if one in found and is_gone(found[one])]
    return Basket(
        picks=picks,
        rows=[found[one] for one in picks.numbers if one in found and one not in withdrawn],
        withdrawn=withdrawn,
        unknown=[one for one in picks.numbers if one not in found],
    )


def is_gone(row: Any) -> bool:
    """Say whether an entry was taken back."""
    return "withdrawn" in row.snapshot


def basket() -> str | BaseResponse:
    """Show the selection; what a button asks for leads to the address that holds it."""
    back = back_address()
    if set(request.args) - {"pick", "back"} or "" in request.args.getlist("pick"):
        return redirect(basket_url(asked_order(), back), 303)
    found = read_basket()
    return render_template(
        "directory/basket.html",
        basket=found,
        back=with_picks(back, found.numbers) if back else "",
        address=public_url(basket_url(found.numbers)),
        most=MOST,
        with_picks=partial(with_picks, numbers=found.numbers),
    )


def asked_order() -> list[str]:
    """Return the numbers as the pressed button leaves them; other queries change nothing."""
    numbers = [value for value in request.args.getlist("pick") if value]
    numbers = [one for one in numbers if one != request.args.get("remove")]
    numbers = moved(numbers, request.args.get("up", ""), -1)
    return moved(numbers, request.args.get("down", ""), 1)


@limited
def basket_file(form: str) -> BaseResponse:
    """Send the selection as pdf, xlsx or txt; an empty one leads to the page that says so."""
    found = read_basket()
    if not found.rows:
        return redirect(basket_url(found.picks.numbers), 303)
    if form == "xlsx":
        return send(as_download(found), form)
    name = dated_name(_("picked-entries"), form)
    if form == "txt":
        text = basket_text(found.rows, found.left_out)
        return attached(name, "text/plain", f"{MARK}{text}".encode())
    try:
        return attached(name, "application/pdf", basket_pdf(found.rows))
    except TooBusy as error:
        raise Busy(_("Another PDF is being made for somebody. Wait a minute.")) from error


def as_download(found: Basket) -> Download:
    """Return the selection as a list's file has it."""
    return Download(
        name=f"{_('picked-entries')}-{clock.today().isoformat()}",
        title=_("Picked entries"),
        asked=[(_("Order"), _("As picked")), *((_("Left out"), said) for said in found.left_out)],
        address=public_url(basket_url(found.numbers)),
        entries=Listed([row.id for row in found.rows], published()),
    )
