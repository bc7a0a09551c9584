"""The three lists, and who publishes in them."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Kind(StrEnum):
    """The three lists."""

    OPPORTUNITY = "opportunity"
    SUPPLY = "supply"
    CASE = "case"


KIND_NAMES = {
    Kind.OPPORTUNITY: _l("Opportunity list"),
    Kind.SUPPLY: _l("Supply list"),
    Kind.CASE: _l("Cases"),
}


DATED_KINDS = frozenset({Kind.OPPORTUNITY, Kind.SUPPLY})


class PublisherKind(StrEnum):
    """Who publishes an entry, as the public filters it."""

    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"
    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"


PUBLISHER_KIND_NAMES = {
    PublisherKind.CITY: _l("City department"),
    PublisherKind.COUNTY: _l("District or county government"),
    PublisherKind.ZONE: _l("Zone committee"),
    PublisherKind.ENTERPRISE: _l("Enterprise"),
    PublisherKind.INSTITUTION: _l("Institution"),
}
