"""The search itself: a text, a kind, facets → hits, exact totals and facet counts.

Stages: strict with synonyms, then pinyin when that finds nothing. When even both find few, names
that are nearly the text come apart from the hits, as near matches, and are in no count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from portal.search.clauses import spelled, strict
from portal.search.documents import document_key
from portal.search.evaluation import NO_MATCHES, Matches, evaluate, near
from portal.search.index import Index
from portal.search.parsing import Query, parse
from portal.search.schema import KIND
from portal.search.snapshot import Booleans, Facet, Integers, Snapshot
from portal.search.synonyms import NO_SYNONYMS, Synonyms
from portal.search.terms import Reason, Stage

NEAR_WHEN_BELOW = 3  # hits from which on near matches are no help
MOST_NEAR = 10
LARGEST_PAGE = 100

Choices = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Hit:
    """One record found. Whether it may still be shown is asked of the database once more."""

    key: str
    kind: str
    ref: int
    score: float
    stage: Stage


@dataclass(frozen=True)
class Results:
    """What a search found. Counts hold values above zero only, and no near match."""

    query: Query
    total: int = 0
    hits: tuple[Hit, ...] = ()
    near_total: int = 0
    near: tuple[Hit, ...] = ()
    counts_by_kind: Mapping[str, int] = field(default_factory=dict)
    facet_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    stage: Stage = Stage.STRICT

    @property
    def reason(self) -> Reason | None:
        """Why the index was not asked, None when it was."""
        return self.query.reason


def search(
    index: Index,
    text: str,
    *,
    kind: str | None = None,
    facets: Choices | None = None,
    public_releases: frozenset[int] = frozenset(),
    page: int = 1,
    size: int = 20,
    synonyms: Synonyms = NO_SYNONYMS,
) -> Results:
    """One page of hits, best first, with exact totals.

    `facets` are chosen values by facet name: any value within a facet, every facet. A facet's
    counts leave out its own choice, `counts_by_kind` that of the kind. Documents of a release that
    is not in `public_releases` are nowhere. Raises `IndexUnavailable`, never for the text.
    """
    query = parse(text, synonyms)
    if query.reason:
        return Results(query)
    snapshot = index.snapshot()
    seen = snapshot.visible(public_releases)
    chosen = _chosen(kind, facets)
    stage, found = _staged(snapshot, query, seen)
    passes = _passes(snapshot, chosen, found.docs)
    hits = _take(found, _all(passes, len(found.docs)))
    ranked = _best(snapshot, hits, max(page, 1), min(max(size, 1), LARGEST_PAGE))
    close = _near(snapshot, query, seen, chosen, hits)
    counts = _counts(snapshot, found.docs, passes)
    return Results(
        query=query,
        total=len(hits.docs),
        hits=_hits(snapshot, ranked, stage),
        near_total=len(close.docs),
        near=_hits(snapshot, _best(snapshot, close, 1, MOST_NEAR), Stage.RELAXED),
        counts_by_kind=counts.pop(KIND, {}),
        facet_counts=counts,
        stage=stage,
    )


def matching_refs(
    index: Index,
    text: str,
    kind: str,
    *,
    facets: Choices | None = None,
    public_releases: frozenset[int] = frozenset(),
    synonyms: Synonyms = NO_SYNONYMS,
) -> list[int]:
    """Ids of all rows of one kind that match, best first, to be combined with SQL.

    Empty when the text cannot be searched for. Raises `IndexUnavailable`.
    """
    query = parse(text, synonyms)
    if query.reason:
        return []
    snapshot = index.snapshot()
    _, found = _staged(snapshot, query, snapshot.visible(public_releases))
    passes = _passes(snapshot, _chosen(kind, facets), found.docs)
    hits = _take(found, _all(passes, len(found.docs)))
    ranked = _best(snapshot, hits, 1, max(1, len(hits.docs)))
    return [int(ref) for ref in snapshot.numbers["ref"][ranked.docs]]


def _staged(snapshot: Snapshot, query: Query, seen: Booleans) -> tuple[Stage, Matches]:
    found = _seen(evaluate(snapshot, strict(query)), seen)
    if len(found.docs) or not any(word.is_latin for word in query.words):
        return Stage.STRICT, found
    found = _seen(evaluate(snapshot, spelled(query)), seen)
    return (Stage.PINYIN if len(found.docs) else Stage.STRICT), found


def _near(
    snapshot: Snapshot, query: Query, seen: Booleans, chosen: Mapping[str, set[str]], hits: Matches
) -> Matches:
    if len(hits.docs) >= NEAR_WHEN_BELOW:
        return NO_MATCHES
    others = seen.copy()
    others[hits.docs] = False
    close = near(snapshot, query, others)
    return _take(close, _all(_passes(snapshot, chosen, close.docs), len(close.docs)))


def _chosen(kind: str | None, facets: Choices | None) -> dict[str, set[str]]:
    chosen = {name: set(values) for name, values in (facets or {}).items()}
    if kind:
        chosen[KIND] = {kind}
    return {name: values for name, values in chosen.items() if values}


def _passes(
    snapshot: Snapshot, chosen: Mapping[str, set[str]], docs: Integers
) -> dict[str, Booleans]:
    """For each chosen facet, which of the documents have one of the chosen values."""
    return {name: _has(snapshot.facet(name), values, docs) for name, values in chosen.items()}


def _has(facet: Facet, values: set[str], docs: Integers) -> Booleans:
    wanted = np.array([False, *(value in values for value in facet.values)])
    return np.asarray(wanted[facet.codes[docs]].any(axis=1), np.bool_)


def _all(passes: Mapping[str, Booleans], size: int, leave_out: str = "") -> Booleans:
    mask: Booleans = np.ones(size, np.bool_)
    for name, passing in passes.items():
        if name != leave_out:
            mask = np.logical_and(mask, passing)
    return mask


def _counts(
    snapshot: Snapshot, docs: Integers, passes: Mapping[str, Booleans]
) -> dict[str, dict[str, int]]:
    """Documents per value of each facet, its own choice left out."""
    passing = docs[_all(passes, len(docs))]
    counts: dict[str, dict[str, int]] = {}
    for name in snapshot.facet_names:
        counted = docs[_all(passes, len(docs), leave_out=name)] if name in passes else passing
        facet = snapshot.facet(name)
        totals = np.bincount(facet.codes[counted].ravel(), minlength=len(facet.values) + 1)[1:]
        counts[name] = {value: int(n) for value, n in zip(facet.values, totals, strict=True) if n}
    return counts


def _seen(matches: Matches, seen: Booleans) -> Matches:
    return _take(matches, seen[matches.docs])


def _take(matches: Matches, mask: Booleans) -> Matches:
    return Matches(matches.docs[mask], matches.scores[mask])


def _best(snapshot: Snapshot, matches: Matches, page: int, size: int) -> Matches:
    """One page in the order of score, newest first, then id: the same order every time."""
    first = (page - 1) * size
    if first >= len(matches.docs):
        return NO_MATCHES
    scores = matches.scores.round(4)
    last = min(first + size, len(scores))
    contenders = scores >= np.partition(scores, len(scores) - last)[len(scores) - last]
    docs, scores = matches.docs[contenders], scores[contenders]
    numbers = snapshot.numbers
    order = np.lexsort((numbers["ref"][docs], -numbers["date"][docs], -scores))[first:last]
    return Matches(docs[order], scores[order])


def _hits(snapshot: Snapshot, matches: Matches, stage: Stage) -> tuple[Hit, ...]:
    kinds = snapshot.kinds(matches.docs)
    refs = [int(ref) for ref in snapshot.numbers["ref"][matches.docs]]
    return tuple(
        Hit(document_key(kind, ref), kind, ref, float(score), stage)
        for kind, ref, score in zip(kinds, refs, matches.scores, strict=True)
    )
