"""Postings on their way to the files: gathered by token, sorted, in bounded memory.

A posting takes 32 bits while it waits, the document's number and how often the token stands there.
When those of many documents have come together they are written down sorted, as a run; at the end
the runs are read side by side.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from struct import Struct
from typing import BinaryIO

MENTION_BITS = 3  # of a posting
MOST_KEPT = (1 << MENTION_BITS) - 1  # mentions; the ranking looks at fewer
NEW_TOKEN = 260  # bytes a token takes in memory before its first posting, about
POSTING = 5  # bytes, with what an array keeps free for the next ones
HEAD = Struct("<HI")  # the lengths of key and postings in a run

Item = tuple[bytes, bytes]  # the number of the field and the token; the packed postings


class Pool:
    """Postings of one segment until it is written. Documents come in the order of their numbers."""

    def __init__(self, folder: Path, fields: Sequence[str], megabytes: int) -> None:
        self._fields = [(bytes([place]), name) for place, name in enumerate(fields)]
        self._lists: dict[str, defaultdict[str, array[int]]] = {
            name: defaultdict(partial(array, "I")) for name in fields
        }
        self._folder = folder
        self._runs: list[Path] = []
        self._limit = megabytes << 20
        self._size = 0

    def add(self, field: str, tokens: Sequence[str], doc: int) -> None:
        """Take the tokens of a document's field, repeated as they stand."""
        lists = self._lists[field]
        known = len(lists)
        mentions = Counter(tokens)
        place = doc << MENTION_BITS
        for token, count in mentions.items():
            lists[token].append(place | 1 if count == 1 else place | min(count, MOST_KEPT))
        self._take(POSTING * len(mentions) + NEW_TOKEN * (len(lists) - known))

    def add_list(self, field: str, token: str, postings: bytes) -> None:
        """Take the packed postings of a token, of documents after all that have come for it."""
        lists = self._lists[field]
        known = len(lists)
        lists[token].frombytes(postings)
        self._take(len(postings) + NEW_TOKEN * (len(lists) - known))

    def iter_postings(self) -> Iterator[Item]:
        """All postings by field and token, each token once."""
        sources = [*(_read(run) for run in self._runs), self._sorted()]
        key = itemgetter(0)
        for token, found in groupby(merge(*sources, key=key), key):
            yield token, b"".join(postings for _, postings in found)

    def cleanup(self) -> None:
        """Remove what was written down."""
        for run in self._runs:
            run.unlink(missing_ok=True)

    def _take(self, size: int) -> None:
        self._size += size
        if self._size > self._limit:
            self._write_run()

    def _write_run(self) -> None:
        path = self._folder / f"{len(self._runs)}.run"
        self._runs.append(path)
        with path.open("wb") as file:
            for token, postings in self._sorted():
                file.write(HEAD.pack(len(token), len(postings)))
                file.write(token)
                file.write(postings)
        for lists in self._lists.values():
            lists.clear()
        self._size = 0

    def _sorted(self) -> Iterator[Item]:
        for place, name in self._fields:
            lists = self._lists[name]
            for token in sorted(lists):
                yield place + token.encode(), lists[token].tobytes()


def _read(run: Path) -> Iterator[Item]:
    with run.open("rb") as file:
        while head := file.read(HEAD.size):
            yield _item(file, *HEAD.unpack(head))


def _item(file: BinaryIO, token: int, postings: int) -> Item:
    return file.read(token), file.read(postings)
