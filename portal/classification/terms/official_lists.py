"""Vocabulary of official lists read in bulk."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class ListState(StrEnum):
    """How far a list has come."""

    READING = "reading"
    JUDGING = "judging"
    FAILED = "failed"
    CHECKED = "checked"
    RECORDING = "recording"
    RECORDED = "recorded"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"


LIST_STATE_NAMES = {
    ListState.READING: _l("Being read"),
    ListState.JUDGING: _l("Being compared"),
    ListState.FAILED: _l("Could not be read"),
    ListState.CHECKED: _l("Checked, not recorded yet"),
    ListState.RECORDING: _l("Being put on record"),
    ListState.RECORDED: _l("List recorded"),
    ListState.UNDOING: _l("Being undone"),
    ListState.UNDONE: _l("List undone"),
    ListState.DISCARDED: _l("List discarded"),
}


RUNNING = frozenset({ListState.READING, ListState.JUDGING, ListState.RECORDING, ListState.UNDOING})
UNREPORTED = frozenset({ListState.READING, ListState.JUDGING, ListState.FAILED})


class Finding(StrEnum):
    """What was found out about a row of a list, from good to bad."""

    PENDING = "pending"
    EXACT = "exact"
    LIKELY = "likely"
    UNMATCHED = "unmatched"
    KNOWN = "known"
    REPEATED = "repeated"
    CONTRADICTORY = "contradictory"
    REFUSED = "refused"


FINDING_NAMES = {
    Finding.PENDING: _l("Not compared yet"),
    Finding.EXACT: _l("Matched, ready"),
    Finding.LIKELY: _l("Likely match, to decide"),
    Finding.UNMATCHED: _l("No match, to decide"),
    Finding.KNOWN: _l("Known already"),
    Finding.REPEATED: _l("Repeated in the list"),
    Finding.CONTRADICTORY: _l("Contradictory"),
    Finding.REFUSED: _l("Not accepted"),
}
FINDING_MEANINGS = {
    Finding.EXACT: _l("Code or name is that of one record: recorded when you confirm"),
    Finding.LIKELY: _l("Nearly a record’s: an officer decides row by row, also later"),
    Finding.UNMATCHED: _l("No record is like it: stays on the worklist until settled"),
    Finding.KNOWN: _l("On record or waiting from an earlier list: nothing to do"),
    Finding.REPEATED: _l("The same as an earlier row: counted once"),
    Finding.CONTRADICTORY: _l("Two rows, or a row and the record, say different things: left out"),
    Finding.REFUSED: _l("Cannot be right as it stands: left out"),
}
WAITING = frozenset({Finding.LIKELY, Finding.UNMATCHED})


class Settled(StrEnum):
    """What became of a row."""

    RECORDED = "recorded"
    OUTSIDE = "outside"


SETTLED_NAMES = {
    Settled.RECORDED: _l("Title recorded"),
    Settled.OUTSIDE: _l("Outside the registry"),
}
MOST_ROWS = 50_000
PLACE_ON_LIST = "名单第%s项"  # the number of a row whose list gives a running number only
