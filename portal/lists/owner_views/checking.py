"""Checking an entry once more and sending it in; withdrawing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person, signed_in
from portal.errors import Refused
from portal.lists import facts
from portal.lists.actions import continuing
from portal.lists.actions import entries as entry_actions
from portal.lists.actions.entries import faults_of
from portal.lists.filling import shown_sections
from portal.lists.forms.acts import ActForm
from portal.lists.models import AddresseeUnit, Entry
from portal.lists.owner_views.frame import (
    WITHDRAWABLE,
    Answer,
    blueprint,
    entry_url,
)
from portal.lists.queries.claims import unfounded_claims
from portal.lists.queries.continuing import call_to_continue
from portal.lists.queries.own import get_own_entry
from portal.lists.queries.units import find_unit
from portal.lists.terms.entries import EDITABLE, EntryState


@blueprint.get("/<int:entry_id>/check")
@signed_in
def check_entry(entry_id: int) -> Answer:
    """Show the entry before it is sent in."""
    found = get_own_entry(person(), entry_id)
    if found.state not in EDITABLE:
        return redirect(entry_url(entry_id), 303)
    return shown_check(found, ActForm(formdata=None, data={"version": found.version}))


def shown_check(found: Entry, form: ActForm, status: int = 200) -> Answer:
    """Return the check page with what still keeps the entry from being sent in."""
    page = render_template(
        "lists/check_entry.html",
        entry=found,
        form=form,
        groups=shown_sections(found),
        faults=placed_faults(found),
        claims=unfounded_claims(found, clock.today()),
        unit=unit_of(found),
    )
    return page, status


def unit_of(found: Entry) -> AddresseeUnit | None:
    """Return the unit with whose submission a draft is handed in, None for every other entry."""
    if found.state != EntryState.DRAFT:
        return None
    return find_unit(found.release_id, found.department_id)


def placed_faults(found: Entry) -> list[tuple[str, str]]:
    """Return (section, message) of what keeps an entry from being sent in."""
    faults = faults_of(found)
    return [
        (section.slug, faults[name])
        for section in facts.sections_of(found)
        for name in section.labels
        if name in faults
    ]


@blueprint.post("/<int:entry_id>/submit")
@signed_in
def submit_entry(entry_id: int) -> Answer:
    """Send an entry in for selection."""
    return act(entry_id, "submit", _("The entry is sent in; you are told of the decision by mail"))


@blueprint.get("/<int:entry_id>/withdrawal")
@signed_in
def withdrawal(entry_id: int) -> Answer:
    """Say what withdrawing means before it is done."""
    found = get_own_entry(person(), entry_id)
    if found.state not in WITHDRAWABLE:
        return redirect(entry_url(entry_id), 303)
    form = ActForm(formdata=None, data={"version": found.version})
    return render_template("lists/withdrawal.html", entry=found, form=form)


@blueprint.post("/<int:entry_id>/withdraw")
@signed_in
def withdraw_entry(entry_id: int) -> Answer:
    """Take an entry back."""
    return act(entry_id, "withdraw", _("The entry is withdrawn"))


ACTS = {"submit": entry_actions.submit_entry, "withdraw": entry_actions.withdraw_entry}


def act(entry_id: int, name: str, done: str) -> Answer:
    """Do one act on an entry as it was seen, then show it; a refusal shows it again."""
    found = get_own_entry(person(), entry_id)
    form = ActForm()
    try:
        if form.validate():
            ACTS[name](person(), found, form.version.data)
            flash(done, "good")
            return redirect(url_for("lists_owner.entry", entry_id=entry_id), 303)
    except Refused as refusal:
        form = ActForm(formdata=None, data={"version": found.version})
        form.refuse(refusal)
    return shown_check(get_own_entry(person(), entry_id), form, 422)


@blueprint.post("/<int:entry_id>/continue")
@signed_in
def continue_entry(entry_id: int) -> Answer:
    """Carry a published entry on into this year's list."""
    found = get_own_entry(person(), entry_id)
    draft = continuing.continue_entry(person(), found, call_to_continue(found))
    flash(_("A draft carries it on: give its dates and files anew, then send it in"), "good")
    return redirect(entry_url(draft.id), 303)
