"""Vocabulary of calls for a title the city grants itself."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class CallState(StrEnum):
    """How a call stands on a day; it follows from its dates."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


CALL_STATE_NAMES = {
    CallState.PLANNED: _l("Opens later"),
    CallState.OPEN: _l("Open for applications"),
    CallState.CLOSED: _l("No longer open"),
}


class CallEventKind(StrEnum):
    """What was made known about a call."""

    OPENED = "opened"
    EXTENDED = "extended"
    CLOSED = "closed"


CALL_EVENT_NAMES = {
    CallEventKind.OPENED: _l("Call published"),
    CallEventKind.EXTENDED: _l("Call extended"),
    CallEventKind.CLOSED: _l("Call closed early"),
}
