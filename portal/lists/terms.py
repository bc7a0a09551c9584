"""Vocabulary of the annual lists."""

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


class EditionState(StrEnum):
    """Where a release of an edition stands."""

    PLANNED = "planned"
    CALL_OPEN = "call_open"
    CALL_CLOSED = "call_closed"
    CURATING = "curating"
    CONSULTING = "consulting"
    NOTICED = "noticed"
    COSIGN = "cosign"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


EDITION_STATE_NAMES = {
    EditionState.PLANNED: _l("Planned"),
    EditionState.CALL_OPEN: _l("Call open"),
    EditionState.CALL_CLOSED: _l("Call closed"),
    EditionState.CURATING: _l("Curating"),
    EditionState.CONSULTING: _l("Consulting"),
    EditionState.NOTICED: _l("Under public notice"),
    EditionState.COSIGN: _l("Co-signing"),
    EditionState.SCHEDULED: _l("Scheduled"),
    EditionState.PUBLISHED: _l("Public"),
    EditionState.ARCHIVED: _l("Archived"),
    EditionState.CANCELLED: _l("Cancelled"),
    EditionState.WITHDRAWN: _l("Withdrawn"),
}
PUBLIC_STATES = frozenset({EditionState.PUBLISHED, EditionState.ARCHIVED})
CURATED_STATES = frozenset(
    {EditionState.CALL_OPEN, EditionState.CALL_CLOSED, EditionState.CURATING}
)
SIGNED_STATES = frozenset({EditionState.COSIGN, EditionState.SCHEDULED})


class EntryState(StrEnum):
    """Where an entry stands before its release."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"


ENTRY_STATE_NAMES = {
    EntryState.DRAFT: _l("Draft"),
    EntryState.SUBMITTED: _l("Awaiting selection"),
    EntryState.RETURNED: _l("Returned for correction"),
    EntryState.ACCEPTED: _l("Accepted"),
    EntryState.NOT_SELECTED: _l("Not selected"),
    EntryState.WITHDRAWN: _l("Withdrawn"),
}
EDITABLE = frozenset({EntryState.DRAFT, EntryState.RETURNED})
SENT = frozenset(set(EntryState) - {EntryState.DRAFT, EntryState.WITHDRAWN})
UNDECIDED = frozenset({EntryState.SUBMITTED, EntryState.RETURNED})


class Decision(StrEnum):
    """What a curator decides on a submitted entry."""

    ACCEPT = "accept"
    RETURN = "return"
    DECLINE = "decline"


DECISION_NAMES = {
    Decision.ACCEPT: _l("Accept into the list"),
    Decision.RETURN: _l("Return for correction"),
    Decision.DECLINE: _l("Decline"),
}


class Life(StrEnum):
    """What a published entry has come to; `expired` also follows from its closing date."""

    OPEN = "open"
    IN_TALKS = "in_talks"
    MATCHED = "matched"
    FULFILLED = "fulfilled"
    CONTINUED = "continued"
    EXPIRED = "expired"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


LIFE_NAMES = {
    Life.OPEN: _l("Open"),
    Life.IN_TALKS: _l("In talks"),
    Life.MATCHED: _l("Matched"),
    Life.FULFILLED: _l("Fulfilled"),
    Life.CONTINUED: _l("Continued"),
    Life.EXPIRED: _l("Past its closing date"),
    Life.CLOSED: _l("Closed"),
    Life.WITHDRAWN: _l("Withdrawn"),
}


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


class SignWay(StrEnum):
    """How a lead body signed: in the system, or on paper and recorded."""

    SYSTEM = "system"
    PAPER = "paper"


SIGN_WAY_NAMES = {
    SignWay.SYSTEM: _l("In the system"),
    SignWay.PAPER: _l("On paper"),
}


class FieldType(StrEnum):
    """The types of a subtype's fields."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    URL = "url"
    LIST = "list"


TERM_FIELDS = ("field", "district", "zone")
TIME_FIELDS = ("standing", "opens_on", "closes_on")
COMMON_FIELDS = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    *TERM_FIELDS,
    *TIME_FIELDS,
    "office",
    "landline",
)
OFFICER_FIELDS = (
    "provider_name",
    "provider_name_en",
    "leads",
    "cooperating",
    "basis",
    "quote",
)
DETAIL_PREFIX = "details_"
FIELD_NAMES = {
    "title": _l("Title"),
    "title_en": _l("English title"),
    "summary": _l("Summary"),
    "summary_en": _l("English summary"),
    "field": _l("Field"),
    "district": _l("District or county"),
    "zone": _l("Functional zone"),
    "standing": _l("Standing"),
    "opens_on": _l("Open from"),
    "closes_on": _l("Closing date"),
    "office": _l("Public contact: office"),
    "landline": _l("Public contact: landline"),
    "provider_name": _l("Institution, where it is not the department itself"),
    "provider_name_en": _l("English name of the institution"),
    "leads": _l("Lead bodies"),
    "cooperating": _l("Cooperating bodies"),
    "basis": _l("Basis"),
    "quote": _l("Words of the basis"),
}
REQUIRED = {
    "title": _l("Enter the title"),
    "summary": _l("Enter a summary"),
    "field": _l("Choose the field"),
    "office": _l("Enter the office the public may call"),
    "landline": _l("Enter the landline of that office"),
}
LONGEST = {
    "title": 120,
    "title_en": 240,
    "summary": 500,
    "summary_en": 1000,
    "office": 60,
    "landline": 40,
    "provider_name": 120,
    "provider_name_en": 200,
    "basis": 300,
    "quote": 2000,
}
