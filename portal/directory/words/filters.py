"""Filters as pages show them: every option drawn once, its count put in where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal.directory.queries.facets import Facet, Group, Option
from portal.web.display import preference, speaks_english
from portal.web.drawn import Key, drawn_around, here, mould
from portal.web.present import present_app

COLUMN = "components/facets.html"
FACET = "components/facet.html"
COUNT = (("count", None),)
OPTIONS = (("options", None),)
SORT_NAMES = {
    "relevance": _l("Relevance"),
    "newest": _l("Newest"),
    "closing": _l("Closing date"),
    "name": _l("Name"),
    "admitted": _l("Newest in the registry"),
}
Around = Sequence[str]  # what stands before and after a number or the options


@dataclass(frozen=True)
class Drawn:
    """A facet as it looks: around its options, folded and open; an option without a row, and
    around the count of one with some, free and chosen. `mark` is alike for all that look alike."""

    mark: bytes
    folded: Around
    open: Around
    options: Sequence[tuple[str, str, Around, Around]]  # the slug first


def filters(groups: Iterable[Group]) -> Markup:
    """Return the column of filters with their counts."""
    place, pieces, chosen = here(), list[str](), 0
    for group in groups:
        pieces += pieces_of(group, drawn_in(place, group.facet))
        chosen += len(group.slugs)
    shown = Markup("".join(pieces))  # noqa: S704 drawn by macros, which escape
    is_folded = preference("display") == "elder"
    return drawn_around(COLUMN, "facets_frame", chosen, is_folded, groups=shown)


def shown_by(groups: Iterable[Group]) -> Key:
    """Return what the column of filters shows: the same for columns that look the same."""
    place = here()
    return tuple(
        [(drawn_in(place, one.facet).mark, one.is_open, one.slugs, one.counts) for one in groups]
    )


def pieces_of(group: Group, drawn: Drawn) -> list[str]:
    """Return one group of filters in pieces."""
    begin, end = drawn.open if group.is_open else drawn.folded
    slugs, pieces = group.slugs, [begin]
    for count, (slug, empty, free, chosen) in zip(group.counts, drawn.options, strict=True):
        if count or slug in slugs:
            before, after = chosen if slug in slugs else free
            pieces += (before, str(count), after)
        else:
            pieces.append(empty)
    return [*pieces, end, "\n"]


def drawn_in(place: Key, facet: Facet) -> Drawn:
    """Return how a facet looks in a language."""
    found: Drawn | None = facet.looks.get(place)
    if found is None or present_app().debug:
        label = str(facet.label)
        folded, opened = (
            mould(FACET, "facet_frame", (label, is_open), OPTIONS).texts
            for is_open in (False, True)
        )
        options = [drawn_option(facet, option) for option in facet.options]
        looks = (folded, opened, options)
        mark = blake2b(repr(looks).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found = facet.looks[place] = Drawn(mark, *looks)
    return found


def drawn_option(facet: Facet, option: Option) -> tuple[str, str, Around, Around]:
    """Return how an option looks."""
    said = (facet.name, option.slug, name_of(option.name))
    empty, free, chosen = (
        mould(FACET, "option", (*said, *marks), COUNT)
        for marks in ((False, True), (False, False), (True, False))
    )
    return option.slug, empty.filled(0), free.texts, chosen.texts


def order_name(order: str) -> str:
    """Return the name of an order."""
    return str(SORT_NAMES[order])


def name_of(name: Any, *, english: bool | None = None) -> str:
    """Return the name of an option: a row with both languages, or a lazy text."""
    if not hasattr(name, "name_zh"):
        return str(name)
    english = speaks_english() if english is None else english
    return str((name.name_en if english else "") or name.name_zh)
