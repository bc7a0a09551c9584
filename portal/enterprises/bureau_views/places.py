"""The pages of a record for officers: one line each, drawn above the record."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.bureau_views.frame import blueprint
from portal.enterprises.models import Enterprise
from portal.enterprises.rules.states import IN_THE_REGISTRY, WITH_PERIODS
from portal.enterprises.terms.record import State
from portal.enterprises.views.pages_of_record import Pages, Tab, tabs_of

PLACES: Pages = (
    ("enterprises_bureau.review", _l("Verification")),
    ("enterprises_bureau.hand_over", _l("Members and hand-over")),
    ("enterprises_bureau.figures", _l("Figures and evidence")),
    ("classification_bureau.passport", _l("Title passport")),
    ("enterprises_bureau.presence", _l("Places, products, needs")),
    ("enterprises_bureau.contacts", _l("Named contacts")),
    ("enterprises_bureau.standing", _l("Registry standing")),
    ("enterprises_bureau.changes", _l("Changes")),
    ("enterprises_bureau.merge", _l("Merge")),
)
# Pages that a record has only in some states; all others it has always.
IN_STATES: dict[str, frozenset[State]] = {
    "classification_bureau.passport": IN_THE_REGISTRY,
    "enterprises_bureau.merge": WITH_PERIODS,
    "enterprises_bureau.changes": WITH_PERIODS,
    "enterprises_bureau.standing": WITH_PERIODS,
}


@blueprint.context_processor
def record_places() -> dict[str, object]:
    """Give an officer's pages `places_of(enterprise)`: (label, address, is current)."""
    return {"places_of": places_of}


def places_of(enterprise: Enterprise) -> list[Tab]:
    """Return the pages of a record: label, address, whether it is the one shown."""
    return tabs_of(enterprise, PLACES, IN_STATES)
