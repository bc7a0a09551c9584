"""The reading half of an engine: the latest snapshot, looked for again every so often."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from portal.search.answering import all_refs, answer
from portal.search.engine import Question, Results
from portal.search.errors import IndexUnavailable
from portal.search.snapshot import Snapshot

LOOK_AGAIN = 0.3  # seconds for which a reader trusts that nothing was committed

S = TypeVar("S", bound=Snapshot)
R = TypeVar("R")


class Reader(ABC, Generic[S]):
    """Answers questions on the latest snapshot; its methods are safe in threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot: S | None = None
        self._looked_at = 0.0  # monotonic seconds

    @abstractmethod
    def _latest(self, before: S | None) -> S:
        """The state as of now, `before` itself when it still is. Raises `IndexUnavailable`."""

    def snapshot(self) -> S:
        """The latest committed state, at most LOOK_AGAIN seconds old.

        Raises `IndexUnavailable` when there is none that this version can read.
        """
        snapshot = self._snapshot
        if snapshot is not None and time.monotonic() - self._looked_at < LOOK_AGAIN:
            return snapshot
        return self.refresh()

    def refresh(self) -> S:
        """The state as of now, whatever was seen a moment ago. Raises `IndexUnavailable`."""
        with self._lock:
            try:
                self._snapshot = self._latest(self._snapshot)
            except IndexUnavailable:  # a rebuild may sweep a build away between finding and opening
                self._snapshot = None
                self._snapshot = self._latest(None)
            self._looked_at = time.monotonic()
            return self._snapshot

    def open(self) -> None:
        """Look at the latest commit now. Raises `IndexUnavailable`."""
        self.refresh()

    def search(self, question: Question) -> Results:
        """One page of hits with exact totals. Raises `IndexUnavailable`."""
        return self._asked(lambda snapshot: answer(snapshot, question))

    def refs(self, question: Question) -> list[int]:
        """The ids of everything found, in order. Raises `IndexUnavailable`."""
        return self._asked(lambda snapshot: all_refs(snapshot, question))

    def _asked(self, ask: Callable[[S], R]) -> R:
        """Ask the snapshot; once more of the latest when its build has been swept away."""
        try:
            return ask(self.snapshot())
        except IndexUnavailable:
            return ask(self.refresh())
