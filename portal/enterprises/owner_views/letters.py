"""The letters of decisions about a record, for its members."""

from __future__ import annotations

from flask import render_template

from portal.accounts.access import person, signed_in
from portal.casework.letter_words import letter_title
from portal.casework.queries import letters_to
from portal.casework.terms import MATTER_NAMES
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries.members import get_own


@blueprint.get("/<int:enterprise_id>/letters")
@signed_in
def letters(enterprise_id: int) -> Answer:
    """List the letters of decisions, newest first."""
    enterprise = get_own(person(), enterprise_id)
    return render_template(
        "enterprises/letters.html",
        enterprise=enterprise,
        letters=letters_to(enterprise_id),
        letter_title=letter_title,
        matter_names=MATTER_NAMES,
    )
