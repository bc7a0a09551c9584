"""The index on disk: one folder, one writer at a time, any number of readers.

    <folder>/current → build-<n>      the live build, changed by one atomic rename
    <folder>/build-<n>/               the engine's files and STAMP, the version they were made by
    <folder>/writer.lock              held by whoever writes; the kernel lets go of it at a crash

The folder holds pickles of the engine: it is readable by its owner only and never taken from an
upload. It can always be rebuilt from the database.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.index import create_in, open_dir

from portal.search.analysis import ANALYZER_VERSION
from portal.search.documents import Change, Document, document_key
from portal.search.engine import Stats
from portal.search.errors import IndexUnavailable, engine_errors
from portal.search.reader import Reader
from portal.search.whoosh_engine.schema import SCHEMA_VERSION, schema
from portal.search.whoosh_engine.snapshot import FileSnapshot
from portal.search.whoosh_engine.writing import DocumentWriter, writing

VERSION = f"{SCHEMA_VERSION}/{ANALYZER_VERSION}"
WAIT_FOR_WRITER = 5.0  # seconds that a writer waits for another one
BUILD_MEMORY = 256  # MB of postings a rebuild gathers before it writes them down
CHANGE_MEMORY = 16
OWN_SEGMENT = 2000  # so many documents stay a segment of their own: merging would copy them again


class Index(Reader[FileSnapshot]):
    """The engine over an index in a folder; one object per process, its methods safe in threads."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._seen: tuple[str, int] | None = None  # build and generation of the snapshot

    # Reading

    def digests(self) -> dict[str, int]:
        """The check figure of every living document by key. Raises `IndexUnavailable`."""
        snapshot = self.refresh()
        docs = snapshot.alive.nonzero()[0]
        refs, figures = (snapshot.numbers[name][docs] for name in ("ref", "digest"))
        return {
            document_key(kind, int(ref)): int(figure)
            for kind, ref, figure in zip(snapshot.kinds(docs), refs, figures, strict=True)
        }

    def stats(self) -> Stats:
        """Figures of the live build. Raises `IndexUnavailable`."""
        snapshot = self.refresh()
        build = self._live_build()
        return Stats(
            documents=snapshot.count,
            deleted=len(snapshot.alive) - snapshot.count,
            segments=len(snapshot.segments),
            bytes=sum(map(_size, build.iterdir())),
            generation=snapshot.generation,
            build=build.name,
            version=VERSION,
        )

    def _latest(self, before: FileSnapshot | None) -> FileSnapshot:
        build = self._live_build()
        with engine_errors("opening the index"):
            engine = open_dir(str(build), readonly=True, schema=schema())
            seen = (build.name, engine.latest_generation())
            if before is not None and seen == self._seen:
                return before
            same_build = self._seen is not None and self._seen[0] == build.name
            snapshot = FileSnapshot(engine.reader(), seen[1], before if same_build else None)
            self._seen = seen
            return snapshot

    def _live_build(self) -> Path:
        """The folder that `current` names. Raises `IndexUnavailable` unless it is our version."""
        try:
            build = self.folder / os.readlink(self.folder / "current")
            stamp = (build / "STAMP").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnavailable("there is no search index: build it") from error
        if stamp != VERSION:
            raise IndexUnavailable(f"the search index is of version {stamp}, not {VERSION}")
        return build

    # Writing

    def apply(self, changes: Iterable[Change]) -> int:
        """Put or delete documents in one commit and return how many; the last change of a key wins.

        Doing the same again changes nothing. Raises `IndexUnavailable` without having changed
        anything when there is no index to change or another writer is at work.
        """
        latest = {change.key: change for change in changes}
        if not latest:
            return 0
        with self._writing():
            build = self._live_build()
            with engine_errors("writing the index"):
                self._commit(open_dir(str(build), schema=schema()), latest)
        return len(latest)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make a new build beside the live one, put it in its place and return its size.

        `documents` is read while no other writer can work, so that nothing committed meanwhile is
        missed: what changes during the reading is still in the outbox. Each key at most once.
        Raises what reading the documents raises; the live build is untouched then.
        """
        with self._writing(create=True):
            self._sweep()
            build = self._new_build()
            count = self._fill(build, documents)
            self._make_live(build)
            self._sweep()
        return count

    def _commit(self, engine: Any, latest: Mapping[str, Change]) -> None:
        with writing(engine, CHANGE_MEMORY, merge=len(latest) < OWN_SEGMENT) as writer:
            for number in _numbers_of(writer, latest):
                writer.delete_document(number)
            for change in latest.values():
                if isinstance(change, Document):
                    writer.put(change)

    def _fill(self, build: Path, documents: Iterable[Document]) -> int:
        count = 0
        with writing(create_in(str(build), schema()), BUILD_MEMORY) as writer:
            for count, document in enumerate(documents, 1):  # noqa: B007 - the last one counts
                writer.put(document)
        (build / "STAMP").write_text(VERSION, encoding="utf-8")
        return count

    def _new_build(self) -> Path:
        taken = [int(path.name.removeprefix("build-")) for path in self.folder.glob("build-*")]
        build = self.folder / f"build-{max(taken, default=0) + 1}"
        build.mkdir(mode=0o700)
        return build

    def _make_live(self, build: Path) -> None:
        link = self.folder / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(build.name)
        link.replace(self.folder / "current")

    def _sweep(self) -> None:
        """Remove builds that are not live; whoever reads one keeps its open files."""
        live = self.folder / "current"
        name = os.readlink(live) if live.is_symlink() else ""
        for build in self.folder.glob("build-*"):
            if build.name != name:
                shutil.rmtree(build, ignore_errors=True)

    @contextmanager
    def _writing(self, create: bool = False) -> Iterator[None]:
        """Be the only writer of all processes. Raises `IndexUnavailable` after WAIT_FOR_WRITER."""
        if create:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        try:
            handle = os.open(self.folder / "writer.lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise IndexUnavailable("there is no search index: build it") from error
        try:
            _lock(handle, time.monotonic() + WAIT_FOR_WRITER)
            yield
        finally:
            os.close(handle)


def _lock(handle: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise IndexUnavailable("another process is writing the search index") from None
            time.sleep(0.05)
        else:
            return


def _numbers_of(writer: DocumentWriter, keys: Collection[str]) -> Iterator[int]:
    """The engine's numbers of the documents with these keys, the dead included."""
    first = 0
    for segment in writer.segments:
        lists = writer.codec.terms_reader(writer.storage, segment)
        for key in keys:
            if found := lists.find("key", key):
                yield from (first + int(number) for number in found[0])
        first += segment.doc_count_all()


def _size(file: Path) -> int:
    """The bytes of a file, 0 for one that a writer has removed meanwhile."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
