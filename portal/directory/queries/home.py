"""The figures of the home page: every one opens to the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select

from portal import clock
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.counts import counting
from portal.directory.queries.entries import district_facet, published, state_on
from portal.directory.queries.vocabulary import Vocabulary, Word
from portal.enterprises.models import Enterprise, is_listed
from portal.extensions import db
from portal.lists.models import EntrySubtype
from portal.lists.terms.kinds import Kind
from portal.lists.terms.shown import AVAILABLE
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme

POSITIONS = ("upstream", "midstream", "downstream", "parallel")


@dataclass(frozen=True)
class Registered:
    """Counts of the registry, one for each asked set of kinds; `has_samples` says whether
    demonstration enterprises are among them."""

    counts: Sequence[int]
    families: Sequence[Sequence[str]]
    has_samples: bool


def registered(sets_of_kinds: Iterable[Sequence[str]]) -> Registered:
    """Count enterprises today per set of title kinds, each once; an empty set means all."""
    sets = list(sets_of_kinds)
    known = select(TitleKind.slug, TitleKind.family)
    families = {row.slug: row.family for row in db.session.execute(known)}
    asked = [sorted({families[kind] for kind in kinds if kind in families}) for kinds in sets]
    public = is_listed()
    samples = exists().where(public, Enterprise.is_sample.is_(True))
    row = db.session.execute(select(*(holders_of(one) for one in asked), samples)).one()
    return Registered(row[:-1], asked, row[-1])


def holders_of(families: Sequence[str]) -> Any:
    """Return the number of enterprises that hold a title of these families today."""
    if not families:
        counted = select(func.count(Enterprise.id)).where(is_listed())
        return counted.scalar_subquery()
    return (
        select(func.count(Title.enterprise_id.distinct()))
        .join(TitleKind, TitleKind.id == Title.kind_id)
        .where(TitleKind.family.in_(families), *counting(clock.today(), None, samples=True))
        .scalar_subquery()
    )


def open_by_district(words: Vocabulary) -> dict[str, int]:
    """Return how many opportunities are open or standing per district slug; citywide apart."""
    facet = district_facet(words)
    rows = published().where(
        EntrySubtype.kind == Kind.OPPORTUNITY, state_on(clock.today()).in_(AVAILABLE)
    )
    counts = facet.counts(rows)
    return {option.slug: counts.get(option.key, 0) for option in facet.options}


def tints(counts: dict[str, int]) -> dict[str, int]:
    """Return a tint from 1 to 5 per district, by rank: the more, the darker."""
    ordered = sorted(set(counts.values()))
    steps = max(len(ordered) - 1, 1)
    return {slug: 1 + ordered.index(count) * 4 // steps for slug, count in counts.items()}


@dataclass(frozen=True)
class Chain:
    """A chain with its nodes by stage: (position, [(node, enterprises)])."""

    word: Word
    stages: Sequence[tuple[str, Sequence[tuple[Word, int]]]]


def first_chain(words: Vocabulary) -> Chain | None:
    """Return the first chain with the enterprises at its nodes, None where there is no chain."""
    chains = words.of(Scheme.CHAIN)
    if not chains:
        return None
    nodes = [node for node in words.of(Scheme.NODE) if node.parent_id == chains[0].id]
    counts = enterprises_at(nodes)
    stages = [
        (position, [(node, counts.get(node.id, 0)) for node in nodes if node.position == position])
        for position in POSITIONS
    ]
    return Chain(chains[0], [stage for stage in stages if stage[1]])


def enterprises_at(nodes: Sequence[Word]) -> dict[int, int]:
    """Return how many public enterprises stand at each node, by its id."""
    rows = db.session.execute(
        select(Enterprise.node_id, func.count())
        .join(Term, Term.id == Enterprise.node_id)
        .where(is_listed(), Term.id.in_([node.id for node in nodes]))
        .group_by(Enterprise.node_id)
    )
    return {row[0]: row[1] for row in rows if row[0]}
