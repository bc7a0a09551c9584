"""Vocabulary of changes to what was verified."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.enterprises.terms.record import FIELD_NAMES


class Reason(StrEnum):
    """Why verified facts change."""

    RENAMED = "renamed"
    MOVED = "moved"
    CAPITAL = "capital"
    REORGANISED = "reorganised"
    LEGAL_FORM = "legal_form"
    BUSINESS = "business"
    CORRECTION = "correction"


REASON_NAMES = {
    Reason.RENAMED: _l("Change of name"),
    Reason.MOVED: _l("Move to another district or zone"),
    Reason.CAPITAL: _l("Change of the registered capital"),
    Reason.REORGANISED: _l("Merger or division"),
    Reason.LEGAL_FORM: _l("Change of the legal form"),
    Reason.BUSINESS: _l("Change of the main business"),
    Reason.CORRECTION: _l("Correction of what was entered wrongly"),
}


class ChangeState(StrEnum):
    """Where a report of a change stands."""

    DUE = "due"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CHANGE_STATE_NAMES = {
    ChangeState.DUE: _l("To be reported"),
    ChangeState.SUBMITTED: _l("Awaiting verification"),
    ChangeState.RETURNED: _l("Returned for correction"),
    ChangeState.ACCEPTED: _l("Change accepted"),
    ChangeState.REFUSED: _l("Change refused"),
    ChangeState.WITHDRAWN: _l("Report withdrawn"),
}
WITH_THE_ENTERPRISE = frozenset({ChangeState.DUE, ChangeState.RETURNED})


class Verdict(StrEnum):
    """What an officer decides on a report."""

    ACCEPT = "accept"
    RETURN = "return"
    REFUSE = "refuse"


VERDICT_NAMES = {
    Verdict.ACCEPT: _l("Accept the change"),
    Verdict.RETURN: _l("Return for correction"),
    Verdict.REFUSE: _l("Refuse the change"),
}
EVIDENCE_KIND = "change_request"
EVIDENCE = "evidence"

# Reported beside the record's own facts: where it is registered stands among its places.
ADDRESS = "registered_address"
ITEM_NAMES = {**FIELD_NAMES, ADDRESS: _l("Registered address")}
