"""Search over everything public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal import clock
from portal.directory.asking.asked import Asked, asked, asked_text, counted, order_of
from portal.directory.asking.found import find_everywhere
from portal.directory.asking.listing import UNAVAILABLE, Shown, title_of
from portal.directory.asking.picks import back_address, basket_url, picked
from portal.directory.queries import hits
from portal.directory.queries.facets import Facet, Group, group_of
from portal.directory.queries.hits import Row
from portal.directory.queries.sections import SCHEMES, facets_of, shown_in
from portal.directory.queries.titles import names_in_force
from portal.directory.queries.vocabulary import vocabulary
from portal.directory.words.pages import SECTION_NAMES
from portal.directory.words.rows import hit_shown
from portal.search.analysis import code_tokens, compact, normalise
from portal.search.engine import Results
from portal.search.parsing import Query
from portal.search.terms import REASON_LABELS, Order, Reason, Stage
from portal.web.drawn_pages import drawn_page
from portal.web.pagination import SIZE, Page, page_of

# Which column a kind of record is cited by, its page, and the column of the address.
CITED = {
    "enterprise": ("uscc", "directory.enterprise", "uscc"),
    "entry": ("number", "directory.entry", "number"),
    "policy": ("document_no", "directory.policy", "slug"),
}
NO_FILTERS = _l("Filters wait for the full search: they are left out here.")


@dataclass(frozen=True)
class Answer(Shown):
    """What the page of a search shows; counts per section ignore the section chosen. Without an
    index there are no results, and names and numbers that hold the text instead."""

    counts: Mapping[str, int] = field(default_factory=dict)
    results: Results | None = None

    @property
    def query(self) -> Query | None:
        return self.results.query if self.results else None

    @property
    def stage(self) -> Stage:
        return self.results.stage if self.results else Stage.STRICT

    @property
    def numbers(self) -> list[str]:
        """The numbers of the entries on the page, which can be picked."""
        return [hit.row.number for hit in self.rows if hit.kind == "entry"]

    @property
    def near_titles(self) -> list[str]:
        return [title_of(hit.row) for hit in self.near]

    @property
    def fault(self) -> str:
        if not self.asked.text:
            return str(REASON_LABELS[Reason.EMPTY])
        if self.results is None:
            return f"{UNAVAILABLE} {NO_FILTERS if any(self.asked.chosen.values()) else ''}".strip()
        return str(REASON_LABELS[self.results.reason]) if self.results.reason else ""

    @property
    def is_answered(self) -> bool:
        """Whether there was anything to look for."""
        return bool(self.asked.text) and (self.results is None or not self.results.reason)

    @property
    def status(self) -> int:
        too_long = self.results is not None and self.results.reason == Reason.TOO_LONG
        return 400 if too_long else 200


@counted
def search() -> Response | tuple[bytes | str, int]:
    """Search everywhere; a number or credit code, whole or as far as no other begins so, leads
    straight to its record, the button for what is picked to the selection."""
    if back := back_address():
        return redirect(basket_url(picked().numbers, back), 303)
    if address := address_of(asked_text()):
        return redirect(address, 302)
    words = vocabulary(*SCHEMES)
    section = request.args.get("kind", "")
    unknown = section not in ("", *SECTION_NAMES)
    section = "" if unknown else section
    facets = facets_of(section)
    wanted = asked(facets, [f"kind={request.args['kind']}"] if unknown else [])
    answer = answer_to(wanted, section, facets)
    if not section and (address := address_of_number(answer)):
        return redirect(address, 302)
    rows = [*answer.rows, *answer.near]
    titles = titles_of(rows)
    lines = tuple([hit_shown(hit, words, titles) for hit in rows])
    page = drawn_page(
        "directory/search.html",
        (answer.shown, tuple(answer.counts.items()), len(answer.near), lines),
        section=section,
        sections=SECTION_NAMES,
        listing=answer,
        titles=titles,
        words=words,
    )
    return page, answer.status


def address_of(text: str) -> str | None:
    """Return the page of a public record whose whole number or code this is."""
    code = normalise(text[:80]).upper()
    if not hits.CODE.fullmatch(code):
        return None
    if hits.is_public_uscc(code):
        return url_for("directory.enterprise", uscc=code)
    if hits.is_published_number(code):
        return url_for("directory.entry", number=code)
    return None


def address_of_number(answer: Answer) -> str | None:
    """Return the page of the record whose number or code the text is in another spelling, or
    begins as no other does, where nothing else was asked for."""
    code = answer.query.code if answer.query else ""
    wanted = answer.asked
    is_narrowed = wanted.page > 1 or wanted.ignored or any(wanted.chosen.values())
    if not code or not answer.rows or is_narrowed:
        return None
    first = answer.rows[0]
    cited_by, endpoint, found_by = CITED[first.kind]
    number = getattr(first.row, cited_by)
    is_whole = compact(number) == code
    is_only = answer.page.total == 1 and code in code_tokens(number)
    if is_whole or is_only:
        return url_for(endpoint, **{found_by: getattr(first.row, found_by)})
    return None


def answer_to(wanted: Asked, section: str, facets: Sequence[Facet]) -> Answer:
    """Return one page of what a text finds, from the index or, without it, the database."""
    orders = tuple(str(order) for order in Order)
    sort = order_of(wanted, dict.fromkeys(orders))
    if not wanted.text:
        return Answer(wanted, sort, orders, (), page_of(0, 1), (), ())
    chosen = {"section": [section] if section else []} | dict(wanted.chosen)
    results = find_everywhere(wanted.text, chosen, Order(sort), wanted.page, SIZE)
    if results is None:
        return answer_of_database(wanted, section, orders)
    page = page_of(results.total, wanted.page)
    if page.number != wanted.page:  # deeper than there is anything: the last page instead
        found = find_everywhere(wanted.text, chosen, Order(sort), page.number, SIZE)
        results = found or results
    rows = hits.read([(hit.kind, hit.ref) for hit in (*results.hits, *results.near)])
    return Answer(
        asked=wanted,
        sort=sort,
        orders=orders,
        groups=groups_of(section, facets, wanted, results),
        page=page,
        rows=[rows[hit.key] for hit in results.hits if hit.key in rows],
        near=[rows[hit.key] for hit in results.near if hit.key in rows],
        counts=results.facet_counts.get("section", {}),
        results=results,
    )


def groups_of(
    section: str, facets: Sequence[Facet], wanted: Asked, results: Results
) -> list[Group]:
    """Return the filters of a section with the counts of the index, and those in force."""
    return [
        group_of(facet, wanted.chosen, results.facet_counts.get(facet.name, {}))
        for facet in facets
        if shown_in(section, facet) or wanted.chosen[facet.name]
    ]


def answer_of_database(wanted: Asked, section: str, orders: Sequence[str]) -> Answer:
    """Return what names and numbers hold the text; without an index nothing is ranked."""
    counts = hits.counts_like(wanted.text)
    total = counts.get(section, 0) if section else sum(counts.values())
    page: Page = page_of(total, wanted.page)
    found = hits.like(wanted.text, section, page.size, page.offset)
    rows = hits.read(found)
    keys = [f"{kind}:{ref}" for kind, ref in found]
    shown: list[Row] = [rows[key] for key in keys if key in rows]
    return Answer(wanted, orders[0], orders[:1], (), page, shown, (), counts)


def titles_of(rows: Sequence[Row]) -> dict[int, list[Any]]:
    """Return the titles in force of the enterprises among the rows."""
    ids = [hit.row.id for hit in rows if hit.kind == "enterprise"]
    return names_in_force(ids, clock.today()) if ids else {}
