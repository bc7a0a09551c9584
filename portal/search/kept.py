"""What words have found in one snapshot, kept for the next query that holds them."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from portal.search.arrays import Matches

ROOM = 32 << 20  # bytes of document numbers and scores, per snapshot
AN_ENTRY = 400  # bytes of anything kept, however little was found


class KeptMatches:
    """The matches of leaves and words by what was asked; those longest unasked go first. Safe in
    threads, in which nothing kept is ever changed."""

    def __init__(self, room: int = ROOM) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Matches] = OrderedDict()
        self._room = room

    def get(self, key: Hashable) -> Matches | None:
        """What is kept of a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, found: Matches) -> None:
        """Keep what was found."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = found
            self._room -= found.bytes + AN_ENTRY
            while self._room < 0:
                _, gone = self._kept.popitem(last=False)
                self._room += gone.bytes + AN_ENTRY
