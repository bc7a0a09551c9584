"""Coarse limits: how often one person or address may ask for something, counted by `limits`."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from werkzeug.exceptions import TooManyRequests

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger(__name__)
SWEEP_EVERY = 60.0  # seconds


class Counts(Protocol):
    """Where requests are counted: here, or in a storage of `limits`."""

    def incr(self, key: str, expiry: int) -> int:
        """Count one more of a key and return how many there are since the first, `expiry` seconds
        ago at most. Raises StorageError where nothing can be counted."""

    def reset(self) -> object:
        """Forget all that was counted."""


class Memory:
    """The counts of this process. What is over is swept out every so often by whoever counts then:
    the storage in memory of `limits` starts a thread at nearly every count that looks at all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, float]] = {}  # with the moment each is over
        self._sweep_at = 0.0

    def incr(self, key: str, expiry: int) -> int:
        now = time.monotonic()
        with self._lock:
            if now > self._sweep_at:
                self._counts = {one: kept for one, kept in self._counts.items() if kept[1] > now}
                self._sweep_at = now + SWEEP_EVERY
            count, over = self._counts.get(key, (0, 0.0))
            self._counts[key] = (count + 1, over) if over > now else (1, now + expiry)
            return self._counts[key][0]

    def reset(self) -> None:
        with self._lock:
            self._counts.clear()


class Limiter:
    """Counts in memory, each web process for itself, or in Redis for all of them."""

    def __init__(self) -> None:
        self.enabled = True
        self._counts: Counts = Memory()

    def count_in(self, address: str) -> None:
        """Count in memory:// or in a storage named as `limits` does: redis://host:6379."""
        if address.startswith("memory:"):
            self._counts = Memory()
        else:
            self._counts = cast(Storage, storage_from_string(address, wrap_exceptions=True))

    def limit(
        self, rate: str, scope: str, key: Callable[[], str], when: Callable[[], bool] | None = None
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Answer a view at most at this rate ("60 per minute") for each key, together with all
        views of the same scope; `when` says which requests count. Beyond it, raises
        TooManyRequests."""
        allowed = parse(rate)

        def limited(view: Callable[P, R]) -> Callable[P, R]:
            @wraps(view)
            def answer(*args: P.args, **kwargs: P.kwargs) -> R:
                if self.enabled and (when is None or when()):
                    self.count(allowed, scope, key())
                return view(*args, **kwargs)

            return answer

        return limited

    def count(self, allowed: RateLimitItem, scope: str, key: str) -> None:
        """Count one request. Where it cannot be counted nobody is refused: the limits are for
        courtesy, and what needs protecting counts in the database (portal.accounts.throttle)."""
        try:
            count = self._counts.incr(allowed.key_for(scope, key), allowed.get_expiry())
        except StorageError:
            logger.exception("coarse limits cannot be counted")
            return
        if count > allowed.amount:
            raise TooManyRequests

    def reset(self) -> None:
        """Forget all that was counted."""
        self._counts.reset()
