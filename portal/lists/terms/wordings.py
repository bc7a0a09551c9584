"""Vocabulary of the public wording of entries."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.lists.terms.fields import FieldType


class WordingState(StrEnum):
    """Where a proposed wording stands."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    OBJECTED = "objected"
    DECIDED = "decided"
    DROPPED = "dropped"
    REPLACED = "replaced"


WORDING_STATE_NAMES = {
    WordingState.PROPOSED: _l("Awaiting the submitter’s consent"),
    WordingState.CONSENTED: _l("Consented to"),
    WordingState.OBJECTED: _l("Objected to"),
    WordingState.DECIDED: _l("Decided by the curator"),
    WordingState.DROPPED: _l("Given up"),
    WordingState.REPLACED: _l("Replaced by a later wording"),
}


STANDS = frozenset({WordingState.CONSENTED, WordingState.DECIDED})


WAITS = frozenset({WordingState.PROPOSED, WordingState.OBJECTED})


WORDED_FIELDS = ("title", "title_en", "summary", "summary_en")


WORDED_TYPES = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST})
