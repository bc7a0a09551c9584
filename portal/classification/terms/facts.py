"""Where a fact of an assessment comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.enterprises.terms.figures import PRECEDENCE, SOURCE_NAMES, Source


class FactSource(StrEnum):
    """Where a fact is read that is no figure; a title's number follows its word."""

    RECORD = "record"
    TITLE = "title"
    NO_TITLE = "no_title"
    APPLICATION = "application"
    DERIVED = "derived"


SOURCE_WORDS: dict[str, Any] = {
    **{str(source): name for source, name in SOURCE_NAMES.items()},
    FactSource.RECORD: _l("From the record of the registry"),
    FactSource.TITLE: _l("Title on record"),
    FactSource.NO_TITLE: _l("No valid title on record"),
    FactSource.APPLICATION: _l("Of the application"),
    FactSource.DERIVED: _l("Derived"),
}


def title_source(number: str) -> str:
    """Return the source of a fact that a title answers."""
    return f"{FactSource.TITLE}: {number}" if number else str(FactSource.TITLE)


def split_source(source: str) -> tuple[str, str]:
    """Return the word a source begins with and what follows it."""
    word, _sep, rest = source.partition(": ")
    return word, rest


def strength(source: str) -> int:
    """Return how strong a source is, 0 the strongest: what officers recorded is official."""
    word, _rest = split_source(source)
    return PRECEDENCE.index(Source(word)) if word in set(Source) else 0
