"""Kept answers within bounds, each made by one request while the others wait for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from portal.web.page_cache.answers import Kept

WAIT = 10.0  # seconds a request waits for another one that is making the same answer


class Store:
    """At most `size` bytes and `entries` answers; what was longest unasked goes first."""

    def __init__(self, size: int, entries: int) -> None:
        self.size, self.entries = size, entries
        self.used = 0
        self.era = object()  # another one after everything was forgotten
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._making: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, state: object) -> Kept | None:
        """Return the answer kept for this state of the content."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.state != state:
                return None
            self._kept.move_to_end(key)
            return found

    def get_or_make(
        self, key: Hashable, state: object, make: Callable[[], Kept | None]
    ) -> Kept | None:
        """Return the kept answer, else make it, once for all who ask meanwhile.

        None when there is none to keep: everybody then asks the application for an own one.
        """
        making = (key, state)
        with self._lock:
            done = self._making.get(making)
            if done is None:
                self._making[making] = threading.Event()
        if done is not None:
            done.wait(WAIT)
            return self.get(key, state)
        try:
            made = make()
            if made is not None:
                self.put(key, made)
            return made
        finally:
            with self._lock:
                self._making.pop(making).set()

    def put(self, key: Hashable, made: Kept) -> None:
        """Keep an answer in place of an older one; too large a one is not kept."""
        if made.size > self.size // 8:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = made
            self.used += made.size
            while self.used > self.size or len(self._kept) > self.entries:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.used, self.era = 0, object()

    def __len__(self) -> int:
        return len(self._kept)

    def _drop(self, key: Hashable) -> None:
        if (old := self._kept.pop(key, None)) is not None:
            self.used -= old.size
