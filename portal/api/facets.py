"""Facets as objects of JSON: names are written once, counts put in where they belong."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from portal.directory.queries.facets import Facet, Group, Option
from portal.directory.words.filters import name_of
from portal.web.display import language_tag
from portal.web.json_answers import written

Around = tuple[bytes, Sequence[bytes]]  # what stands before the values, and before each count


def facet_said(group: Group) -> orjson.Fragment:
    """Return one facet with its values and their counts, in the language of the request."""
    looks, key = group.facet.looks, ("json", language_tag())
    if key not in looks:
        looks[key] = around(group.facet)
    begin, options = looks[key]
    values = [
        b"%b%d}" % (option, count) for option, count in zip(options, group.counts, strict=True)
    ]
    return orjson.Fragment(begin + b",".join(values) + b"]}")


def around(facet: Facet) -> Around:
    """Return what a facet's object says around the counts."""
    begin = opened({"name": facet.name, "label": str(facet.label)}, "values") + b"["
    return begin, [opened(option_said(option), "count") for option in facet.options]


def option_said(option: Option) -> dict[str, str]:
    """Return what an option's object says before its count."""
    return {"slug": option.slug, "name": name_of(option.name)}


def opened(said: dict[str, str], last: str) -> bytes:
    """Write an object up to the value of its last member."""
    return written(said).removesuffix(b"}") + b"," + written(last) + b":"
