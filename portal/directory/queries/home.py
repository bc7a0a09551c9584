"""The figures of the home page: every one opens to the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.counts import Counted
from portal.directory.queries.entries import district_options
from portal.directory.queries.listing import kept_cube
from portal.directory.queries.titles import title_kinds
from portal.directory.queries.vocabulary import Vocabulary, Word
from portal.lists.terms.kinds import Kind
from portal.lists.terms.shown import AVAILABLE
from portal.taxonomy.terms import Scheme

POSITIONS = ("upstream", "midstream", "downstream", "parallel")


@dataclass(frozen=True)
class Registered:
    """Counts of the registry, one for each asked set of kinds; `has_samples` says whether
    demonstration enterprises are among them."""

    counts: tuple[int, ...]
    families: tuple[tuple[str, ...], ...]
    has_samples: bool


def registered(sets_of_kinds: Iterable[Sequence[str]]) -> Registered:
    """Count enterprises today per set of title kinds, each once; an empty set means all."""
    cube = kept_cube(Counted.ENTERPRISE)
    families = {kind.slug: kind.family for kind in title_kinds()}
    asked = tuple(
        tuple(sorted({families[kind] for kind in kinds if kind in families}))
        for kinds in sets_of_kinds
    )
    counts = tuple(cube.total({"title": one}) for one in asked)
    return Registered(counts, asked, cube.total({"sample": [1]}) > 0)


def open_by_district(words: Vocabulary) -> dict[str, int]:
    """Return how many opportunities are open or standing per district slug; citywide apart."""
    open_ones = {"kind": [Kind.OPPORTUNITY], "state": AVAILABLE}
    counts = kept_cube(Counted.ENTRY).counts("district", open_ones)
    return {option.slug: counts.get(option.key, 0) for option in district_options(words)}


def tints(counts: dict[str, int]) -> dict[str, int]:
    """Return a tint from 1 to 5 per district, by rank: the more, the darker."""
    ordered = sorted(set(counts.values()))
    steps = max(len(ordered) - 1, 1)
    return {slug: 1 + ordered.index(count) * 4 // steps for slug, count in counts.items()}


@dataclass(frozen=True)
class Chain:
    """A chain with its nodes by stage: (position, [(node, enterprises)])."""

    word: Word
    stages: tuple[tuple[str, tuple[tuple[Word, int], ...]], ...]


def first_chain(words: Vocabulary) -> Chain | None:
    """Return the first chain with the enterprises at its nodes, None where there is no chain."""
    chains = words.of(Scheme.CHAIN)
    if not chains:
        return None
    nodes = [node for node in words.of(Scheme.NODE) if node.parent_id == chains[0].id]
    counts = kept_cube(Counted.ENTERPRISE).counts(Scheme.NODE, {})
    stages = (
        (position, tuple((n, counts.get(n.id, 0)) for n in nodes if n.position == position))
        for position in POSITIONS
    )
    return Chain(chains[0], tuple(stage for stage in stages if stage[1]))
