"""Vocabulary of what stands before the signing: opinions of other bodies, public notice."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Settled(StrEnum):
    """What the curators made of an opinion."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"


SETTLED_NAMES = {
    Settled.ACCEPTED: _l("Opinion accepted"),
    Settled.PARTLY: _l("Opinion accepted in part"),
    Settled.NOT_ACCEPTED: _l("Opinion not accepted"),
}


class ObjectionResult(StrEnum):
    """What became of an objection to a list on notice."""

    STRUCK = "struck"
    CORRECTED = "corrected"
    REJECTED = "rejected"


RESULT_NAMES = {
    ObjectionResult.STRUCK: _l("The objection holds: the entry is taken off the list"),
    ObjectionResult.CORRECTED: _l("The objection holds: the list is corrected"),
    ObjectionResult.REJECTED: _l("The objection to the list does not hold"),
}


class NoticeState(StrEnum):
    """Where a public notice stands on a day."""

    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"


NOTICE_STATE_NAMES = {
    NoticeState.RUNNING: _l("Notice running"),
    NoticeState.ENDED: _l("Notice ended"),
    NoticeState.STOPPED: _l("Notice stopped"),
}


class Difference(StrEnum):
    """How a list differs from the draft that was shown."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    ORDER = "order"
    EDITION = "edition"


DIFFERENCE_NAMES = {
    Difference.ADDED: _l("New"),
    Difference.REMOVED: _l("Taken off"),
    Difference.CHANGED: _l("Wording changed"),
    Difference.ORDER: _l("Order changed"),
    Difference.EDITION: _l("Title, foreword or bodies changed"),
}


ROUND_ACTS = {
    "ask_opinion": _l("Opinion asked"),
    "reply_opinion": _l("Opinion received"),
    "record_opinion": _l("Paper reply recorded"),
    "confirm_opinion": _l("Paper reply confirmed"),
    "reject_opinion": _l("Paper reply rejected"),
    "settle_opinion": _l("Opinion settled"),
    "remind_body": _l("Reminded of the opinion"),
}
NOTICE_ACTS = {
    "publish_list_notice": _l("Notice published"),
    "extend_notice": _l("Notice extended"),
    "stop_notice": _l("Notice stopped"),
    "keep_notice": _l("Changed without a new notice"),
}
