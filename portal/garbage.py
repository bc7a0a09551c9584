"""Garbage is collected between two steps of the program, never in the middle of one.

Python 3.11 collects while an object is being made, wherever that is. What runs then (SQLAlchemy is
told of every object that goes) may reach an object whose dictionary is just being made: two are
made of the same values, both free them, and the process dies. It was seen after some hundred pages
with a few requests at a time. From 3.12 on the interpreter waits for the next step itself; until
then a thread of its own collects, whose turn comes only between the steps of others.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time

WAITS_ITSELF = (3, 12)  # the first Python that does
EVERY = 0.05  # seconds between two looks
MADE = 10_000  # objects made since the last collection that make another worth while
TIMES = 10  # collections of the young after which the older are looked through too
WHOLE = 30.0  # seconds at least between two looks through everything

_begun = threading.Event()


def collect_between_steps() -> None:
    """Have a thread collect from now on, in children of this process too; once is enough."""
    if sys.version_info >= WAITS_ITSELF or _begun.is_set():
        return
    _begun.set()
    gc.disable()
    os.register_at_fork(after_in_child=_start)
    _start()


def _start() -> None:
    threading.Thread(target=_collect_for_ever, name="garbage", daemon=True).start()


def _collect_for_ever() -> None:
    looked_through = time.monotonic()
    while True:
        time.sleep(EVERY)
        generation = due(*gc.get_count(), time.monotonic() - looked_through)
        if generation is not None:
            gc.collect(generation)
        if generation == 2:
            looked_through = time.monotonic()


def due(made: int, young: int, older: int, seconds: float) -> int | None:
    """Return which generation is to be collected, None for none, by what was made and collected
    since and the seconds since everything was looked through."""
    if older >= TIMES and seconds >= WHOLE:
        return 2
    if young >= TIMES:
        return 1
    return 0 if made >= MADE else None
