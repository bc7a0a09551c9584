"""Vocabulary of accounts."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class IdentifierKind(StrEnum):
    """How a person is known; kept apart from how they prove it."""

    MAIL = "mail"
    PHONE = "phone"
    EXTERNAL = "external"


class CredentialKind(StrEnum):
    """How a person proves who they are."""

    PASSWORD = "password"


class Purpose(StrEnum):
    """What a one-time link is for."""

    CONFIRM = "confirm"
    RESET = "reset"


class Right(StrEnum):
    """What an officer may do, each given for a department and a district or the whole city."""

    REVIEW_ENTERPRISES = "review_enterprises"
    RECOGNISE = "recognise"
    CURATE_LISTS = "curate_lists"
    SIGN_LISTS = "sign_lists"
    REPORT_FIGURES = "report_figures"
    PUBLISH_NOTICES = "publish_notices"
    ADMINISTER = "administer"
    AUDIT = "audit"


RIGHT_NAMES = {
    Right.REVIEW_ENTERPRISES: _l("Review enterprises"),
    Right.RECOGNISE: _l("Record titles"),
    Right.CURATE_LISTS: _l("Curate lists"),
    Right.SIGN_LISTS: _l("Sign lists"),
    Right.REPORT_FIGURES: _l("Report figures"),
    Right.PUBLISH_NOTICES: _l("Publish notices"),
    Right.ADMINISTER: _l("Administer"),
    Right.AUDIT: _l("Audit"),
}
