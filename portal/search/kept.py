"""What was found in one snapshot, kept for the next query that asks for it."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

F = TypeVar("F")


class Kept(Generic[F]):
    """What was found by what was asked, as long as there is room; those longest unasked go first.
    Safe in threads, in which nothing kept is ever changed."""

    def __init__(self, room: int) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[F, int]] = OrderedDict()
        self._room = room

    def get(self, key: Hashable) -> F | None:
        """What is kept of a key."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, found: F, size: int) -> None:
        """Keep what was found, of such a size."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = found, size
            self._room -= size
            while self._room < 0:
                _, (_, gone) = self._kept.popitem(last=False)
                self._room += gone
