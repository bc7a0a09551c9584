"""The alerts of somebody signed in."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from portal.accounts.access import person, signed_in
from portal.alerts.links import token_of
from portal.alerts.queries import alerts_of
from portal.alerts.terms import RHYTHM_NAMES, STANDING_NAMES

blueprint = Blueprint("alerts_owner", __name__, url_prefix="/my/alerts")


@blueprint.get("")
@signed_in
def alerts() -> str | Response:
    """List what one is told of; each leads to where it is changed or stopped."""
    found = [(alert, token_of(alert.id)) for alert in alerts_of(person())]
    return render_template(
        "alerts/alerts.html",
        alerts=found,
        standing_names=STANDING_NAMES,
        rhythm_names=RHYTHM_NAMES,
    )
