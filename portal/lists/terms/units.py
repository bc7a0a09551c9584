"""Vocabulary of what addressee units hand in (报送)."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Sent(StrEnum):
    """What a unit has handed in."""

    ENTRIES = "entries"
    NIL = "nil"


SENT_NAMES = {Sent.ENTRIES: _l("Entries handed in"), Sent.NIL: _l("Nil return")}


class UnitState(StrEnum):
    """Where a unit stands: what it handed in, or that it still owes it."""

    REPORTED = "reported"
    NIL = "nil"
    PENDING = "pending"
    OVERDUE = "overdue"


UNIT_STATE_NAMES = {
    UnitState.REPORTED: _l("Has reported"),
    UnitState.NIL: _l("Nil return"),
    UnitState.PENDING: _l("Not reported"),
    UnitState.OVERDUE: _l("Past the last day"),
}


OWING = frozenset({UnitState.PENDING, UnitState.OVERDUE})


class SheetState(StrEnum):
    """How far a filled template has come."""

    CHECKED = "checked"
    WRITTEN = "written"
    DISCARDED = "discarded"


SHEET_STATE_NAMES = {
    SheetState.CHECKED: _l("Checked, nothing written yet"),
    SheetState.WRITTEN: _l("Taken over"),
    SheetState.DISCARDED: _l("Thrown away"),
}


class After(StrEnum):
    """What becomes of the rows that are taken over from a sheet."""

    DRAFTS = "drafts"
    HANDED_IN = "handed_in"


AFTER_NAMES = {
    After.DRAFTS: _l("Keep them as drafts, to be completed and handed in later"),
    After.HANDED_IN: _l("Hand them in at once, with the other drafts of this unit"),
}


UNIT_ACTS = {
    "add_unit": _l("Unit named in the call"),
    "change_unit": _l("Expected number or due day changed"),
    "tell_unit": _l("Unit told of the call"),
    "remind_unit": _l("Unit reminded"),
    "reopen_unit": _l("Reopened for this unit"),
    "hand_in_submission": _l("Submission handed in"),
    "hand_in_nil": _l("Nil return handed in"),
    "withdraw_submission": _l("Submission withdrawn"),
}


SHEET_ACTS = {
    "check_entry_sheet": _l("Sheet checked"),
    "write_entry_sheet": _l("Sheet taken over"),
    "discard_entry_sheet": _l("Sheet thrown away"),
}
