"""Vocabulary of titles."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Level(StrEnum):
    """Who stands behind a title; a threshold such as 省级以上 includes the levels above it."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    CITY = "city"
    OTHER = "other"


LEVEL_NAMES = {
    Level.NATIONAL: _l("National level"),
    Level.PROVINCIAL: _l("Provincial level"),
    Level.CITY: _l("City level"),
    Level.OTHER: _l("Published list"),
}
LEVELS_DOWN = (Level.NATIONAL, Level.PROVINCIAL, Level.CITY, Level.OTHER)


class TitleState(StrEnum):
    """What interrupts a title; whether it is expiring or lapsed follows from the day."""

    SUSPENDED = "suspended"
    REVOKED = "revoked"


class Standing(StrEnum):
    """How a title stands on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


STANDING_NAMES = {
    Standing.VALID: _l("Valid"),
    Standing.EXPIRING: _l("Expiring"),
    Standing.LAPSED: _l("Lapsed"),
    Standing.SUSPENDED: _l("Title suspended"),
    Standing.REVOKED: _l("Revoked"),
}
EXPIRING_DAYS = 180
TITLE_FIELDS = {
    "level": _l("Level"),
    "subject": _l("Product, platform or project"),
    "number": _l("Number"),
    "batch": _l("Batch"),
    "granted_on": _l("Granted on"),
    "valid_from": _l("Valid from"),
    "valid_until": _l("Valid until"),
    "source_title": _l("Source document: title"),
    "source_number": _l("Source document: number"),
    "source_date": _l("Source document: date"),
    "source_url": _l("Source document: address"),
}


class ClaimOutcome(StrEnum):
    """What became of a claimed title."""

    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CLAIM_OUTCOME_NAMES = {
    ClaimOutcome.VERIFIED: _l("Verified"),
    ClaimOutcome.REFUSED: _l("Not verified"),
    ClaimOutcome.WITHDRAWN: _l("Withdrawn"),
}
CLAIMED = _l("Claimed, to be verified")
