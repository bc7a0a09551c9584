"""Clauses put to a snapshot: documents with scores, in arrays.

Scores are BM25 over whole leaves: the rarity of a leaf is that of the documents holding all of
its tokens, so a pair of characters and a dictionary word weigh alike.
"""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

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
)
from portal.search.parsing import Query
from portal.search.snapshot import NOTHING, Booleans, Floats, Integers, Postings, Snapshot

SATURATION = 1.2  # BM25 k1: how soon more mentions stop to count
MOST_MENTIONS = 4  # of a token in a field; more of them say no more
LENGTH_PENALTY = {"title": 0.3, "body": 0.75}  # BM25 b; no penalty for other fields
MANY = 500  # numbers of a list from which on it is worth a table of where they stand
NEAR_SHARE = 0.5  # of the query's pairs of characters a near match must hold
NEAR_BEST = 0.6  # of the best near match's score


class Matches(NamedTuple):
    """Document numbers, ascending, and the score of each."""

    docs: Integers
    scores: Floats


NO_MATCHES = Matches(*NOTHING)


def evaluate(snapshot: Snapshot, clause: Clause) -> Matches:
    """All living documents that the clause describes."""
    match clause:
        case Leaf():
            return _leaf(snapshot, clause)
        case AllOf(parts):
            return _all_of(snapshot, parts)
        case AnyOf(parts):
            return _any_of(snapshot, parts)
        case Prefer(required, others):
            found = evaluate(snapshot, required)
            if not len(found.docs):
                return NO_MATCHES
            return reduce(_raised, (evaluate(snapshot, other) for other in others), found)
        case Unbroken(required, phrase, field):
            found = evaluate(snapshot, required)
            left, _ = _common(found.docs, snapshot.with_phrase(found.docs, phrase, field))
            return Matches(found.docs[left], found.scores[left])
        case Without(required, others):
            return _left(evaluate(snapshot, required), evaluate(snapshot, others))


def near(snapshot: Snapshot, query: Query, mask: Booleans) -> Matches:
    """Documents under `mask` whose name sounds like the query or shares most of its pairs.

    The share is counted, so that a wrong character costs two pairs wherever it stands; the rest is
    cut at a part of the best score, so that common endings alone bring nothing.
    """
    sharing = _sharing_pairs(snapshot, near_pairs(query), mask)
    sounds = [evaluate(snapshot, leaf) for leaf in homophones(query)]
    sounding = reduce(_intersect, sounds) if sounds else NO_MATCHES
    close = _sum(snapshot, [sharing, _under(sounding, mask)])
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
        found = _intersect(found, evaluate(snapshot, part))
    return found


def _any_of(snapshot: Snapshot, parts: Sequence[Clause]) -> Matches:
    return _sum(snapshot, [evaluate(snapshot, part) for part in parts])


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


def _intersect(one: Matches, other: Matches) -> Matches:
    left, right = _common(one.docs, other.docs)
    return Matches(one.docs[left], one.scores[left] + other.scores[right])


def _raised(found: Matches, other: Matches) -> Matches:
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
    if len(one) > MANY and len(one) > len(other) // 16:
        return _common_of_many(one, other)
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0
    left = np.flatnonzero(other[places] == one)
    return left, places[left]


def _common_of_many(one: Integers, other: Integers) -> tuple[Integers, Integers]:
    """The same by writing down where each number stands: a seventh of the time for long lists."""
    where = np.full(int(max(one[-1], other[-1])) + 1, -1, np.int64)
    where[one] = np.arange(len(one))
    places = where.take(other)
    right = np.flatnonzero(places >= 0)
    return places.take(right), right


def _under(matches: Matches, mask: Booleans) -> Matches:
    seen = mask[matches.docs]
    return Matches(matches.docs[seen], matches.scores[seen])


def _sharing_pairs(snapshot: Snapshot, wanted: Sequence[Sequence[Leaf]], mask: Booleans) -> Matches:
    if len(wanted) < 2:  # one pair alone would have been a strict hit
        return NO_MATCHES
    counts = np.zeros(len(snapshot.alive), np.int64)
    scores = np.zeros(len(snapshot.alive), np.float32)
    for leaves in wanted:
        found = _under(_any_of(snapshot, leaves), mask)
        counts[found.docs] += 1
        scores[found.docs] += found.scores
    docs = np.flatnonzero(counts >= NEAR_SHARE * len(wanted))
    best = scores[docs].max(initial=0.0)
    docs = docs[scores[docs] >= NEAR_BEST * best]
    return Matches(docs, scores[docs])
