"""What is watched, how often somebody is told, and why."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Watch(StrEnum):
    """What an alert watches."""

    SEARCH = "search"
    ENTRY = "entry"


class Rhythm(StrEnum):
    """How often new matches are sent."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


RHYTHM_NAMES = {
    Rhythm.IMMEDIATE: _l("At once, at most one message in ten minutes"),
    Rhythm.DAILY: _l("Once a day, in the morning, if there is something new"),
    Rhythm.WEEKLY: _l("On Mondays, if there was something new in the week"),
}


class Standing(StrEnum):
    """Where an alert stands."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    MUTED = "muted"
    ENDED = "ended"


STANDING_NAMES = {
    Standing.UNCONFIRMED: _l("Waits for confirmation"),
    Standing.ACTIVE: _l("Active"),
    Standing.MUTED: _l("Paused"),
    Standing.ENDED: _l("Stopped"),
}


class News(StrEnum):
    """What is told of a saved entry."""

    CLOSING = "closing"
    CORRECTED = "corrected"
    MOVED_ON = "moved_on"
    WITHDRAWN = "withdrawn"
