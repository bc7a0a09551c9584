"""Whole pages drawn once for what they show, and kept beside the pieces they are made of.

The page cache forgets a page as soon as anything public changes; it is then read anew, and mostly
shows what it showed before. A view says what that is: a page is kept under this, its address, the
reader's choices and the day. Only answers alike for everybody take part (`STATE`), none while
templates are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, render_template

from portal import clock
from portal.web.display import preferences
from portal.web.drawn import Key, Pieces
from portal.web.page_cache.marks import STATE
from portal.web.page_cache.middleware import LONGEST_QUERY, PageCache
from portal.web.present import present_app, present_request

PAGES, BYTES = 2_000, 16_000_000


def drawn_page(template: str, shown: Key, **context: Any) -> bytes | str:
    """Return the page a template draws in this context. `shown` holds every value it shows, or
    what it follows from: a page is never drawn again for the same."""
    return drawn_from(template, shown, lambda: context)


def drawn_from(template: str, shown: Key, context: Callable[[], Mapping[str, Any]]) -> bytes | str:
    """Return the same where the context is worth making only for a page that is drawn. It may read
    what came after `shown`: the page is kept only where nothing changed meanwhile."""
    app, request = present_app(), present_request()
    environ = request.environ
    query = environ.get("QUERY_STRING", "")
    if app.debug or environ.get(STATE) is None or len(query) > LONGEST_QUERY:
        return render_template(template, **context())
    place = (request.script_root, request.path, query, *preferences().values(), clock.today())
    pages: Pieces = app.extensions["drawn_pages"]
    key = (template, place, shown)
    page: bytes | None = pages.get(key)
    if page is None:
        page = render_template(template, **context()).encode()
        kept: PageCache = app.extensions["kept_pages"]
        if kept.is_unchanged(environ):
            pages.put(key, page)
    return page


def init_app(app: Flask) -> None:
    app.extensions["drawn_pages"] = Pieces(PAGES, BYTES)
