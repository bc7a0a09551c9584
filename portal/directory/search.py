"""Search over everything public."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.directory.asked import asked_text, counted
from portal.directory.found import find_everywhere
from portal.directory.marking import Marker
from portal.directory.queries import hits
from portal.directory.queries.hits import Row
from portal.directory.queries.vocabulary import vocabulary
from portal.errors import NotFound
from portal.lists.terms.kinds import KIND_NAMES
from portal.search.engine import Results
from portal.search.terms import REASON_LABELS, Reason
from portal.taxonomy.terms import Scheme
from portal.web.pagination import SIZE, Page, asked_page, page_of

SECTION_NAMES: dict[str, Any] = {
    **{str(kind): name for kind, name in KIND_NAMES.items()},
    "enterprise": _l("Enterprises"),
    "policy": _l("Policies and notices"),
}
CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{7,39}")


@dataclass(frozen=True)
class Answer:
    """What the page of a search shows; counts per section ignore the section chosen."""

    counts: Mapping[str, int]
    page: Page
    rows: Sequence[Row] = ()
    near: Sequence[Row] = ()
    marker: Marker = field(default_factory=Marker)
    reason: Reason | None = None
    is_from_index: bool = True

    @property
    def fault(self) -> str:
        """Why the text was not searched for; "" when it was."""
        return str(REASON_LABELS[self.reason]) if self.reason else ""

    @property
    def status(self) -> int:
        return 400 if self.reason == Reason.TOO_LONG else 200


@counted
def search() -> Response | tuple[str, int]:
    """Search everywhere; a whole entry number or credit code leads straight to its page."""
    text, section = asked_text(), request.args.get("kind", "")
    if section and section not in SECTION_NAMES:
        raise NotFound
    if address := address_of(text):
        return redirect(address, 302)
    words = vocabulary(Scheme.DISTRICT, Scheme.KEY_INDUSTRY, Scheme.NODE)
    answer = answer_to(text, section, asked_page())
    page = render_template(
        "directory/search.html",
        text=text,
        section=section,
        sections=SECTION_NAMES,
        answer=answer,
        words=words,
    )
    return page, answer.status


def address_of(text: str) -> str | None:
    """Return the page of a public record whose whole number or code this is."""
    code = unicodedata.normalize("NFKC", text[:80]).upper()
    if not CODE.fullmatch(code):
        return None
    if hits.is_public_uscc(code):
        return url_for("directory.enterprise", uscc=code)
    if hits.is_published_number(code):
        return url_for("directory.entry", number=code)
    return None


def answer_to(text: str, section: str, number: int) -> Answer:
    """Return one page of what a text finds, from the index or, without it, the database."""
    if not text:
        return Answer({}, page_of(0, 1), reason=Reason.EMPTY)
    chosen = {"section": [section]} if section else {}
    results = find_everywhere(text, chosen, number, SIZE)
    if results is None:
        return answer_of_database(text, section, number)
    return answer_of_index(results, number)


def answer_of_index(results: Results, number: int) -> Answer:
    """Return the index's answer; every row is asked of the database once more."""
    rows = hits.read([(hit.kind, hit.ref) for hit in (*results.hits, *results.near)])
    return Answer(
        counts=results.facet_counts.get("section", {}),
        page=page_of(results.total, number),
        rows=[rows[hit.key] for hit in results.hits if hit.key in rows],
        near=[rows[hit.key] for hit in results.near if hit.key in rows],
        marker=Marker(results.query),
        reason=results.reason,
    )


def answer_of_database(text: str, section: str, number: int) -> Answer:
    """Return what names and numbers hold the text."""
    counts = hits.counts_like(text)
    total = counts.get(section, 0) if section else sum(counts.values())
    page = page_of(total, number)
    found = hits.like(text, section, page.size, page.offset)
    rows = hits.read(found)
    keys = [f"{kind}:{ref}" for kind, ref in found]
    shown = [rows[key] for key in keys if key in rows]
    return Answer(counts, page, shown, is_from_index=False)
