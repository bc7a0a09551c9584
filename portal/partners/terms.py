"""Vocabulary of partner organisations."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class PartnerKind(StrEnum):
    """What a partner organisation is."""

    ENTERPRISE = "enterprise"
    INSTITUTE = "institute"
    UNIVERSITY = "university"
    ASSOCIATION = "association"
    SERVICE = "service"


class Standing(StrEnum):
    """What the bureau found when it looked at a partner organisation."""

    UNSEEN = "unseen"
    VERIFIED = "verified"
    FLAGGED = "flagged"


KIND_NAMES = {
    PartnerKind.ENTERPRISE: _l("Enterprise from outside the city"),
    PartnerKind.INSTITUTE: _l("Research institute"),
    PartnerKind.UNIVERSITY: _l("University or college"),
    PartnerKind.ASSOCIATION: _l("Association or chamber"),
    PartnerKind.SERVICE: _l("Service provider"),
}
STANDING_NAMES = {
    Standing.UNSEEN: _l("Not looked at yet"),
    Standing.VERIFIED: _l("Checked by the bureau"),
    Standing.FLAGGED: _l("Doubtful"),
}
FIELD_NAMES = {
    "uscc": _l("Unified social credit code"),
    "name": _l("Name of the organisation"),
    "kind": _l("Kind of organisation"),
    "province": _l("Province of registration"),
    "city": _l("City of registration"),
}
FIELDS = tuple(FIELD_NAMES)
EDITABLE = ("name", "kind", "province", "city")
MOST_PARTNERS = 5
PARTNER_ACTS = {
    "register_partner": _l("Partner organisation registered"),
    "edit_partner": _l("Partner organisation edited"),
    "verify_partner": _l("Partner organisation verified"),
    "flag_partner": _l("Partner organisation flagged"),
}
