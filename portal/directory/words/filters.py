"""Filters as pages show them: every option drawn once, its count put in where it belongs."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from portal.directory.queries.facets import Group
from portal.web.display import speaks_english
from portal.web.drawn import moulds

FACET = "components/facet.html"


def filter_group(group: Group) -> Markup:
    """Return one group of filters with its counts."""
    ((begin, end),) = moulds(FACET, "facet_frame", [(str(group.label), group.is_open)])
    english = speaks_english()
    every = [
        (
            group.name,
            choice.slug,
            name_of(choice.name, english=english),
            choice.is_chosen,
            not choice.count and not choice.is_chosen,
        )
        for choice in group.choices
    ]
    pieces = [begin]
    for choice, (before, after) in zip(group.choices, moulds(FACET, "option", every), strict=True):
        pieces += (before, str(choice.count), after)
    return Markup("".join([*pieces, end]))  # noqa: S704 drawn by macros, which escape


def name_of(name: Any, *, english: bool | None = None) -> str:
    """Return the name of an option: a row with both languages, or a lazy text."""
    if not hasattr(name, "name_zh"):
        return str(name)
    english = speaks_english() if english is None else english
    return str((name.name_en if english else "") or name.name_zh)
