"""Clauses put to a snapshot: documents with scores, in arrays.

Scores are BM25 over whole leaves: the rarity of a leaf is that of the documents holding all of
its tokens, so a pair of characters and a dictionary word weigh alike.
"""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import TypeVar

import numpy as np

from portal.search.arrays import NO_MATCHES, NOTHING, Booleans, Integers, Matches, Postings
from portal.search.clauses import (
    WEIGHTS,
    AllOf,
    AnyOf,
    Clause,
    Leaf,
    Prefer,
    Unbroken,
    Without,
    excluded,
    homophones,
    near_pairs,
    one_wrong,
)
from portal.search.parsing import Query
from portal.search.snapshot import Snapshot

Asked = TypeVar("Asked", Leaf, AnyOf)

SATURATION = 1.2  # BM25 k1: how soon more mentions stop to count
MOST_MENTIONS = 4  # of a token in a field; more of them say no more
LENGTH_PENALTY = {"title": 0.3, "body": 0.75}  # BM25 b; no penalty for other fields
FEW = 200  # documents that are looked up one by one in a list, rather than in a table of all
NEAR_SHARE = 0.5  # of the query's pairs of characters a near match must hold
NEAR_BEST = 0.6  # of the best near match's score


def evaluate(snapshot: Snapshot, clause: Clause) -> Matches:  # noqa: PLR0911 - one per clause
    """All living documents that the clause describes."""
    match clause:
        case Leaf():
            return _kept(snapshot, clause, _leaf)
        case AllOf(parts):
            return _all_of(snapshot, parts)
        case AnyOf(parts):
            if all(isinstance(part, Leaf) for part in parts):  # a word in its forms and fields
                return _kept(snapshot, clause, _any_of)
            return _any_of(snapshot, clause)
        case Prefer(required, others):
            found = evaluate(snapshot, required)
            if not len(found.docs):
                return found
            ranked = (evaluate(snapshot, other) for other in others)
            return reduce(partial(_raised, snapshot), ranked, found)
        case Unbroken(required, phrase, field):
            found = evaluate(snapshot, required)
            left, _ = _common(found.docs, snapshot.with_phrase(found.docs, phrase, field))
            return Matches(found.docs[left], found.scores[left])
        case Without(required, others):
            return _left(evaluate(snapshot, required), evaluate(snapshot, others))


def _kept(snapshot: Snapshot, clause: Asked, find: Callable[[Snapshot, Asked], Matches]) -> Matches:
    """What a clause of which other queries may be made finds: once per snapshot."""
    found = snapshot.kept.get(clause)
    if found is None:
        found = find(snapshot, clause)
        snapshot.kept.put(clause, found, found.bytes)
    return found


def near(snapshot: Snapshot, query: Query, mask: Booleans) -> Matches:
    """Documents under `mask` whose name sounds like the query, shares most of its pairs or all of
    its characters but one.

    The share is counted, so that a wrong character costs two pairs wherever it stands; the rest is
    cut at a part of the best score, so that common endings alone bring nothing.
    """
    sharing = _sharing_pairs(snapshot, near_pairs(query), mask)
    sounds = [evaluate(snapshot, leaf) for leaf in homophones(query)]
    sounding = reduce(partial(_intersect, snapshot), sounds) if sounds else NO_MATCHES
    wrong = _any_of(snapshot, AnyOf(one_wrong(query)))
    close = _sum(snapshot, [sharing, _under(sounding, mask), _under(wrong, mask)])
    left_out = excluded(query)
    return _left(close, evaluate(snapshot, left_out)) if left_out else close


def _leaf(snapshot: Snapshot, leaf: Leaf) -> Matches:
    docs, mentions = _holding(snapshot, leaf)
    if not len(docs):
        return NO_MATCHES
    mentions = np.minimum(mentions, MOST_MENTIONS)
    rarity = np.log1p((snapshot.count - len(docs) + 0.5) / (len(docs) + 0.5))
    penalty = LENGTH_PENALTY.get(leaf.field, 0.0)
    length = snapshot.relative_lengths[leaf.field][docs] if penalty else np.float32(1)
    damping = SATURATION * (1 - penalty + penalty * length)
    scores = WEIGHTS[leaf.field] * rarity * mentions * (SATURATION + 1) / (mentions + damping)
    return Matches(docs, scores.astype(np.float32))


