"""Vocabulary of the registry."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class State(StrEnum):
    """Where an enterprise stands."""

    DRAFT = "draft"
    IMPORTING = "importing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACTIVE = "active"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    CONFIRM_DUE = "confirm_due"
    STALE = "stale"
    MERGED = "merged"
    REMOVED = "removed"


STATE_NAMES = {
    State.DRAFT: _l("Draft"),
    State.IMPORTING: _l("Being imported"),
    State.SUBMITTED: _l("Awaiting verification"),
    State.RETURNED: _l("Returned for correction"),
    State.ACTIVE: _l("In the registry"),
    State.REFUSED: _l("Refused"),
    State.SUSPENDED: _l("Suspended"),
    State.CONFIRM_DUE: _l("Confirmation due"),
    State.STALE: _l("Out of date"),
    State.MERGED: _l("Merged"),
    State.REMOVED: _l("Removed"),
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
PUBLIC = frozenset({State.ACTIVE, State.CONFIRM_DUE, State.STALE})
TAKES_THE_CODE = frozenset(set(State) - {State.DRAFT, State.REFUSED, State.MERGED, State.REMOVED})


class Role(StrEnum):
    """What a member may do for an enterprise."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class Outcome(StrEnum):
    """How an invitation, an offer or a hand-over code ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    EXPIRED = "expired"


class Origin(StrEnum):
    """How a record came into being."""

    SELF = "self"
    BUREAU = "bureau"
    IMPORTED = "imported"


ORIGIN_NAMES = {
    Origin.SELF: _l("Registered by the enterprise"),
    Origin.BUREAU: _l("Recorded by the bureau"),
    Origin.IMPORTED: _l("Imported by the bureau"),
}


class Decision(StrEnum):
    """What a registry verification ends in."""

    PASS = "pass"
    ADMIT = "admit"
    RETURN = "return"
    REFUSE = "refuse"


DECISION_NAMES = {
    Decision.PASS: _l("Pass on to the city’s review"),
    Decision.ADMIT: _l("Admit to the registry"),
    Decision.RETURN: _l("Return for correction"),
    Decision.REFUSE: _l("Refuse"),
}


class Step(StrEnum):
    """One page of the registration."""

    IDENTITY = "identity"
    PLACE = "place"
    INDUSTRY = "industry"
    PROFILE = "profile"
    CONTACT = "contact"


STEP_NAMES = {
    Step.IDENTITY: _l("Credit code and basic facts"),
    Step.PLACE: _l("District and zone"),
    Step.INDUSTRY: _l("Industry and the four new"),
    Step.PROFILE: _l("Products and introduction"),
    Step.CONTACT: _l("Contacts"),
}
STEP_FIELDS: dict[Step, tuple[str, ...]] = {
    Step.IDENTITY: ("uscc", "name", "name_en", "established_on", "registered_capital"),
    Step.PLACE: ("district", "zone"),
    Step.INDUSTRY: ("industry", "key_industry", "node", "pillars"),
    Step.PROFILE: ("products", "introduction", "website"),
    Step.CONTACT: ("office", "landline", "contact_name", "contact_phone"),
}
OPTIONAL = frozenset({"name_en", "zone", "key_industry", "node", "website"})
PRIVATE = frozenset({"contact_name", "contact_phone"})
FIELDS = tuple(name for names in STEP_FIELDS.values() for name in names)
FIELD_NAMES = {
    "uscc": _l("Unified social credit code"),
    "name": _l("Name of the enterprise"),
    "name_en": _l("English name"),
    "established_on": _l("Established on"),
    "registered_capital": _l("Registered capital"),
    "district": _l("District or county"),
    "zone": _l("Functional zone"),
    "industry": _l("Industry division"),
    "key_industry": _l("Key industry"),
    "node": _l("Place in the chain"),
    "pillars": _l("The four new"),
    "products": _l("Main products"),
    "introduction": _l("Introduction"),
    "website": _l("Website"),
    "office": _l("Public contact: office"),
    "landline": _l("Public contact: landline"),
    "contact_name": _l("Contact person (bureau only)"),
    "contact_phone": _l("Contact phone (bureau only)"),
}


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    WRITING = "writing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


IMPORT_STATE_NAMES = {
    ImportState.UPLOADED: _l("Handed in"),
    ImportState.CHECKING: _l("Being checked"),
    ImportState.CHECKED: _l("Check finished"),
    ImportState.CONFIRMED: _l("Confirmed"),
    ImportState.WRITING: _l("Being written"),
    ImportState.DONE: _l("Written"),
    ImportState.UNDOING: _l("Being undone"),
    ImportState.UNDONE: _l("Undone"),
    ImportState.FAILED: _l("Not readable"),
}
RUNNING = frozenset(
    {ImportState.CHECKING, ImportState.CONFIRMED, ImportState.WRITING, ImportState.UNDOING}
)
HIDING = frozenset({ImportState.WRITING, ImportState.UNDOING})  # its records are shown to nobody


class RowAct(StrEnum):
    """What an import does with a row."""

    CREATE = "create"
    FILL = "fill"
    NONE = "none"


class Existing(StrEnum):
    """What an import does with a record that exists already and differs."""

    KEEP = "keep"
    FILL = "fill"


EXISTING_NAMES = {
    Existing.KEEP: _l("Leave records that exist as they are"),
    Existing.FILL: _l("Fill in what is empty in records that exist, change nothing else"),
}
