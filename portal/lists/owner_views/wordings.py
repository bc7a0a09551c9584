"""A submitter's answer to a proposed public wording."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import person, signed_in
from portal.errors import Refused
from portal.lists import facts
from portal.lists.actions.wordings import answer_wording as answer
from portal.lists.forms.wordings import CONSENT, WordingAnswerForm
from portal.lists.models import Entry, EntryWording
from portal.lists.owner_views.frame import Answer, blueprint
from portal.lists.queries.own import get_own_entry
from portal.lists.queries.wordings import get_wording
from portal.lists.rules.wordings import pieces
from portal.lists.terms.wordings import WORDING_STATE_NAMES, WordingState

WORDING = "/<int:entry_id>/wordings/<int:wording_id>"


@blueprint.get(WORDING)
@signed_in
def wording(entry_id: int, wording_id: int) -> Answer:
    """Show a proposed wording beside the one sent in, and the form to answer."""
    entry = get_own_entry(person(), entry_id)
    found = get_wording(entry, wording_id)
    return shown(entry, found, WordingAnswerForm(data={"version": found.version}))


def shown(entry: Entry, found: EntryWording, form: WordingAnswerForm, status: int = 200) -> Answer:
    """Return the page of a proposed wording."""
    page = render_template(
        "lists/own_wording.html",
        entry=entry,
        wording=found,
        labels=facts.labels(entry),
        form=form,
        is_waiting=found.state == WordingState.PROPOSED,
        state_names=WORDING_STATE_NAMES,
        pieces=pieces,
    )
    return page, status


@blueprint.post(WORDING + "/answer")
@signed_in
def answer_wording(entry_id: int, wording_id: int) -> Answer | Response:
    """Consent to a wording, or object to it."""
    entry = get_own_entry(person(), entry_id)
    found, form = get_wording(entry, wording_id), WordingAnswerForm()
    good = form.validate()
    objects = good and form.answer.data != CONSENT
    if objects and not (form.objection.data or "").strip():
        form.objection.errors = [_("Say what speaks against it")]
        good = False
    if good:
        try:
            words = form.objection.data or "" if objects else ""
            answer(person(), entry, found, form.version.data, words)
            flash(_("Your answer is with the curators"), "good")
            return redirect(url_for("lists_owner.entry", entry_id=entry_id), 303)
        except Refused as refusal:
            form.refuse(refusal)
    again = get_own_entry(person(), entry_id)
    return shown(again, get_wording(again, wording_id), form, 422)
