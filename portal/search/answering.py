"""A question put to one snapshot: hits, exact totals and facet counts."""

from collections.abc import Mapping

import numpy as np

from portal.search.arrays import NO_MATCHES, Booleans, Facet, Integers, Matches
from portal.search.clauses import Clause, homophones, leaves, names, near_pairs, partial, stages
from portal.search.documents import document_key
from portal.search.engine import (
    KIND,
    LARGEST_PAGE,
    MOST_NEAR,
    NEAR_WHEN_BELOW,
    Choices,
    Hit,
    Question,
    Results,
)
from portal.search.evaluation import evaluate, near
from portal.search.snapshot import Snapshot
from portal.search.terms import Order, Stage

PLACES = 4  # decimals of a score that tell
ALIKE = 0.0001  # between scores that may be equal once they are rounded


def answer(snapshot: Snapshot, question: Question) -> Results:
    """One page of hits, with totals and counts over all of them."""
    seen = snapshot.visible(question.public_releases)
    stage, found = _staged(snapshot, question, seen)
    passes = _passes(snapshot, question.chosen, found.docs)
    hits = _take(found, _all(passes, len(found.docs))) if passes else found
    page, size = max(question.page, 1), min(max(question.size, 1), LARGEST_PAGE)
    ranked = _best(snapshot, hits, page, size, question.order)
    near_stage, close = _near(snapshot, question, seen, hits)
    counts = _counts(snapshot, found.docs, passes)
    return Results(
        query=question.query,
        total=len(hits.docs),
        hits=_hits(snapshot, ranked, stage),
        near_total=len(close.docs),
        near=_hits(snapshot, _best(snapshot, close, 1, MOST_NEAR), near_stage),
        counts_by_kind=counts.pop(KIND, {}),
        facet_counts=counts,
        stage=stage,
    )


def all_refs(snapshot: Snapshot, question: Question) -> list[int]:
    """Ids of everything the question finds, in its order."""
    _, found = _staged(snapshot, question, snapshot.visible(question.public_releases))
    passes = _passes(snapshot, question.chosen, found.docs)
    hits = _take(found, _all(passes, len(found.docs)))
    ranked = _best(snapshot, hits, 1, max(1, len(hits.docs)), question.order)
    return [int(ref) for ref in snapshot.numbers["ref"][ranked.docs]]


def _staged(snapshot: Snapshot, question: Question, seen: Booleans) -> tuple[Stage, Matches]:
    """What the first stage finds that finds anything."""
    if question.names_only:
        return Stage.STRICT, _described(snapshot, names(question.query), seen)
    for stage, clause in stages(question.query):
        found = _described(snapshot, clause, seen)
        if len(found.docs):
            return stage, found
    return Stage.STRICT, NO_MATCHES


def _described(snapshot: Snapshot, clause: Clause, seen: Booleans) -> Matches:
    snapshot.look_up(leaves(clause))
    found = evaluate(snapshot, clause)
    return found if snapshot.is_all(seen) else _take(found, seen[found.docs])


def _near(
    snapshot: Snapshot, question: Question, seen: Booleans, hits: Matches
) -> tuple[Stage, Matches]:
    """Names that come near when few are found; where there are none either, texts that hold most
    of what is asked for."""
    if len(hits.docs) >= NEAR_WHEN_BELOW or question.names_only:
        return Stage.RELAXED, NO_MATCHES
    others = seen.copy()
    others[hits.docs] = False
    pairs = [leaf for pair in near_pairs(question.query) for leaf in pair]
    snapshot.look_up([*pairs, *homophones(question.query)])
    close = _chosen(snapshot, question, near(snapshot, question.query, others))
    if len(close.docs) or len(hits.docs) or not (most := partial(question.query)):
        return Stage.RELAXED, close
    return Stage.PARTIAL, _chosen(snapshot, question, _described(snapshot, most, seen))


def _chosen(snapshot: Snapshot, question: Question, found: Matches) -> Matches:
    passes = _passes(snapshot, question.chosen, found.docs)
    return _take(found, _all(passes, len(found.docs)))


def _passes(snapshot: Snapshot, chosen: Choices, docs: Integers) -> dict[str, Booleans]:
    """For each chosen facet, which of the documents have one of the chosen values."""
    return {name: _has(snapshot.facet(name), values, docs) for name, values in chosen.items()}


def _has(facet: Facet, values: frozenset[str], docs: Integers) -> Booleans:
    wanted = np.array([False, *(value in values for value in facet.values)])
    return np.asarray(wanted.take(facet.codes.take(docs, axis=0)).any(axis=1), np.bool_)


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
    counts = snapshot.tallies.count(docs[_all(passes, len(docs))] if passes else docs)
    for name in passes.keys() & counts.keys():
        others = docs[_all(passes, len(docs), leave_out=name)]
        counts[name] = snapshot.tallies.count(others)[name]
    return counts


def _take(matches: Matches, mask: Booleans) -> Matches:
    return Matches(matches.docs[mask], matches.scores[mask])


def _best(
    snapshot: Snapshot, matches: Matches, page: int, size: int, order: Order = Order.RELEVANCE
) -> Matches:
    """One page in the order asked for, then newest, then id: the same order every time."""
    first = (page - 1) * size
    if first >= len(matches.docs):
        return NO_MATCHES
    dates = snapshot.numbers["date"]
    ranks = matches.scores if order is Order.RELEVANCE else dates[matches.docs]
    last = min(first + size, len(ranks))
    least = np.partition(ranks, len(ranks) - last)[len(ranks) - last]
    contenders = np.flatnonzero(ranks >= least - ALIKE)
    docs, scores = matches.docs[contenders], matches.scores[contenders]
    ranks = ranks[contenders].round(PLACES)
    sorted_places = np.lexsort((snapshot.numbers["ref"][docs], -dates[docs], -ranks))[first:last]
    return Matches(docs[sorted_places], scores[sorted_places])


def _hits(snapshot: Snapshot, matches: Matches, stage: Stage) -> tuple[Hit, ...]:
    kinds = snapshot.kinds(matches.docs)
    refs = snapshot.numbers["ref"][matches.docs].tolist()
    return tuple(
        Hit(document_key(kind, ref), kind, ref, score, stage)
        for kind, ref, score in zip(kinds, refs, matches.scores.tolist(), strict=True)
    )