def _holding(snapshot: Snapshot, leaf: Leaf) -> Postings:
    """Documents with all tokens of the leaf, and the fewest mentions of any of them."""
    if leaf.is_beginning:
        return snapshot.beginning(leaf.field, leaf.tokens[0])
    found = NOTHING
    for place, token in enumerate(leaf.tokens):
        postings = snapshot.postings(leaf.field, token)
        if place == 0:
            found = postings
        else:
            left, right = _common(found.docs, postings.docs)
            weights = np.minimum(found.weights[left], postings.weights[right])
            found = Postings(found.docs[left], weights)
        if not len(found.docs):
            return NOTHING
    return found


def _all_of(snapshot: Snapshot, parts: Sequence[Clause]) -> Matches:
    found = evaluate(snapshot, parts[0])
    for part in parts[1:]:
        if not len(found.docs):
            break
        found = _intersect(snapshot, found, evaluate(snapshot, part))
    return found


def _any_of(snapshot: Snapshot, clause: AnyOf) -> Matches:
    return _sum(snapshot, [evaluate(snapshot, part) for part in clause.parts])


def _sum(snapshot: Snapshot, found: Sequence[Matches]) -> Matches:
    """Documents of any, their scores added up."""
    filled = [matches for matches in found if len(matches.docs)]
    if len(filled) < 2:
        return filled[0] if filled else NO_MATCHES
    scores = np.zeros(len(snapshot.alive), np.float32)
    held = np.zeros(len(snapshot.alive), np.bool_)
    for matches in filled:
        scores[matches.docs] += matches.scores
        held[matches.docs] = True
    docs = np.flatnonzero(held)
    return Matches(docs, scores[docs])


def _intersect(snapshot: Snapshot, one: Matches, other: Matches) -> Matches:
    few, many = (one, other) if len(one.docs) <= len(other.docs) else (other, one)
    if len(few.docs) <= FEW:
        left, right = _common(few.docs, many.docs)
        return Matches(few.docs[left], few.scores[left] + many.scores[right])
    others = many.table(len(snapshot.alive)).take(few.docs)
    held = others > 0
    return Matches(few.docs.compress(held), (few.scores + others).compress(held))


def _raised(snapshot: Snapshot, found: Matches, other: Matches) -> Matches:
    if not len(other.docs):
        return found
    if len(found.docs) > FEW:
        raised = found.scores + other.table(len(snapshot.alive)).take(found.docs)
        return Matches(found.docs, raised)
    left, right = _common(found.docs, other.docs)
    scores = found.scores.copy()
    scores[left] += other.scores[right]
    return Matches(found.docs, scores)


def _left(found: Matches, excluded: Matches) -> Matches:
    kept = np.isin(found.docs, excluded.docs, assume_unique=True, invert=True)
    return Matches(found.docs[kept], found.scores[kept])


def _common(one: Integers, other: Integers) -> tuple[Integers, Integers]:
    """Where the numbers that stand in both ascending arrays stand in each."""
    if len(one) > len(other):
        right, left = _common(other, one)
        return left, right
    if not len(one):
        return NOTHING.docs, NOTHING.docs
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0
    left = np.flatnonzero(other[places] == one)
    return left, places[left]


def _under(matches: Matches, mask: Booleans) -> Matches:
    seen = mask[matches.docs]
    return Matches(matches.docs[seen], matches.scores[seen])


def _sharing_pairs(snapshot: Snapshot, wanted: Sequence[Sequence[Leaf]], mask: Booleans) -> Matches:
    if len(wanted) < 2:  # one pair alone would have been a strict hit
        return NO_MATCHES
    counts = np.zeros(len(snapshot.alive), np.int64)
    scores = np.zeros(len(snapshot.alive), np.float32)
    for leaves in wanted:
        found = _under(_any_of(snapshot, AnyOf(tuple(leaves))), mask)
        counts[found.docs] += 1
        scores[found.docs] += found.scores
    docs = np.flatnonzero(counts >= NEAR_SHARE * len(wanted))
    best = scores[docs].max(initial=0.0)
    docs = docs[scores[docs] >= NEAR_BEST * best]
    return Matches(docs, scores[docs])
