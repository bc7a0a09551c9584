"""The registry, the three lists and the search, 20 records an answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from portal.api.asking import Wanted, wanted
from portal.api.facets import facet_said
from portal.api.queries import rows_after, total_of
from portal.api.records import Record, Sayer, enterprises_said, entries_said, policies_said
from portal.directory.asking.asked import asked_text, counted, order_of
from portal.directory.asking.found import WAITING, find_everywhere
from portal.directory.asking.listing import narrowed
from portal.directory.queries import entries as entry_queries
from portal.directory.queries import hits, registry, sections
from portal.directory.queries.facets import Facet, Group, group_of
from portal.directory.queries.listing import Source
from portal.directory.queries.vocabulary import Vocabulary, vocabulary
from portal.directory.words.pages import SECTION_NAMES
from portal.errors import Busy, NotFound, Unreadable
from portal.lists.terms.kinds import Kind
from portal.search.engine import Results
from portal.search.terms import REASON_LABELS, Order, Reason
from portal.web.errors import explain
from portal.web.json_answers import answered
from portal.web.navigation import query_without, url_with
from portal.web.pagination import DEPTH, SIZE
from portal.web.present import present_request
from portal.web.requests import public_url

DESCRIPTION = Path(__file__).parent / "openapi-1.json"
READ_ON = ("name", "admitted", "newest")  # orders in which a list is read on from any row


@counted
def enterprises() -> Response:
    """List the enterprises in the registry."""
    words = vocabulary(*registry.SCHEMES)
    return listed(
        registry.source(words), "directory.registry", enterprises_said(words, mounted_at())
    )


@counted
def entries(kind: str) -> Response:
    """List the published entries of one of the three lists."""
    source = entry_queries.source(Kind(kind), vocabulary(*entry_queries.SCHEMES))
    return listed(source, "directory.published_list", entries_said(mounted_at()), kind=kind)


def mounted_at() -> str:
    """Return the path the portal is mounted under."""
    return present_request().script_root


def listed(source: Source, endpoint: str, sayer: Sayer, **values: Any) -> Response:
    """Answer with a list: read on from row to row, or what a text finds page by page."""
    has_text = bool(asked_text())
    found = found_by_text(source) if has_text else source
    sorts = [name for name in found.orders if has_text or name in READ_ON]
    asked = wanted(source.facets, sorts)
    chosen = asked.asked.chosen
    total, groups = found.counts(chosen) if asked.with_facets else (total_of(found, chosen), [])
    sort = order_of(asked.asked, found.orders)
    if has_text:
        rows = found.page(chosen, sort, SIZE, (asked.asked.page - 1) * SIZE, total)
        following = next_page(asked, total)
    else:
        rows, after = rows_after(found, chosen, sort, asked.after, SIZE, total)
        following = {"after": after} if after else {}
    return answered(
        {
            "total": total,
            "page_address": page_address(endpoint, **values),
            "next": next_address(following),
            "items": sayer.each(rows),
            **facets_said(asked, groups),
        }
    )


def found_by_text(source: Source) -> Source:
    """Return what a text finds of a list. Raises Busy while the index does not answer, Unreadable
    for a text that cannot be searched for."""
    narrowed_source, _asked, found = narrowed(source)
    if found is not None:
        found.insist()
    return narrowed_source


@counted
def search() -> Response:
    """Search everything public; the kind of record is chosen with `kind`, as on the page."""
    section = request.args.get("kind", "")
    if section not in ("", *SECTION_NAMES):
        raise Unreadable(_("Left out, as there is no such choice here: %(parts)s", parts="kind"))
    words = vocabulary(*sections.SCHEMES)
    facets = sections.facets_of(section)
    asked = wanted(facets, list(Order), more=("kind",))
    if not asked.asked.text:
        raise Unreadable(REASON_LABELS[Reason.EMPTY])
    chosen = {"section": [section] if section else []} | dict(asked.asked.chosen)
    sort = Order(asked.asked.sort or Order.RELEVANCE)
    results = find_everywhere(asked.asked.text, chosen, sort, asked.asked.page, SIZE)
    if results is None:
        raise Busy(WAITING)
    if results.reason:
        raise Unreadable(REASON_LABELS[results.reason])
    return answered(found_said(asked, results, words, facets))


def found_said(
    asked: Wanted, results: Results, words: Vocabulary, facets: Sequence[Facet]
) -> Record:
    """Return what a search found; what is public no more since the index knew it is left out."""
    rows = hits.read([(hit.kind, hit.ref) for hit in (*results.hits, *results.near)])
    sayers: dict[str, Sayer] = {
        "enterprise": enterprises_said(words, mounted_at()),
        "entry": entries_said(mounted_at()),
        "policy": policies_said(mounted_at()),
    }

    def said(found: Sequence[Any]) -> list[Record]:
        known = [hit for hit in found if hit.key in rows]
        return [
            {"kind": hit.kind, "stage": hit.stage, **sayers[hit.kind].one(rows[hit.key].row)}
            for hit in known
        ]

    counted_by = results.facet_counts
    groups = [group_of(one, asked.asked.chosen, counted_by.get(one.name, {})) for one in facets]
    return {
        "total": results.total,
        "page_address": page_address("directory.search"),
        "next": next_address(next_page(asked, results.total)),
        "items": said(results.hits),
        "near": said(results.near),
        "kinds": {kind: counted_by.get("section", {}).get(kind, 0) for kind in SECTION_NAMES},
        **facets_said(asked, groups),
    }


def next_page(asked: Wanted, total: int) -> dict[str, Any]:
    """Return what the address of the next page says, {} after the last that can be asked for."""
    number = asked.asked.page
    return {"page": number + 1} if number < DEPTH and number * SIZE < total else {}


def next_address(following: dict[str, Any]) -> str | None:
    """Return the address that goes on, None at the end."""
    return public_url(url_with(**following)) if following else None


def page_address(endpoint: str, **values: Any) -> str:
    """Return the address of the page that shows the same, from its beginning."""
    return public_url(url_for(endpoint, **values) + query_without("after", "facets", "page"))


def facets_said(asked: Wanted, groups: Sequence[Group]) -> Record:
    """Return the facets with their counts where they are asked for; the counts of one ignore its
    own choice, and values without a row are 0."""
    if not asked.with_facets:
        return {}
    return {"facets": [facet_said(group) for group in groups]}


def nothing(name: str) -> Response:
    """Say that an address is none of this API's. Raises NotFound."""
    raise NotFound(explain(404).what)


def description() -> Response:
    """Send the description of this API (OpenAPI 3.1), at an address that stays."""
    return Response(DESCRIPTION.read_text("utf-8"), mimetype="application/json")
