"""Giving a score to an entry, and standing aside."""

from __future__ import annotations

from functools import partial

from flask_babel import gettext as _

from portal.accounts.access import person
from portal.casework.score_forms import ConflictForm, score_form
from portal.lists.actions import scores as actions
from portal.lists.bureau_views.entry_page import get_sent, review_url, sheet_of, shown_review
from portal.lists.bureau_views.frame import Answer, blueprint, curator
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.post("/entries/<int:entry_id>/score")
@curator
def score_entry(entry_id: int) -> Answer:
    """Keep what the officer gives on the sheet."""
    entry = get_sent(entry_id)
    sheet = sheet_of(entry)
    form = score_form(sheet)()
    answers = {line["id"]: form[line["id"]].data for line in sheet}
    act = partial(actions.score_entry, person(), entry)
    if not attempt(form, lambda: act(form.version.data, answers, form["remarks"].data or "")):
        return shown_review(get_sent(entry_id), form)
    return done(review_url(entry_id), _("Your score is kept"))


@blueprint.post("/entries/<int:entry_id>/conflict")
@curator
def declare_entry_conflict(entry_id: int) -> Answer:
    """Declare a conflict of interest."""
    entry, form = get_sent(entry_id), ConflictForm()
    act = partial(actions.declare_conflict, person(), entry)
    if not attempt(form, lambda: act(form.conflict.data or "")):
        return shown_review(get_sent(entry_id), form)
    return done(review_url(entry_id), _("Declared: another officer decides on it"))
