"""Vocabulary of merging and splitting entries."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

MOST_PARTS = 9


class TieKind(StrEnum):
    """How an entry ended in favour of another."""

    MERGE = "merge"
    SPLIT = "split"


TIE_NAMES = {TieKind.MERGE: _l("Merged"), TieKind.SPLIT: _l("Split")}
