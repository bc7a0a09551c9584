"""What acts and kinds of row in the trail are called; what has no name here shows its code."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal.accounts.terms import PEOPLE_ACTS

Names = Mapping[str, object]
ACTS: Names = PEOPLE_ACTS | {
    "start_draft": _l("Draft opened"),
    "save_step": _l("Facts saved"),
    "submit": _l("Submitted"),
    "admit": _l("Admitted to the registry"),
    "return": _l("Returned for correction"),
    "refuse": _l("Refused"),
    "claim": _l("Somebody asked to act for the enterprise"),
    "accept_claim": _l("Request accepted"),
    "refuse_claim": _l("Request refused"),
    "confirm": _l("Facts confirmed"),
    "confirm_due": _l("Confirmation due"),
    "stale": _l("Out of date"),
    "change_role": _l("Role of a member changed"),
    "remove_member": _l("Member removed"),
    "leave": _l("Member left"),
    "open_case": _l("Case opened"),
    "advance_case": _l("Case passed on"),
    "close_case": _l("Case closed"),
    "release_case": _l("Case released"),
    "open_edition": _l("Edition opened"),
    "open_release": _l("Release opened"),
    "describe_release": _l("Release described"),
    "publish_release": _l("Release published"),
    "start_entry": _l("Entry begun"),
    "save_entry": _l("Entry saved"),
    "order_entries": _l("Entries put in order"),
    "mark_life": _l("State of an entry changed"),
    "record_observation": _l("Value recorded"),
    "approve_observation": _l("Value approved"),
    "withdraw_title": _l("Title withdrawn"),
    "store_file": _l("File stored"),
    "open_file": _l("File opened"),
    "remove_file": _l("File removed"),
    "register_partner": _l("Partner organisation registered"),
    "edit_partner": _l("Partner organisation edited"),
    "verify_partner": _l("Partner organisation verified"),
    "flag_partner": _l("Partner organisation flagged"),
}
KINDS: Names = {
    "enterprise": _l("Enterprise"),
    "person": _l("Person"),
    "partner": _l("Partner organisation"),
    "edition": _l("Edition"),
    "release": _l("Release"),
    "entry": _l("Entry"),
    "sign_off": _l("Sign-off"),
    "title": _l("Title"),
    "policy": _l("Policy"),
    "observation": _l("Observation"),
    "stored_file": _l("File"),
    "work_case": _l("Case"),
}


def name_of(names: Names, code: str) -> object:
    """Return the name of an act or kind, its code where it has none."""
    return names.get(code, code)
