"""Vocabulary of what changes after a release: corrections and withdrawals, in the open."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class ErratumKind(StrEnum):
    """What a change after release is."""

    CORRECTION = "correction"
    MINOR = "minor"
    WITHDRAWAL = "withdrawal"


ERRATUM_KIND_NAMES = {
    ErratumKind.CORRECTION: _l("Correction"),
    ErratumKind.MINOR: _l("Minor typing error"),
    ErratumKind.WITHDRAWAL: _l("Withdrawal"),
}
CORRECTIONS = (ErratumKind.CORRECTION, ErratumKind.MINOR)


class ErratumState(StrEnum):
    """Where a change after release stands."""

    PROPOSED = "proposed"
    ISSUED = "issued"
    REJECTED = "rejected"


ERRATUM_STATE_NAMES = {
    ErratumState.PROPOSED: _l("Awaiting a second officer’s consent"),
    ErratumState.ISSUED: _l("Issued"),
    ErratumState.REJECTED: _l("Not consented to"),
}
EDITION_FIELDS = ("title_zh", "title_en", "foreword_zh", "foreword_en")
ISSUE_FIELDS = ("document_no", "dated_on")
RELEASE_FIELD_NAMES = {
    "title_zh": _l("Title in Chinese"),
    "title_en": _l("Title in English"),
    "foreword_zh": _l("Foreword in Chinese"),
    "foreword_en": _l("Foreword in English"),
    "document_no": _l("Document number"),
    "dated_on": _l("Date of issue"),
}
