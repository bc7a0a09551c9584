"""One committed state of the files, read into arrays.

Documents are numbered from 0 over all segments. Posting lists are read from the engine once and
kept, also for the next snapshot when their segment is still in use: numbers inside a segment never
change, documents only go.
"""

import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from portal.search.analysis import phrase_pattern
from portal.search.arrays import (
    NOTHING,
    Booleans,
    Facet,
    Integers,
    Postings,
    facet_of,
    joined,
)
from portal.search.errors import engine_errors
from portal.search.fields import FACET_SEPARATOR, NUMBERS, parts_of
from portal.search.snapshot import Snapshot
from portal.search.tallies import Part, Tallies
from portal.search.terms import Field
from portal.search.whoosh_engine.lists import Lists

EXPANDED = 4096  # tokens per segment that one beginning may stand for


class Kept:
    """What was read of one segment of so many documents, handed on from snapshot to snapshot: all
    of it says something of the dead too."""

    def __init__(self, lists: Lists, size: int) -> None:
        self.lock = threading.Lock()
        self.lists = lists
        self.size = size
        self.numbers: dict[str, Integers] = {}
        self._facets: dict[str, Facet] = {}

    @cached_property
    def facet_names(self) -> frozenset[str]:
        """All facets that any document has, the kind included."""
        tokens = self.lists.beginning("facet", "")
        return frozenset(token.split(FACET_SEPARATOR)[0] for token in tokens)

    def facet(self, name: str) -> Facet:
        """Values of one facet; none at all for an unknown name."""
        if name not in self._facets and name in self.facet_names:
            self._facets[name] = self._read_facet(name)
        return self._facets.get(name) or Facet((), np.zeros((self.size, 1), np.int32))

    def _read_facet(self, name: str) -> Facet:
        start = name + FACET_SEPARATOR
        tokens = list(self.lists.beginning("facet", start))
        found = (self.lists.find("facet", token) for token in tokens)
        docs = [holding[0].astype(np.int64) for holding in found if holding]
        return facet_of([token.removeprefix(start) for token in tokens], docs, self.size)

    @cached_property
    def tallies(self) -> Part:
        """All facets, made ready for counting."""
        return Part({name: self.facet(name) for name in sorted(self.facet_names)})


class Segment:
    """One segment of the engine's files; its documents are numbered from `base` on."""

    def __init__(self, reader: Any, base: int, kept: Kept) -> None:
        self.name: str = reader.segment().segment_id()
        self.base = base
        self.size: int = reader.doc_count_all()
        self.kept = kept
        self._reader = reader
        self.alive: Booleans = np.ones(self.size, np.bool_)
        dead = list(reader.segment().deleted_docs())
        self.alive[dead] = False
        self.has_dead = bool(dead)

    def postings(self, field: str, token: str) -> Postings:
        """Living documents that hold the token."""
        found = self.kept.lists.find(field, token)
        if found is None:
            return NOTHING
        docs, mentions = found
        if not self.has_dead:
            return Postings(docs + np.int64(self.base), mentions.astype(np.float32))
        living = self.alive[docs]
        return Postings(docs[living] + np.int64(self.base), mentions[living].astype(np.float32))

    def tokens(self, field: str, beginning: str, most: int | None = None) -> list[str]:
        """Tokens of a field that begin so, in order, `most` of them when given."""
        return list(islice(self.kept.lists.beginning(field, beginning), most))

    def numbers(self, name: str) -> Integers:
        """One number per document, the dead included."""
        with self._reading():
            if name not in self.kept.numbers:
                column = self._reader.column_reader(name, translate=False)
                self.kept.numbers[name] = np.fromiter(column, np.int64, self.size)
            return self.kept.numbers[name]

    def said(self, docs: Iterable[int]) -> list[str]:
        """The texts that phrases are looked for in, of documents by their number in the segment."""
        with self._reading():
            column = self._reader.column_reader("said", translate=False)
            return [bytes(column[doc]).decode() for doc in docs]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The engine's files have one reading position: one thread at a time."""
        with self.kept.lock, engine_errors("reading the index"):
            yield


def _kept(reader: Any) -> Kept:
    lists = Lists(Path(reader.storage().folder), reader.segment())
    return Kept(lists, reader.doc_count_all())


class FileSnapshot(Snapshot):
    """The documents of one commit. Files are closed when nothing refers to it any more."""

    def __init__(self, reader: Any, generation: int, before: "FileSnapshot | None" = None) -> None:
        super().__init__(generation)
        known = {segment.name: segment.kept for segment in before.segments} if before else {}
        self.segments: list[Segment] = [
            Segment(leaf, base, known.get(leaf.segment().segment_id()) or _kept(leaf))
            for leaf, base in reader.leaf_readers()
            if leaf.segment() is not None
        ]
        self._facets: dict[str, Facet] = {}
        weakref.finalize(self, reader.close)

    @cached_property
    def alive(self) -> Booleans:
        """Which document numbers are in use."""
        parts = [segment.alive for segment in self.segments]
        return np.concatenate(parts) if parts else np.empty(0, np.bool_)

    @cached_property
    def numbers(self) -> dict[str, Integers]:
        """The number columns by name, one entry per document number."""
        return {
            name: np.concatenate([NOTHING.docs, *(part.numbers(name) for part in self.segments)])
            for name in NUMBERS
        }

    @cached_property
    def facet_names(self) -> tuple[str, ...]:
        """All facets that any document has, the kind included."""
        names = (segment.kept.facet_names for segment in self.segments)
        return tuple(sorted(frozenset().union(*names)))

    def postings(self, field: str, token: str) -> Postings:
        """Living documents that hold the token."""
        found = [segment.postings(field, token) for segment in self.segments]
        if len(found) == 1:
            return found[0]
        if not found:
            return NOTHING
        return Postings(
            np.concatenate([docs for docs, _ in found]),
            np.concatenate([weights for _, weights in found]),
        )

    def beginning(self, field: str, start: str) -> Postings:
        """Living documents that hold any token of the field beginning with `start`."""
        tokens = {t for segment in self.segments for t in segment.tokens(field, start, EXPANDED)}
        lists = [self.postings(field, token).docs for token in tokens]
        docs = np.unique(np.concatenate(lists)) if lists else NOTHING.docs
        return Postings(docs, np.ones(len(docs), np.float32))

    def look_for(self, candidates: Integers, phrase: str, field: Field | None) -> Integers:
        """Those of the candidates in which a phrase stands unbroken."""
        pattern = phrase_pattern(phrase)
        found: list[int] = []
        for segment in self.segments:
            first, last = np.searchsorted(candidates, [segment.base, segment.base + segment.size])
            docs = candidates[first:last]
            texts = segment.said((docs - segment.base).tolist())
            pairs = zip(docs.tolist(), texts, strict=True)
            found += [doc for doc, text in pairs if pattern.search(parts_of(text, field))]
        return np.array(found, np.int64)

    def facet(self, name: str) -> Facet:
        """Values of one facet over all documents; none at all for an unknown name."""
        found = self._facets.get(name)
        if found is None:
            found = joined([segment.kept.facet(name) for segment in self.segments])
            if name in self.facet_names:
                self._facets[name] = found
        return found

    @cached_property
    def tallies(self) -> Tallies:
        """All facets, made ready for counting."""
        return Tallies([(segment.base, segment.kept.tallies) for segment in self.segments])
