"""What an alert asks of the public's pages; the answers come from whoever composes the portal.

A reader raises `portal.errors.Busy` while the search does not answer: nothing is then told, saved
or changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portal.alerts.terms import Watch


@dataclass(frozen=True)
class Saved:
    """An address that can be saved, in its one form: what it is called, what it finds now and how
    much of that is of the last 30 days. A saved entry finds itself."""

    watch: Watch
    address: str
    title: str
    total: int = 1
    recent: int = 0


@dataclass(frozen=True)
class Line:
    """One match as a message names it."""

    title: str
    address: str
    note: str


@dataclass(frozen=True)
class EntryFacts:
    """What of a saved entry may change: `said` is a digest of its wording."""

    title: str
    said: str
    life: str
    life_name: str
    withdrawn: bool
    closes_on: date | None


class Reader(Protocol):
    """Reads the public's pages as a visitor would: nothing that is not public."""

    def describe(self, address: str) -> Saved | None:
        """Return what an address is in the language in use, None when it cannot be saved.

        Raises Busy.
        """

    def matches(self, address: str) -> Sequence[str]:
        """Return the keys of everything an address finds, newest first within each kind.

        Raises Busy.
        """

    def lines(self, keys: Sequence[str]) -> list[Line]:
        """Return some matches as a message names them, in the language in use."""

    def entry(self, address: str) -> EntryFacts | None:
        """Return the present facts of a saved entry, None when nothing stands there."""


_reader: list[Reader] = []


def set_reader(reader: Reader) -> None:
    """Say who reads the public's pages."""
    _reader[:] = [reader]


def reader() -> Reader:
    """Return who reads the public's pages; `set_reader` comes first."""
    return _reader[0]
