"""A question put to one snapshot: hits, exact totals and facet counts."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from portal.search.arrays import NO_MATCHES, Booleans, Facet, Floats, Integers, Matches
from portal.search.clauses import (
    Clause,
    homophones,
    leaves,
    names,
    near_pairs,
    one_wrong,
    partial,
    stages,
    strung_together,
)
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
from portal.search.tallies import count_one
from portal.search.terms import Order, Stage

PLACES = 4  # decimals of a score that tell
ALIKE = 0.0001  # between scores that may be equal once they are rounded
LOOKED_THROUGH = 20  # of the best hits
RANKED = 60  # hits that are found together: the first three pages
SAMPLED = 8  # documents for each place that are looked at first

Ranks = Floats | Integers


def answer(snapshot: Snapshot, question: Question) -> Results:
    """One page of hits, with totals and counts over all of them. The first pages are found together
    and kept: whoever asks the same or turns the page waits for nothing but their hits."""
    page, size = max(question.page, 1), min(max(question.size, 1), LARGEST_PAGE)
    begin, end = (page - 1) * size, page * size
    if end > RANKED:
        return _answer(snapshot, question, begin, end)
    key = _key(question)
    found = snapshot.answers.get(key)
    if found is None:
        found = _answer(snapshot, question, 0, RANKED)
        snapshot.answers.put(key, found, 1)
    return replace(found, hits=found.hits[begin:end])


def all_refs(snapshot: Snapshot, question: Question) -> list[int]:
    """Ids of everything the question finds, in its order."""
    _, found = _staged(snapshot, question, snapshot.visible(question.public_releases))
    hits = _chosen(snapshot, question, found)
    ranked = _best(snapshot, hits, 0, len(hits.docs), question.order)
    refs: list[int] = snapshot.numbers["ref"][ranked.docs].tolist()
    return refs


def _key(question: Question) -> Hashable:
    """All that the answer to a question depends on in one snapshot, but for the page of it."""
    chosen = frozenset(question.chosen.items())
    return question.query, chosen, question.public_releases, question.order, question.names_only


def _answer(snapshot: Snapshot, question: Question, begin: int, end: int) -> Results:
    """What a question finds, with the hits from one place to another."""
    seen = snapshot.visible(question.public_releases)
    stage, found = _staged(snapshot, question, seen)
    passes = _passes(snapshot, question.chosen, found.docs)
    hits = _take(found, _all(passes, len(found.docs))) if passes else found
    ranked = _best(snapshot, hits, begin, end, question.order)
    near_stage, close = _near(snapshot, question, seen, hits)
    counts = _counts(snapshot, found.docs, passes)
    return Results(
        query=question.query,
        total=len(hits.docs),
        hits=_hits(snapshot, ranked, stage),
        near_total=len(close.docs),
        near=_hits(snapshot, _best(snapshot, close, 0, MOST_NEAR), near_stage),
        counts_by_kind=counts.pop(KIND, {}),
        facet_counts=counts,
        stage=stage,
    )


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
    """Names that come near when few are found, or none as the text stands; where there are none
    either, texts that hold most of what is asked for."""
    is_enough = len(hits.docs) >= NEAR_WHEN_BELOW and not _stand_apart(snapshot, question, hits)
    if is_enough or question.names_only:
        return Stage.RELAXED, NO_MATCHES
    others = seen.copy()
    others[hits.docs] = False
    pairs = [leaf for pair in near_pairs(question.query) for leaf in pair]
    snapshot.look_up([*pairs, *homophones(question.query), *one_wrong(question.query)])
    close = _chosen(snapshot, question, near(snapshot, question.query, others))
    if len(close.docs) or len(hits.docs) or not (most := partial(question.query)):
        return Stage.RELAXED, close
    return Stage.PARTIAL, _chosen(snapshot, question, _described(snapshot, most, seen))


def _stand_apart(snapshot: Snapshot, question: Question, hits: Matches) -> bool:
    """Whether characters that belong together stand apart in the best hits."""
    together = strung_together(question.query)
    if not together:
        return False
    best = np.sort(_best(snapshot, hits, 0, LOOKED_THROUGH).docs)
    return any(not len(snapshot.look_for(best, run, None)) for run in together)


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
        counts[name] = count_one(snapshot.facet(name), others)
    return counts


def _take(matches: Matches, mask: Booleans) -> Matches:
    return Matches(matches.docs[mask], matches.scores[mask])


def _best(
    snapshot: Snapshot, matches: Matches, begin: int, end: int, order: Order = Order.RELEVANCE
) -> Matches:
    """Those from one place to another in the order asked for, then newest, then id: the same order
    every time."""
    if begin >= len(matches.docs):
        return NO_MATCHES
    dates = snapshot.numbers["date"]
    ranks = matches.scores if order is Order.RELEVANCE else dates[matches.docs]
    contenders = np.flatnonzero(ranks >= _least(ranks, end) - ALIKE)
    docs, scores = matches.docs[contenders], matches.scores[contenders]
    ranks = ranks[contenders].round(PLACES)
    places = np.lexsort((snapshot.numbers["ref"][docs], -dates[docs], -ranks))[begin:end]
    return Matches(docs[places], scores[places])


def _least(ranks: Ranks, count: int) -> Any:
    """The least of so many highest ranks. Those of a few documents are looked at first: as many of
    theirs as are wanted have a higher rank than whatever is left out then."""
    step = len(ranks) // (SAMPLED * count)
    if step > 1:
        ranks = ranks[ranks >= _least(ranks[::step], count)]
    place = max(0, len(ranks) - count)
    return np.partition(ranks, place)[place]


def _hits(snapshot: Snapshot, matches: Matches, stage: Stage) -> tuple[Hit, ...]:
    kinds = snapshot.kinds(matches.docs)
    refs = snapshot.numbers["ref"][matches.docs].tolist()
    return tuple(
        Hit(document_key(kind, ref), kind, ref, score, stage)
        for kind, ref, score in zip(kinds, refs, matches.scores.tolist(), strict=True)
    )
