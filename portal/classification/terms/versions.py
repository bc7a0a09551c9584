"""Vocabulary of rule versions."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class VersionState(StrEnum):
    """What became of a version. From when to when one in force judges, its dates say."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REJECTED = "rejected"
    DISCARDED = "discarded"


class Purpose(StrEnum):
    """What facts are judged for: a re-check of a held title may still use an earlier version."""

    APPLICATION = "application"
    RECHECK = "recheck"


class Era(StrEnum):
    """How a version that was put in force stands on a day."""

    COMING = "coming"
    CURRENT = "current"
    RECHECKS = "rechecks"
    ENDED = "ended"


class Change(StrEnum):
    """How a condition differs in a later version, for those who have to meet it."""

    NONE = "none"
    STRICTER = "stricter"
    EASIER = "easier"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"


CHANGE_NAMES = {
    Change.NONE: _l("As before"),
    Change.STRICTER: _l("Stricter"),
    Change.EASIER: _l("Easier"),
    Change.CHANGED: _l("Changed"),
    Change.NEW: _l("New condition"),
    Change.DROPPED: _l("No longer asked"),
}
STATE_NAMES = {
    VersionState.DRAFT: _l("Draft of a rule version"),
    VersionState.PROPOSED: _l("Proposed, waits for a second officer"),
    VersionState.IN_FORCE: _l("Put in force"),
    VersionState.REJECTED: _l("Rejected by a second officer"),
    VersionState.DISCARDED: _l("Discarded"),
}
ERA_NAMES = {
    Era.COMING: _l("Takes effect later"),
    Era.CURRENT: _l("In force"),
    Era.RECHECKS: _l("For re-checks only"),
    Era.ENDED: _l("No longer in force"),
}
DIGEST_METHOD = "sha256"
EDITABLE = {VersionState.DRAFT, VersionState.REJECTED}
FREED = "~"  # stands in the slug of a discarded version, so that its id is free again
