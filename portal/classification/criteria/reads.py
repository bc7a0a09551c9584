"""What a version reads, and how long a judgement lasts while the facts stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from portal.classification.criteria.ages import Elapsed
from portal.classification.criteria.facts import APPLICATION_DATE, Facts
from portal.classification.criteria.formulas import Formula
from portal.classification.criteria.nodes import Compare, Version
from portal.classification.criteria.values import Bounds
from portal.classification.criteria.vocabulary import Ref, Vocabulary

RENEWAL = Ref("is_renewal")


def nodes(part: Any) -> Iterator[Any]:
    """Yield a node of a version and everything below it."""
    yield part
    if isinstance(part, tuple) and not isinstance(part, Ref):
        for item in part:
            yield from nodes(item)
    elif isinstance(part, Formula):
        yield from part.named
    elif is_dataclass(part):
        for one in fields(part):
            yield from nodes(getattr(part, one.name))


@dataclass(frozen=True)
class Read:
    """The facts a version reads and the ages it compares; `tree` keeps what it was read from."""

    tree: object
    facts: frozenset[str]
    ages: tuple[tuple[Elapsed, Fraction], ...]


_read: dict[int, Read] = {}


def read_of(version: Version) -> Read:
    """Return what a version reads; walked once per version, for it takes a millisecond."""
    tree = version.rule or version.sizes
    kept = _read.get(id(tree))
    if kept is None or kept.tree is not tree:
        every = list(nodes(version))
        facts = frozenset(node.metric for node in every if isinstance(node, Ref))
        kept = _read[id(tree)] = Read(tree, facts, tuple(ages(every)))
    return kept


def facts_read(version: Version) -> frozenset[str]:
    """Return the ids of the facts a version reads, whatever their years."""
    return read_of(version).facts


def facts_looked_at(version: Version, vocabulary: Vocabulary) -> frozenset[str]:
    """Return what a version reads with what bounds it: a change beyond a whole is not proposed."""
    found = set(facts_read(version))
    waiting = list(found)
    while waiting:
        metric = vocabulary.get(waiting.pop())
        whole = metric.at_most if metric else None
        if whole and whole not in found:
            found.add(whole)
            waiting.append(whole)
    return frozenset(found)


def reads_the_date(version: Version) -> bool:
    """Say whether the day of the application itself matters, not only its year."""
    return APPLICATION_DATE.metric in facts_read(version)


def lasts_until(version: Version, facts: Facts) -> date:
    """Return the last day on which the same facts are judged alike by a version.

    At the end of a year every Y0 moves on, and an age crosses a bound on a day of its own. Titles
    that begin or lapse change the facts themselves and are not looked at here.
    """
    last = date(facts.on.year, 12, 31)
    for period in (version.in_force, version.recheck):
        if period is not None and period.covers(facts.on) and period.end is not None:
            last = min(last, period.end)
    compared = read_of(version).ages
    turns = (day for elapsed, bound in compared for day in days_around(elapsed, bound, facts))
    return min([last, *(day - timedelta(days=1) for day in turns if day > facts.on)])


def ages(every: Iterable[Any]) -> Iterator[tuple[Elapsed, Fraction]]:
    """Yield every age that is compared, with the bound it is compared with."""
    for node in every:
        if isinstance(node, Compare) and isinstance(node.figure.formula, Elapsed):
            for bound in bounds_in(node.bounds):
                yield node.figure.formula, bound


def bounds_in(bounds: Bounds) -> Iterator[Fraction]:
    """Yield the numbers of a comparison."""
    for bound in (bounds.lower, bounds.upper):
        if bound is not None:
            yield bound


def days_around(elapsed: Elapsed, bound: Fraction, facts: Facts) -> tuple[date, ...]:
    """Return the days on which an age reaches a bound and is beyond it, none without a start."""
    if facts.find(elapsed.start) is None:
        return ()
    reached = elapsed.reached_on(facts, bound)
    return reached, reached + timedelta(days=1)
