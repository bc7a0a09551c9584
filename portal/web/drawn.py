"""Pieces of pages drawn once for what they show, and kept: rows, filters, parts of the frame.

A piece is kept under everything it shows, so it is never out of date: other content is another
piece. What macros read besides their arguments is part of the key: the language and the path the
portal is mounted under. In debug mode nothing is kept, so that a changed template shows.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from flask import Flask
from markupsafe import Markup, escape

from portal.web.display import language_tag
from portal.web.present import present_app, present_request

PIECES = 8_000  # of rows and options mostly: some 2 KB each with its key
LENGTH = 8_000_000  # characters in all: pages of records are longer
HOLE = re.compile("\x02([0-9]+)\x03")  # between characters no text holds (portal.web.cleaning)
Key = tuple[Hashable, ...]
T = TypeVar("T")
Left = tuple[str, int | None]  # a name, and of how many values it is a tuple; None for one value


class Pieces:
    """The pieces drawn or asked for last, in two halves: what is asked for moves into the younger
    one, and when that is full, the other is forgotten: nobody asked for what is left in it. So a
    piece that is asked for often is found at one look, without waiting for anybody."""

    def __init__(self, most: int = PIECES, length: int = LENGTH) -> None:
        self.most, self.length = most // 2, length // 2
        self._young: dict[Key, Any] = {}
        self._old: dict[Key, Any] = {}
        self._used = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Any:
        """Return what is kept under a key, None for nothing."""
        piece = self._young.get(key)
        if piece is None and (piece := self._old.get(key)) is not None:
            self.put(key, piece)
        return piece

    def put(self, key: Key, piece: Any) -> None:
        size = len(piece)
        if size > self.length:
            return
        with self._lock:
            self._used += size - len(self._young.get(key, ""))
            if self._used > self.length or len(self._young) >= self.most:
                self._old, self._young, self._used = self._young, {}, size
            self._young[key] = piece

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())


@dataclass(frozen=True)
class Mould:
    """What a macro draws around values: the texts between them, and which value stands after each
    text but the last."""

    texts: Sequence[str]
    places: Sequence[int]

    def __len__(self) -> int:
        return sum(map(len, self.texts))

    def filled(self, *values: object) -> str:
        """Return the whole with these values, escaped."""
        safe = [value if type(value) is Markup else escape(value) for value in values]
        pieces = [""] * (2 * len(self.places) + 1)
        pieces[::2] = self.texts
        pieces[1::2] = [safe[place] for place in self.places]
        return "".join(pieces)


def here() -> tuple[str, str]:
    """Return what every macro may read besides its arguments."""
    return (language_tag(), present_request().script_root)


def drawn(template: str, macro: str, *shown: Hashable, under: Key = ()) -> Markup:
    """Return what a macro draws for these arguments; `under` is what else it depends on."""
    pieces: Pieces = present_app().extensions["pieces"]
    return drawn_once(pieces, ((template, macro, *here(), under), shown))


def drawn_each(template: str, macro: str, every: Iterable[Key], under: Key = ()) -> Markup:
    """Return what a macro draws for each of these arguments, one after the other."""
    pieces: Pieces = present_app().extensions["pieces"]
    base = (template, macro, *here(), under)
    return Markup("".join([drawn_once(pieces, (base, shown)) for shown in every]))  # noqa: S704 macros escape


def drawn_once(pieces: Pieces, key: tuple[Key, Key]) -> Markup:
    """Return a piece, drawn now if it is not kept yet."""
    (template, macro, *_place), shown = key
    return once(pieces, key, lambda: Markup(draw(str(template), str(macro), *shown)))  # noqa: S704 a macro escapes


def drawn_around(template: str, macro: str, *shown: Hashable, **values: Any) -> Markup:
    """Return what a macro draws, kept without the values it is given by name: they are put in
    where they belong. The macro must do nothing with them but write them, one by one where an
    argument is a list of them."""
    left_out: list[Left] = []
    every: list[object] = []
    for name, value in values.items():
        several = isinstance(value, tuple | list)
        left_out.append((name, len(value) if several else None))
        every += value if several else (value,)
    found = mould(template, macro, shown, tuple(left_out))
    return Markup(found.filled(*every))  # noqa: S704 macros escape, and so do moulds


def mould(template: str, macro: str, shown: Key, left_out: tuple[Left, ...]) -> Mould:
    """Return what a macro draws around its arguments of these names."""
    pieces: Pieces = present_app().extensions["pieces"]
    key = (template, macro, *here(), left_out, shown)
    return once(pieces, key, lambda: cast(template, macro, shown, left_out))


def cast(template: str, macro: str, shown: Key, left_out: Iterable[Left]) -> Mould:
    """Draw a macro with holes for what is left out, and cut it there."""
    number = count()
    holes: dict[str, Any] = {}
    for name, size in left_out:
        made = tuple(hole(next(number)) for _ in range(1 if size is None else size))
        holes[name] = made[0] if size is None else made
    texts = HOLE.split(draw(template, macro, *shown, **holes))
    return Mould(texts[::2], [int(place) for place in texts[1::2]])


def hole(number: int) -> Markup:
    """Return what is drawn where a value is left out."""
    return Markup(f"\x02{number}\x03")  # noqa: S704 a number


def once(pieces: Pieces, key: Key, make: Callable[[], T]) -> T:
    """Return what is kept under a key, else make it and keep it; while templates are written
    nothing is kept."""
    piece: T | None = pieces.get(key)
    if piece is None:
        piece = make()
        if not present_app().debug:
            pieces.put(key, piece)
    return piece


def draw(template: str, macro: str, *shown: Any, **named: Any) -> str:
    """Return what a macro draws, with nothing of the page it stands on."""
    module = present_app().jinja_env.get_template(template).module
    return str(getattr(module, macro)(*shown, **named))


def init_app(app: Flask) -> None:
    app.extensions["pieces"] = Pieces()
    app.jinja_env.globals.update(drawn=drawn, drawn_around=drawn_around)
