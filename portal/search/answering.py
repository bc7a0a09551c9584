"""A question put to one snapshot: hits, exact totals and facet counts."""

from collections.abc import Mapping

import numpy as np

from portal.search.clauses import Clause, homophones, leaves, names, near_pairs, stages
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
from portal.search.evaluation import NO_MATCHES, Matches, evaluate, near
from portal.search.snapshot import Booleans, Facet, Integers, Snapshot
from portal.search.terms import Order, Stage


def answer(snapshot: Snapshot, question: Question) -> Results:
    """One page of hits, with totals and counts over all of them."""
    seen = snapshot.visible(question.public_releases)
    stage, found = _staged(snapshot, question, seen)
    passes = _passes(snapshot, question.chosen, found.docs)
    hits = _take(found, _all(passes, len(found.docs)))
    page, size = max(question.page, 1), min(max(question.size, 1), LARGEST_PAGE)
    ranked = _best(snapshot, hits, page, size, question.order)
    close = _near(snapshot, question, seen, hits)
    counts = _counts(snapshot, found.docs, passes)
    return Results(
        query=question.query,
        total=len(hits.docs),
        hits=_hits(snapshot, ranked, stage),
        near_total=len(close.docs),
        near=_hits(snapshot, _best(snapshot, close, 1, MOST_NEAR), Stage.RELAXED),
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
    return _take(found, seen[found.docs])


def _near(snapshot: Snapshot, question: Question, seen: Booleans, hits: Matches) -> Matches:
    if len(hits.docs) >= NEAR_WHEN_BELOW or question.names_only:
        return NO_MATCHES
    others = seen.copy()
    others[hits.docs] = False
    pairs = [leaf for pair in near_pairs(question.query) for leaf in pair]
    snapshot.look_up([*pairs, *homophones(question.query)])
    close = near(snapshot, question.query, others)
    return _take(close, _all(_passes(snapshot, question.chosen, close.docs), len(close.docs)))


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
    passing = docs[_all(passes, len(docs))]
    counts: dict[str, dict[str, int]] = {}
    for name in snapshot.facet_names:
        counted = docs[_all(passes, len(docs), leave_out=name)] if name in passes else passing
        facet = snapshot.facet(name)
        size = len(facet.values) + 1
        totals = np.bincount(facet.codes.take(counted, axis=0).ravel(), minlength=size)[1:]
        counts[name] = {value: int(n) for value, n in zip(facet.values, totals, strict=True) if n}
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
    ranks = matches.scores.round(4) if order is Order.RELEVANCE else dates[matches.docs]
    last = min(first + size, len(ranks))
    contenders = ranks >= np.partition(ranks, len(ranks) - last)[len(ranks) - last]
    docs, scores, ranks = matches.docs[contenders], matches.scores[contenders], ranks[contenders]
    sorted_places = np.lexsort((snapshot.numbers["ref"][docs], -dates[docs], -ranks))[first:last]
    return Matches(docs[sorted_places], scores[sorted_places])


def _hits(snapshot: Snapshot, matches: Matches, stage: Stage) -> tuple[Hit, ...]:
    kinds = snapshot.kinds(matches.docs)
    refs = [int(ref) for ref in snapshot.numbers["ref"][matches.docs]]
    return tuple(
        Hit(document_key(kind, ref), kind, ref, float(score), stage)
        for kind, ref, score in zip(kinds, refs, matches.scores, strict=True)
    )
