"""Coarse limits: how often one person or address may ask for something, counted by `limits`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger(__name__)


class Limiter:
    """Counts in memory, each web process for itself, or in Redis for all of them."""

    def __init__(self) -> None:
        self.enabled = True
        self._count = FixedWindowRateLimiter(storage_from_string("memory://"))

    def count_in(self, address: str) -> None:
        """Count in a storage named as `limits` does: memory://, redis://host:6379."""
        storage = storage_from_string(address, wrap_exceptions=True)
        self._count = FixedWindowRateLimiter(storage)

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
            within = self._count.hit(allowed, scope, key)
        except StorageError:
            logger.exception("coarse limits cannot be counted")
            return
        if not within:
            raise TooManyRequests

    def reset(self) -> None:
        """Forget all that was counted."""
        self._count.storage.reset()
