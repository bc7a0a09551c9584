"""Vocabulary of suspending, lifting and removing."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Act(StrEnum):
    """What one officer asks for and another consents to."""

    SUSPEND = "suspend"
    LIFT = "lift"
    REMOVE = "remove"


ACT_NAMES = {
    Act.SUSPEND: _l("Suspend the record"),
    Act.LIFT: _l("Lift the suspension"),
    Act.REMOVE: _l("Remove from the registry"),
}


class Kind(StrEnum):
    """Why a record is removed."""

    DISSOLVED = "dissolved"
    MOVED_AWAY = "moved_away"
    DUPLICATE = "duplicate"
    OWN_REQUEST = "own_request"
    NOT_QUALIFIED = "not_qualified"


KIND_NAMES = {
    Kind.DISSOLVED: _l("The enterprise was dissolved"),
    Kind.MOVED_AWAY: _l("The enterprise moved away from the city"),
    Kind.DUPLICATE: _l("The record was a duplicate"),
    Kind.OWN_REQUEST: _l("The enterprise asked to leave the registry"),
    Kind.NOT_QUALIFIED: _l("The enterprise does not meet the conditions of the registry"),
}


class Outcome(StrEnum):
    """What became of a request."""

    CONSENTED = "consented"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OUTCOME_NAMES = {
    Outcome.CONSENTED: _l("Consented to"),
    Outcome.DECLINED: _l("Consent declined"),
    Outcome.WITHDRAWN: _l("Withdrawn"),
}
