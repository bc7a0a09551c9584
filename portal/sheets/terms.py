"""Vocabulary of reading a sheet."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Level(StrEnum):
    """What became of a row, from good to bad; the worst of its findings counts."""

    OK = "ok"
    FIXED = "fixed"
    WARNED = "warned"
    REFUSED = "refused"
    SKIPPED = "skipped"


LEVEL_NAMES = {
    Level.OK: _l("In order"),
    Level.FIXED: _l("Put right"),
    Level.WARNED: _l("To check"),
    Level.REFUSED: _l("Not accepted"),
    Level.SKIPPED: _l("Passed over"),
}
RANK = {level: place for place, level in enumerate(Level)}


class Kind(StrEnum):
    """What a cell holds, as the file says."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    ERROR = "error"
