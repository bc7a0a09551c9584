"""What the worker and the commands do to the index; the rows are read by whoever passes `load`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from portal.search.documents import Change, Deletion, Document
from portal.search.engine import Engine

BATCH = 500  # documents read at once, and per commit while changes come one by one

Load = Callable[[list[str]], Mapping[str, Document | None]]


def apply_outbox(index: Engine, load: Load, keys: Iterable[str], per_commit: int = BATCH) -> int:
    """Bring the documents of these keys to what the rows say now; return how many keys there were.

    A key may come many times and is read once; one that `load` leaves out or gives None for is
    deleted. Doing it again changes nothing, so outbox rows are removed only after this returns.
    Raises `IndexUnavailable`; batches before the failing one are committed.
    """
    pending = iter(distinct := list(dict.fromkeys(keys)))
    while batch := list(islice(pending, per_commit)):
        index.apply(_changes(load, batch))
    return len(distinct)


def _changes(load: Load, keys: list[str]) -> Iterator[Change]:
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        rows = load(some)
        yield from (_change(key, rows.get(key)) for key in some)


def _change(key: str, document: Document | None) -> Change:
    return document or Deletion(key)


@dataclass(frozen=True)
class Differences:
    """Keys in which index and database disagree."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """All of them: put to `apply_outbox`, these repair the index."""
        return (*self.missing, *self.stale, *self.surplus)


def check(index: Engine, documents: Iterable[Document]) -> Differences:
    """Compare the index with all documents of the database. Raises `IndexUnavailable`."""
    indexed = index.digests()
    missing: list[str] = []
    stale: list[str] = []
    for document in documents:
        found = indexed.pop(document.key, None)
        if found is None:
            missing.append(document.key)
        elif found != document.digest:
            stale.append(document.key)
    return Differences(tuple(missing), tuple(stale), tuple(indexed))
