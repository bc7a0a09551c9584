"""What a search engine does, whatever keeps its documents: the one interface the portal knows.

Every engine is fed `Document`s that it cuts with `analysis`, and asked `Question`s that it answers
by the clauses of `clauses.stages`, so that all of them find the same: `tests/search` run on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from portal.search.documents import Change, Document
from portal.search.parsing import Query
from portal.search.terms import Order, Reason, Stage

KIND = "kind"  # the record's kind is counted and chosen like a facet
NEAR_WHEN_BELOW = 3  # hits from which on near matches are no help
MOST_NEAR = 10
LARGEST_PAGE = 100

Choices = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Question:
    """What is asked: a text as read, chosen values by facet (any within one, every facet), the
    releases public at this moment, and which page of the answer. Documents of any other release
    are nowhere: in no hit, total, count or near match. Pages count from 1; a size is bounded by
    LARGEST_PAGE. `names_only` looks at titles, other names and tags, spelled in pinyin or not."""

    query: Query
    chosen: Choices = field(default_factory=dict)
    public_releases: frozenset[int] = frozenset()
    order: Order = Order.RELEVANCE
    page: int = 1
    size: int = 20
    names_only: bool = False


class Hit(NamedTuple):
    """One record found. Whether it may still be shown is asked of the database once more."""

    key: str
    kind: str
    ref: int
    score: float
    stage: Stage


@dataclass(frozen=True)
class Results:
    """What a search found. Counts hold values above zero only, and no near match; those of a facet
    leave out its own choice."""

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


@dataclass(frozen=True)
class Stats:
    """What stands in an index."""

    documents: int
    deleted: int
    segments: int
    bytes: int
    generation: int
    build: str
    version: str


class Engine(Protocol):
    """One index. Every method is safe in threads and raises `IndexUnavailable` when there is no
    index of this version, it is damaged, or another process is writing it; never for a text."""

    def open(self) -> None:
        """Look at the latest commit now, whatever was seen a moment ago."""

    def apply(self, changes: Iterable[Change]) -> int:
        """Put or delete documents in one commit and return how many; the last change of a key
        wins, and doing the same again changes nothing."""

    def search(self, question: Question) -> Results:
        """Return one page of hits with exact totals and counts, and near matches when few."""

    def refs(self, question: Question) -> list[int]:
        """Return the ids of everything found, in order, without pages: for lists that SQL
        narrows further. The question chooses one kind."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build beside what is live, put it in its place at the end and return how many documents
        there are. Raises what reading the documents raises; what is live is untouched then."""

    def digests(self) -> dict[str, int]:
        """Return the check figure of every document by key, to compare with the database."""

    def stats(self) -> Stats:
        """Return figures of what is live."""
