"""How much a request may carry: little, except where a view says that it takes files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from portal.web.present import present_app, present_request

View = TypeVar("View", bound=Callable[..., Any])
SLACK = 1024 * 1024  # bytes for the other fields of the form


def takes_files(largest: int) -> Callable[[View], View]:
    """Let a view take files of together `largest` bytes; put it outermost but for the route.

    Twice as much is read, so that somewhat too large a file gets a sentence at its field.
    """

    def mark(view: View) -> View:
        view.upload_limit = 2 * largest + SLACK  # type: ignore[attr-defined]
        return view

    return mark


def widen_limit() -> None:
    """Set the limit of a request before anything reads its form."""
    request = present_request()
    view = present_app().view_functions.get(request.endpoint or "")
    limit = getattr(view, "upload_limit", None)
    if limit is not None:
        request.max_content_length = limit


def init_app(app: Flask) -> None:
    app.before_request(widen_limit)
