"""Which enterprises may take an opportunity up, for officers who have to do with lists."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from portal.errors import NotFound
from portal.lists.bureau_views.entry_page import get_sent
from portal.lists.bureau_views.frame import reader
from portal.lists.terms.kinds import Kind
from portal.matching.suggesting import enterprises_for
from portal.matching.words import reason_words

blueprint = Blueprint("matching_bureau", __name__, url_prefix="/bureau/editions")


@blueprint.get("/entries/<int:entry_id>/enterprises")
@reader
def entry_enterprises(entry_id: int) -> str:
    """Show officers which enterprises may take an opportunity up, and why."""
    found = get_sent(entry_id)
    if found.subtype.kind != Kind.OPPORTUNITY:
        raise NotFound
    return render_template(
        "matching/entry_enterprises.html",
        entry=found,
        layout="layouts/bureau.html",
        back=url_for("lists_bureau.review_entry", entry_id=found.id),
        suggested=enterprises_for(found),
        reason_words=reason_words,
    )
