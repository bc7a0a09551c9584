"""What an address of the API asks for. A program is told what it wrote wrongly; nothing is left
out in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from portal.directory.asking.asked import Asked, asked
from portal.directory.asking.listing import TOO_DEEP
from portal.directory.queries.facets import Facet
from portal.errors import Unreadable

NAMES = ("q", "page", "after", "sort", "facets")


@dataclass(frozen=True)
class Wanted:
    """What is asked for, where to go on (`after`, "" for the beginning) and whether the facets
    are wanted too."""

    asked: Asked
    after: str
    with_facets: bool


def wanted(facets: Iterable[Facet], sorts: Collection[str], more: Collection[str] = ()) -> Wanted:
    """Read the address. Raises Unreadable with everything that means nothing here."""
    facets = list(facets)
    names = {*NAMES, *more, *(facet.name for facet in facets)}
    ignored = [f"{name}={value}" for name, value in request.args.items() if name not in names]
    flag = request.args.get("facets", "")
    if flag not in ("", "0", "1"):
        ignored.append(f"facets={flag}")
    found = asked(facets, ignored).insist()
    if found.is_too_deep:
        raise Unreadable(TOO_DEEP)
    if found.sort and found.sort not in sorts:
        raise Unreadable(left_out(f"sort={found.sort}"))
    check_place(found)
    return Wanted(found, request.args.get("after", ""), flag == "1")


def check_place(found: Asked) -> None:
    """Raise Unreadable for a page where there is no text, and for a place in the list where there
    is: what a text finds has pages, a list goes on after its last row."""
    if found.text and "after" in request.args:
        raise Unreadable(_("What a text finds is read by “page”: leave out “after”"))
    if not found.text and "page" in request.args:
        raise Unreadable(_("A list without a text is read on by “next”: leave out “page”"))


def left_out(part: str) -> str:
    """Return the sentence about one part of the address."""
    return Asked("", {}, "", 1, [part]).left_out
