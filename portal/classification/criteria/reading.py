"""YAML with the line of every word, so that a fault in a rule file is named by its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

import yaml
from flask_babel import gettext as _

LARGEST = 300_000  # bytes; the longest rule file of today has 20 KB
DEEPEST = 30  # levels of nesting
DIGITS = 20  # of a number, and of its power of ten: beyond it is a slip, and costly to compute
NULL, BOOL, TIMESTAMP = (f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "timestamp"))
NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TRUE = {"true", "True", "TRUE"}
FALSE = {"false", "False", "FALSE"}


class RuleFileError(Exception):
    """A rule file cannot be used: its name, the line, and one sentence on what is wrong there."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}")
        self.file, self.line, self.sentence = file, line, sentence
        self.others: tuple[RuleFileError, ...] = ()

    @property
    def every(self) -> tuple[RuleFileError, ...]:
        """Return this fault and those further down in the file."""
        return (self, *self.others)


class AlreadySaid(RuleFileError):
    """It rests on something whose own fault is said where it stands."""


@dataclass(frozen=True)
class Place:
    """Where something stands: the file's name and the line, counted from 1."""

    file: str
    line: int

    def refuse(self, sentence: str) -> NoReturn:
        """Raise RuleFileError for what stands here."""
        raise RuleFileError(self.file, self.line, sentence)


@dataclass(frozen=True)
class Text:
    """A scalar as it was written, with YAML's idea of its type."""

    place: Place
    written: str
    tag: str

    @property
    def is_null(self) -> bool:
        return self.tag == NULL

    def as_text(self) -> str:
        """Return words; refuses nothing, but an empty scalar."""
        if self.is_null or not self.written.strip():
            self.place.refuse(_("A text is missing here"))
        return self.written.strip()

    def as_number(self) -> Decimal:
        """Return the exact number that was written, never by way of a float."""
        if self.tag not in NUMBERS:
            self.place.refuse(_("“%(written)s” is not a number", written=self.written))
        try:
            number = Decimal(self.written.replace("_", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or len(self.written) > DIGITS or abs(number.adjusted()) > DIGITS:
            self.place.refuse(
                _("“%(written)s” is not a plain decimal number", written=self.written[:DIGITS])
            )
        return number

    def as_bool(self) -> bool:
        if self.tag != BOOL or self.written not in TRUE | FALSE:
            self.place.refuse(_("“%(written)s” is neither true nor false", written=self.written))
        return self.written in TRUE

    def as_date(self) -> date:
        try:
            return date.fromisoformat(self.written)
        except ValueError:
            self.place.refuse(
                _("“%(written)s” is not a date like 2026-04-01", written=self.written)
            )


@dataclass(frozen=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Marked, ...]

    def __iter__(self) -> Iterator[Marked]:
        return iter(self.items)


@dataclass(frozen=True)
class Mapping:
    """Keys with their values; `keys` holds the place of each key."""

    place: Place
    items: dict[str, Marked]
    keys: dict[str, Place]

    def __contains__(self, key: str) -> bool:
        return key in self.items

    def only(self, *known: str) -> None:
        """Refuse a key that is not among the known ones."""
        for key, place in self.keys.items():
            if key not in known:
                place.refuse(
                    _(
                        "Unknown key “%(key)s”: here stand %(known)s",
                        key=key,
                        known=", ".join(known),
                    )
                )

    def get(self, key: str) -> Marked:
        """Return a value that must be there."""
        if key not in self.items:
            self.place.refuse(_("“%(key)s” is missing here", key=key))
        return self.items[key]

    def place_of(self, key: str) -> Place:
        """Return where a key stands, or the mapping when it is not there."""
        return self.keys.get(key, self.place)

    def one_of(self, *keys: str) -> str:
        """Return which one of the keys stands here; refuses none and several."""
        found = [key for key in keys if key in self.items]
        if len(found) != 1:
            self.place.refuse(_("Exactly one of %(keys)s must stand here", keys=", ".join(keys)))
        return found[0]

    def text(self, key: str) -> str:
        return scalar(self.get(key)).as_text()

    def text_or(self, key: str, default: str = "") -> str:
        """Return a text, or the default when the key is left out or empty."""
        found = self.items.get(key)
        if found is None or (isinstance(found, Text) and found.is_null):
            return default
        return scalar(found).as_text()

    def number(self, key: str) -> Decimal:
        return scalar(self.get(key)).as_number()

    def flag(self, key: str) -> bool:
        """Return a truth value, False when the key is left out."""
        return key in self.items and scalar(self.items[key]).as_bool()

    def date_or_none(self, key: str) -> date | None:
        found = scalar(self.get(key))
        return None if found.is_null else found.as_date()


Marked = Text | Sequence | Mapping


def scalar(node: Marked) -> Text:
    """Return a node that must be a single value."""
    if not isinstance(node, Text):
        node.place.refuse(_("A single value must stand here"))
    return node


def sequence(node: Marked) -> Sequence:
    """Return a node that must be a list with something in it."""
    if not isinstance(node, Sequence) or not node.items:
        node.place.refuse(_("A list must stand here, with at least one item"))
    return node


def mapping(node: Marked) -> Mapping:
    """Return a node that must be a mapping."""
    if not isinstance(node, Mapping):
        node.place.refuse(_("Keys with values must stand here"))
    return node


def read_marked(text: str, file: str) -> Mapping:
    """Return a document whose every part knows its line; raises RuleFileError."""
    if len(text.encode()) > LARGEST:
        raise RuleFileError(file, 1, _("The file is larger than a rule file can be"))
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        sentence = _("This is not YAML: %(problem)s", problem=error.problem or error.context)
        raise RuleFileError(file, line, sentence) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise RuleFileError(file, 1, _("This is not YAML: %(problem)s", problem=error)) from error
    if root is None:
        raise RuleFileError(file, 1, _("The file is empty"))
    return mapping(_marked(root, file, set(), 0))


def read_file(path: Path) -> Mapping:
    """Return a file's document with its lines; raises RuleFileError."""
    try:
        return read_marked(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise RuleFileError(path.name, 1, _("The file is not UTF-8 text")) from error


def _marked(node: yaml.Node, file: str, seen: set[int], depth: int) -> Marked:
    place = Place(file, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return Text(place, node.value, node.tag)
    if id(node) in seen or depth > DEEPEST:
        place.refuse(_("Write it out: no references, and not nested this deep"))
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return Sequence(place, tuple(_marked(item, file, seen, depth + 1) for item in node.value))
    items: dict[str, Marked] = {}
    keys: dict[str, Place] = {}
    for key, value in node.value:
        name = _marked(key, file, seen, depth + 1)
        written = scalar(name).written
        if written in items:
            name.place.refuse(_("“%(key)s” stands here twice", key=written))
        items[written] = _marked(value, file, seen, depth + 1)
        keys[written] = name.place
    return Mapping(place, items, keys)
