"""Pieces of pages drawn once for what they show, and kept: rows, filters, parts of the frame.

A piece is kept under everything it shows, so it is never out of date: other content is another
piece. What macros read besides their arguments is part of the key: the language and the path the
portal is mounted under. In debug mode nothing is kept, so that a changed template shows.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from flask import Flask, current_app, request
from markupsafe import Markup

from portal.web.display import language_tag

PIECES = 8_000  # of rows and options mostly: some 2 KB each with its key
LENGTH = 8_000_000  # characters in all: pages of records are longer
HOLE = Markup("\ue000")  # of the private use area: no text holds it (portal.web.cleaning)
Key = tuple[Hashable, ...]


class Pieces:
    """The pieces drawn last; what was longest unasked goes first."""

    def __init__(self, most: int = PIECES, length: int = LENGTH) -> None:
        self.most, self.length = most, length
        self._used = 0
        self._kept: OrderedDict[Key, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Any:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, piece: Any) -> None:
        with self._lock:
            self._used += length_of(piece) - length_of(self._kept.get(key, ""))
            self._kept[key] = piece
            while self._kept and (len(self._kept) > self.most or self._used > self.length):
                self._used -= length_of(self._kept.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._kept)


def length_of(piece: str | tuple[str, ...]) -> int:
    """Return how many characters a piece has, or the pieces of a mould have together."""
    return len(piece) if isinstance(piece, str) else sum(map(len, piece))


def drawn(template: str, macro: str, *shown: Hashable, under: Key = ()) -> Markup:
    """Return what a macro draws for these arguments; `under` is what else it depends on."""
    key = (template, macro, language_tag(), request.script_root, shown, under)
    pieces: Pieces = current_app.extensions["pieces"]
    found = pieces.get(key)
    if found is None:
        found = Markup(draw(template, macro, *shown))  # noqa: S704 a macro escapes
        if not current_app.debug:
            pieces.put(key, found)
    return found


def moulds(template: str, macro: str, every: Iterable[Key]) -> Iterator[tuple[str, ...]]:
    """Yield, for each tuple of arguments, what a macro draws around its last argument, which is
    left out: as pieces, one more than there are places where it stands."""
    base = (template, macro, language_tag(), request.script_root)
    pieces: Pieces = current_app.extensions["pieces"]
    keeps = not current_app.debug
    for shown in every:
        found = pieces.get((base, shown))
        if found is None:
            found = tuple(draw(template, macro, *shown, HOLE).split(HOLE))
            if keeps:
                pieces.put((base, shown), found)
        yield found


def draw(template: str, macro: str, *shown: Any) -> str:
    """Return what a macro draws, with nothing of the page it stands on."""
    module = current_app.jinja_env.get_template(template).module
    return str(getattr(module, macro)(*shown))


def init_app(app: Flask) -> None:
    app.extensions["pieces"] = Pieces()
    app.jinja_env.globals.update(drawn=drawn)
