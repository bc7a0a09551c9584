"""Tokens and their documents as they stand in the files of a segment.

    .tokens     all tokens, field by field and in order, one after the other
    .ends       for each token, where it ends in .tokens and where its list ends in the next two
    .docs       the documents of each token, ascending
    .mentions   how often the token stands in each

The files are mapped: a list is a view of what the system holds once for all processes, and opening
a segment reads nothing. They take the place of the engine's own, which keeps postings in pickled
blocks of Python objects and reads whole segments into the memory of every process.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3Codec

from portal.search.whoosh_engine.pool import MENTION_BITS, MOST_KEPT, Item

EXTENSIONS = (".tokens", ".ends", ".docs", ".mentions")
AT_ONCE = 1 << 20  # bytes of postings written at a time

Numbers = npt.NDArray[np.uint32]
Mentions = npt.NDArray[np.uint8]


class ListCodec(W3Codec):  # type: ignore[misc]
    """The engine's codec with lists of its own; columns and segments stay as they are."""

    length_stats = False  # lengths of fields are columns of ours

    def field_writer(self, storage: Any, segment: Any) -> "ListWriter":
        """What writes the lists of a new segment."""
        return ListWriter(Path(storage.folder), segment)

    def terms_reader(self, storage: Any, segment: Any) -> "Lists":
        """What reads the lists of a segment."""
        return Lists(Path(storage.folder), segment)


class ListWriter:
    """Writes the files of one segment and notes in it where each field begins and ends."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self._segment = segment
        names = [segment.make_filename(extension) for extension in EXTENSIONS]
        self._files: list[BinaryIO] = [(folder / name).open("wb") for name in names]
        self.is_closed = False

    def add_postings(self, schema: Any, _lengths: object, items: Iterable[Item]) -> None:
        """Write all lists, which come sorted by field and token."""
        names, first = sorted(schema.names()), 0
        self._segment.fields = {}
        for place, count in self._write(items):
            self._segment.fields[names[place]] = (first, first + count)
            first += count

    def _write(self, items: Iterable[Item]) -> Iterator[tuple[int, int]]:
        """Write the lists; yield the number of each field and how many tokens it has."""
        tokens, ends = self._files[:2]
        token_end = list_end = waiting = 0
        places, packed = array("Q"), list[bytes]()
        field, count = -1, 0
        for key, postings in items:
            if key[0] != field:
                if count:
                    yield field, count
                field, count = key[0], 0
            count += 1
            tokens.write(key[1:])
            token_end += len(key) - 1
            list_end += len(postings) // 4
            places.extend((token_end, list_end))
            packed.append(postings)
            waiting += len(postings)
            if waiting > AT_ONCE:
                self._unpack(packed)
                waiting = 0
                ends.write(places.tobytes())
                del places[:]
        if count:
            yield field, count
        self._unpack(packed)
        ends.write(places.tobytes())

    def _unpack(self, packed: list[bytes]) -> None:
        docs, mentions = self._files[2:]
        values = np.frombuffer(b"".join(packed), np.uint32)
        docs.write((values >> MENTION_BITS).tobytes())
        mentions.write((values & MOST_KEPT).astype(np.uint8).tobytes())
        packed.clear()

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()
        self.is_closed = True


class Lists:
    """The lists of one segment. Raises ValueError when one of its files is not as long as it was
    written."""

    def __init__(self, folder: Path, segment: Any) -> None:
        for name, size in segment.sizes.items():
            if (folder / name).stat().st_size != size:
                raise ValueError(f"{name} is damaged")
        self._tokens, ends, docs, mentions = (
            _mapped(folder / segment.make_filename(extension)) for extension in EXTENSIONS
        )
        self._fields: dict[str, tuple[int, int]] = segment.fields
        self._ends = memoryview(ends).cast("Q")
        self._docs = np.frombuffer(docs, np.uint32)
        self._mentions = np.frombuffer(mentions, np.uint8)

    def find(self, field: str, token: str) -> tuple[Numbers, Mentions] | None:
        """The documents that hold a token and its mentions in each; None for none."""
        wanted = token.encode()
        place, last = self._from(field, wanted)
        return self._at(place) if place < last and self._token(place) == wanted else None

    def beginning(self, field: str, start: str) -> Iterator[str]:
        """The tokens of a field that begin so, in order."""
        wanted = start.encode()
        place, last = self._from(field, wanted)
        while place < last and (token := self._token(place)).startswith(wanted):
            yield token.decode()
            place += 1

    def packed(self) -> Iterator[tuple[str, str, Numbers]]:
        """Every field, token and list, packed as a pool takes it."""
        for field, (first, last) in self._fields.items():
            for place in range(first, last):
                docs, mentions = self._at(place)
                packed = docs << np.uint32(MENTION_BITS) | mentions
                yield field, self._token(place).decode(), packed.astype(np.uint32)

    def indexed_field_names(self) -> Sequence[str]:
        """The fields that any document has tokens in."""
        return list(self._fields)

    def close(self) -> None:
        """Nothing: files are let go of with the last list of them."""

    def _from(self, field: str, wanted: bytes) -> tuple[int, int]:
        """The place of the first token of a field that is not before one, and the field's end."""
        first, last = self._fields.get(field, (0, 0))
        return bisect_left(range(last), wanted, first, last, key=self._token), last

    def _token(self, place: int) -> bytes:
        start = self._ends[2 * place - 2] if place else 0
        return self._tokens[start : self._ends[2 * place]]

    def _at(self, place: int) -> tuple[Numbers, Mentions]:
        start = self._ends[2 * place - 1] if place else 0
        end = self._ends[2 * place + 1]
        return self._docs[start:end], self._mentions[start:end]


def sizes(folder: Path, segment: Any) -> dict[str, int]:
    """The length of every file of a segment by name, to note in it."""
    files = folder.glob(f"{segment.segment_id()}.*")
    return {file.name: file.stat().st_size for file in files}


def _mapped(path: Path) -> bytes | mmap:
    """The bytes of a file, mapped; of an empty one, which cannot be, none."""
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
