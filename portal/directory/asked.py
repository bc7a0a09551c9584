"""What the address of a list asks for. State lives in the query string only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from portal.accounts.access import account_or_origin
from portal.directory.queries.facets import Facet
from portal.errors import NotFound
from portal.extensions import limiter
from portal.web.pagination import asked_page


@dataclass(frozen=True)
class Asked:
    """A text, chosen values by facet, an order ("" is the usual one) and a page."""

    text: str
    chosen: Mapping[str, Sequence[str]]
    sort: str
    page: int


def asked(facets: Iterable[Facet]) -> Asked:
    """Read the address. Raises NotFound for a value no facet has and for what is no page."""
    return Asked(
        text=asked_text(),
        chosen={facet.name: chosen_of(facet) for facet in facets},
        sort=request.args.get("sort", ""),
        page=asked_page(),
    )


def asked_text() -> str:
    """Return ?q= without the space around it."""
    return request.args.get("q", "").strip()


# Searches of one person or address, on whichever page: nobody types faster. Views that look for a
# text carry it; without a text they are lists like any other.
counted = limiter.shared_limit(
    "60 per minute",
    scope="search",
    key_func=account_or_origin,
    exempt_when=lambda: not asked_text(),
)


def chosen_of(facet: Facet) -> list[str]:
    """Return the chosen values of a facet, each once."""
    values = [value for value in dict.fromkeys(request.args.getlist(facet.name)) if value]
    if not {option.slug for option in facet.options}.issuperset(values):
        raise NotFound
    return values


def order_of(asked: Asked, orders: Mapping[str, object]) -> str:
    """Return the order to use: what was asked, or the first. Raises NotFound for none of them.

    Relevance is left out, not refused, where there is no text: the text may just have been removed.
    """
    first = next(iter(orders))
    if asked.sort in ("", "relevance") or asked.sort in orders:
        return asked.sort if asked.sort in orders else first
    raise NotFound
