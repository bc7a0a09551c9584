"""What many pages are made of, read once for each state of the content.

Only requests the page cache has read the state for take part: what they read of the database is at
least as new as that state. Others (members, officers, commands) read for themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import has_request_context

from portal.web.page_cache.marks import STATE
from portal.web.present import present_request

P = ParamSpec("P")
R = TypeVar("R")


def once_for_state(read: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function returns for each of its arguments until the content changes. What is
    read anew and equals what was read before stays the same object: so does what was made of it.

    The arguments must be few and hashable, the result never changed and no row of the session.
    """
    kept: tuple[object, dict[Any, R], dict[Any, R]] = (None, {}, {})  # state, now, before

    @wraps(read)
    def look(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal kept
        state = present_request().environ.get(STATE) if has_request_context() else None
        if state is None:
            return read(*args, **kwargs)
        held = kept
        if held[0] != state:
            held = kept = (state, {}, held[1])
        _state, now, before = held
        key = (args, *kwargs.items())
        if key not in now:
            found, known = read(*args, **kwargs), before.get(key)
            now[key] = known if known is not None and known == found else found
        return now[key]

    return cast(Callable[P, R], look)
