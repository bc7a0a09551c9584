"""The worker's hand on the search index: changes of rows, also while something long runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from flask import Flask, current_app

from portal import outbox
from portal.alerts.actions import wake
from portal.cli import line_work
from portal.search import indexer
from portal.search.documents_from_rows import load

logger = logging.getLogger(__name__)
TOPIC = "search"
PAUSE = 0.5  # seconds between looks


def index_changes(payloads: Sequence[Mapping[str, Any]]) -> None:
    """Bring lines of files and index to what the named rows say now, then have alerts look; raises
    IndexUnavailable to try later."""
    keys = [payload["key"] for payload in payloads]
    entries = (key.partition(":") for key in dict.fromkeys(keys))
    line_work.word([int(number) for kind, _, number in entries if kind == "entry"])
    indexer.apply_outbox(current_app.extensions["search"].index, load, keys)
    wake()


@contextmanager
def indexing_meanwhile() -> Iterator[None]:
    """Bring changes into the index while the caller does something long, in a thread with sessions
    of its own: each change is a transaction, so nothing it reads is half done."""
    ended = Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = Thread(target=follow, args=(app, ended), name="indexing")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def follow(app: Flask, ended: Event) -> None:
    """Index what changes until told to end."""
    pause = 0.0
    while not ended.wait(pause):
        with app.app_context():
            pause = 0.0 if drain() else PAUSE


def drain() -> int:
    """Index one batch of changes; return how many there were, 0 where that failed."""
    try:
        return outbox.drain({TOPIC: index_changes})
    except Exception:
        logger.exception("changes could not be brought into the search index")
        return 0
