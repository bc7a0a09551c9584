"""The same figures counted from the rows, by statements of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from portal.directory.queries import entries, registry
from portal.directory.queries.facets import Chosen, Facet, LinkedFacet, conditions
from portal.directory.queries.listing import Source
from portal.directory.queries.vocabulary import vocabulary
from portal.extensions import db
from portal.lists.terms.kinds import Kind

Figures = tuple[int, dict[str, dict[str, int]]]


def sources() -> Iterator[Source]:
    """Yield every list with kept counts, as it is today."""
    yield registry.source(vocabulary(*registry.SCHEMES))
    for kind in Kind:
        yield entries.source(kind, vocabulary(*entries.SCHEMES))


def kept_figures(source: Source, chosen: Chosen) -> Figures:
    """Return what a page shows: the total, and the counts by facet and value."""
    total, groups = source.counts(chosen)
    return total, {
        group.name: {choice.slug: choice.count for choice in group.choices} for group in groups
    }


def live_figures(source: Source, chosen: Chosen) -> Figures:
    """Return the same from the rows."""
    return len(rows_of(source, chosen)), {
        facet.name: by_value(source, facet, chosen) for facet in source.facets
    }


def rows_of(source: Source, chosen: Chosen) -> Sequence[Any]:
    """Return the ids of the rows that pass these choices."""
    rows = source.rows.where(*conditions(source.facets, chosen))
    return db.session.scalars(rows.with_only_columns(source.ref)).all()


def by_value(source: Source, facet: Facet, chosen: Chosen) -> dict[str, int]:
    """Return how many rows of those chosen by the other facets have each value of one."""
    others = {name: values for name, values in chosen.items() if name != facet.name}
    ids = source.rows.where(*conditions(source.facets, others)).with_only_columns(source.ref)
    if isinstance(facet, LinkedFacet):
        owner = facet.owner
        counted = select(facet.column, func.count(owner.distinct())).where(owner.in_(ids))
    else:
        counted = source.rows.with_only_columns(facet.column, func.count(source.ref.distinct()))
        counted = counted.where(source.ref.in_(ids))
    found: Mapping[Any, int] = dict(db.session.execute(counted.group_by(facet.column)).all())
    return {option.slug: found.get(option.key, 0) for option in facet.options}
