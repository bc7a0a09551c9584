"""What the address of a list asks for. State lives in the query string only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.accounts.access import account_or_origin
from portal.directory.queries.facets import Facet
from portal.directory.words.filters import SORT_NAMES
from portal.errors import Unreadable
from portal.extensions import limiter
from portal.web.pagination import is_beyond_depth, wanted_page
from portal.web.present import present_request
from portal.web.requests import asked_value

FILTERS = frozenset(
    {
        *("district", "zone", "key_industry", "node", "pillar", "title"),
        *("subtype", "field", "state", "publisher", "year"),
    }
)
NAMED = 3  # values of the address that are named where they are left out
LONGEST = 30  # characters of each


@dataclass(frozen=True)
class Asked:
    """A text, chosen values by facet, an order ("" is the usual one) and a page; `ignored` are the
    parts of the address that mean nothing here, each as name=value."""

    text: str
    chosen: Mapping[str, Sequence[str]]
    sort: str
    page: int
    ignored: Sequence[str] = ()
    is_too_deep: bool = False

    @property
    def left_out(self) -> str:
        """What was ignored, in a sentence; "" for nothing."""
        if not self.ignored:
            return ""
        named = "; ".join(part[:LONGEST] for part in self.ignored[:NAMED])
        more = "…" if len(self.ignored) > NAMED else ""
        return str(_("Left out, as there is no such choice here: %(parts)s", parts=named + more))

    def insist(self) -> Asked:
        """Return this unless something would be left out: files and feeds do as they are told or
        say why not. Raises Unreadable."""
        if self.ignored:
            raise Unreadable(self.left_out)
        return self


def asked(facets: Iterable[Facet], ignored: Iterable[str] = ()) -> Asked:
    """Read the address; `ignored` is what the view itself left out."""
    args, facets = present_request().args, tuple(facets)
    chosen: dict[str, list[str]] = {facet.name: [] for facet in facets}
    left_out = list(ignored)
    left_out += [f"{name}={args[name]}" for name in filters_elsewhere(facets, args)]
    for facet in facets:
        if facet.name in args:
            chosen[facet.name], unknown = chosen_of(facet, args.getlist(facet.name))
            left_out += [f"{facet.name}={value}" for value in unknown]
    sort = asked_value("sort")
    if sort and sort not in SORT_NAMES:
        left_out.append(f"sort={sort}")
        sort = ""
    page, is_page = wanted_page()
    if not is_page:
        left_out.append(f"page={args['page']}")
    return Asked(asked_text(), chosen, sort, page, list(dict.fromkeys(left_out)), is_beyond_depth())


def filters_elsewhere(facets: Iterable[Facet], args: Mapping[str, str]) -> list[str]:
    """Return the filters of other lists that the address names: it was made for one of them. Names
    that are filters nowhere were added on the way, by the application it was sent with."""
    given = FILTERS & args.keys()
    return sorted(given - {facet.name for facet in facets}) if given else []


def asked_text() -> str:
    """Return ?q= without the space around it."""
    return asked_value("q").strip()


# Searches of one person or address, on whichever page: nobody types faster. Views that look for a
# text carry it; without a text they are lists like any other.
counted = limiter.limit("60 per minute", "search", account_or_origin, lambda: bool(asked_text()))


def chosen_of(facet: Facet, given: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the given values of a facet that it has, and those that it has not, each once."""
    values, known = [value for value in dict.fromkeys(given) if value], facet.by_slug
    return [v for v in values if v in known], [v for v in values if v not in known]


def order_of(asked: Asked, orders: Mapping[str, object]) -> str:
    """Return the order to use: what was asked where the list has it, or the first. Relevance is
    none where there is no text: the text may just have been removed."""
    return asked.sort if asked.sort in orders else next(iter(orders))
