"""A record that was imported and never sent in: its facts as the bureau recorded them."""

from __future__ import annotations

from flask import render_template

from portal.enterprises import facts
from portal.enterprises.bureau_views.frame import Answer
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import FIELD_NAMES, ORIGIN_NAMES, PRIVATE, STATE_NAMES, Origin
from portal.web.filters import in_language


def shown_imported(enterprise: Enterprise) -> Answer:
    """Return the officer's page of a record without any submission."""
    return render_template(
        "enterprises/imported.html",
        enterprise=enterprise,
        rows=[
            (label, facts.shown(getattr(enterprise, name), in_language))
            for name, label in FIELD_NAMES.items()
            if name not in PRIVATE
        ],
        origin=ORIGIN_NAMES[Origin(enterprise.origin)],
        state_names=STATE_NAMES,
    )
