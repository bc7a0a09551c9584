"""The pages of a record for its members: one line each, drawn beside the record."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.frame import blueprint
from portal.enterprises.rules.states import IN_THE_REGISTRY, WITH_PERIODS
from portal.enterprises.terms.record import State
from portal.enterprises.views.pages_of_record import Pages, Tab, tabs_of

PLACES: Pages = (
    ("enterprises_owner.tasks", _l("This record")),
    ("enterprises_owner.confirmation", _l("Yearly confirmation")),
    ("enterprises_owner.members", _l("Members")),
    ("enterprises_owner.figures", _l("Yearly figures")),
    ("enterprises_owner.presence", _l("Places, products, contacts")),
    ("matching_owner.opportunities", _l("Related opportunities")),
    ("enterprises_owner.evidence", _l("Evidence")),
    ("classification_owner.passport", _l("Title passport")),
    ("classification_owner.titles", _l("Titles and qualifications")),
    ("enterprises_owner.standing", _l("Registry standing")),
    ("enterprises_owner.letters", _l("Letters")),
    ("enterprises_owner.changes", _l("Changes")),
    ("directory_preview.preview", _l("Public preview")),
    ("enterprises_owner.trail", _l("What happened so far")),
)
# Pages that a record has only in some states; all others it has always.
IN_STATES: dict[str, frozenset[State]] = {
    "enterprises_owner.changes": WITH_PERIODS,
    "enterprises_owner.standing": WITH_PERIODS,
    "enterprises_owner.confirmation": IN_THE_REGISTRY,
    "matching_owner.opportunities": IN_THE_REGISTRY,
    "classification_owner.titles": IN_THE_REGISTRY,
    "classification_owner.passport": IN_THE_REGISTRY,
}


@blueprint.context_processor
def record_places() -> dict[str, object]:
    """Give a member's pages `places_of(enterprise)`: (label, address, is current)."""
    return {"places_of": places_of}


def places_of(enterprise: Enterprise) -> list[Tab]:
    """Return the pages of a record: label, address, whether it is the one shown."""
    return tabs_of(enterprise, PLACES, IN_STATES)
