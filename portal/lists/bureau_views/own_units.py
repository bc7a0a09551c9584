"""A unit's own pages: what it owes, writing entries for it, handing in and withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import files
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.casework.bureau_views.scans import received
from portal.database import transaction
from portal.lists.actions import submissions as actions
from portal.lists.actions.entries import faults_of, start_entry
from portal.lists.bureau_views.frame import Answer
from portal.lists.forms.units import HandInForm, NilForm, StartForm, WithdrawForm
from portal.lists.models import AddresseeUnit, Entry
from portal.lists.queries.forwarding import count_located, forwarded_by
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.queries.units import (
    SCAN,
    entries_of,
    get_own_unit,
    is_open,
    standings,
    submissions_of,
    units_for,
)
from portal.lists.terms.entries import ENTRY_STATE_NAMES, EntryState
from portal.lists.terms.units import SENT_NAMES, UNIT_STATE_NAMES
from portal.web.filters import in_language
from portal.web.forms import Form, VersionedForm, attempt
from portal.web.redirects import done
from portal.web.uploads import takes_files

blueprint = Blueprint("submissions_bureau", __name__, url_prefix="/bureau/submissions")
acting = officer(Right.CURATE_LISTS)


@blueprint.get("")
@acting
def owed() -> Answer:
    """List what the officer's bodies owe, and what they handed in."""
    return render_template(
        "lists/owed.html", units=standings(units_for(person())), unit_names=UNIT_STATE_NAMES
    )


@blueprint.get("/<int:unit_id>")
@acting
def own_unit(unit_id: int) -> Answer:
    """Show what a unit owes, its entries and its versions."""
    return shown_unit(unit_id, start_form(get_own_unit(person(), unit_id)))


def start_form(unit: AddresseeUnit) -> StartForm:
    """Return the form that begins an entry of the unit."""
    form = StartForm()
    kinds = subtypes(unit.release.edition.kind)
    form.subtype.offer([(kind.slug, in_language(kind)) for kind in kinds])
    return form


def shown_unit(unit_id: int, form: Form, status: int = 200) -> Answer:
    """Return the unit's page."""
    unit = get_own_unit(person(), unit_id)
    versions, entries = submissions_of(unit), entries_of(unit)
    scans = {file.owner_id: file for file in files.files_of(SCAN, [each.id for each in versions])}
    page = render_template(
        "lists/own_unit.html",
        unit=unit,
        edition=unit.release.edition,
        release=unit.release,
        standing=standings([unit])[0],
        entries=entries,
        incomplete={entry.id for entry in entries if is_incomplete(entry)},
        versions=versions,
        scans=scans,
        located=count_located(unit),
        forwarded=forwarded_by(unit),
        form=form,
        is_open=is_open(unit),
        unit_names=UNIT_STATE_NAMES,
        sent_names=SENT_NAMES,
        state_names=ENTRY_STATE_NAMES,
    )
    return page, status


def is_incomplete(entry: Entry) -> bool:
    """Say whether a draft cannot be handed in yet."""
    return entry.state == EntryState.DRAFT and bool(faults_of(entry))


@blueprint.post("/<int:unit_id>/start")
@acting
def start(unit_id: int) -> Answer:
    """Begin an entry of the unit and go to its form."""
    unit = get_own_unit(person(), unit_id)
    form = start_form(unit)
    started: list[Entry] = []

    def begin() -> None:
        subtype = find_subtype(unit.release.edition.kind, form.subtype.data)
        assert subtype is not None
        started.append(start_entry(person(), unit.release, subtype, department=unit.department))

    if not attempt(form, begin):
        return shown_unit(unit_id, form, 422)
    return redirect(url_for("lists_owner.entry", entry_id=started[0].id), 303)


@blueprint.route("/<int:unit_id>/hand-in", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@acting
def hand_in(unit_id: int) -> Answer:
    """Hand in the unit's entries with the stamped scan."""
    unit = get_own_unit(person(), unit_id)
    form = HandInForm(data={"version": unit.version})
    if form.is_submitted() and sent(form, form.scan, actions.hand_in, unit, form.version.data):
        return done(unit_url(unit_id), _("Handed in: the curators see it now"))
    return shown_act("lists/hand_in.html", unit_id, form, entries=entries_of(unit))


@blueprint.route("/<int:unit_id>/nil", methods=["GET", "POST"])
@takes_files(files.LARGEST_EVIDENCE)
@acting
def nil_return(unit_id: int) -> Answer:
    """Hand in that there is nothing to report."""
    unit = get_own_unit(person(), unit_id)
    form = NilForm(data={"version": unit.version})
    if form.is_submitted() and sent(
        form, form.scan, actions.hand_in_nil, unit, form.version.data, form.ground.data or ""
    ):
        return done(unit_url(unit_id), _("The nil return is handed in"))
    return shown_act("lists/nil_return.html", unit_id, form)


def sent(form: VersionedForm, scan: Any, act: Callable[..., object], *given: Any) -> bool:
    """Do one act with the scan that came with its form, if any; a refusal stays in the form."""

    def do() -> None:
        with received(scan.data) as kept, transaction():
            act(person(), *given, kept)

    return attempt(form, do)


@blueprint.route("/<int:unit_id>/withdrawal", methods=["GET", "POST"])
@acting
def withdraw(unit_id: int) -> Answer:
    """Take back what stands handed in, to change it."""
    unit = get_own_unit(person(), unit_id)
    form = WithdrawForm(data={"version": unit.version})
    back: list[int] = []

    def do() -> None:
        reason = form.reason.data or ""
        back.append(actions.withdraw_submission(person(), unit, form.version.data, reason))

    if form.is_submitted() and attempt(form, do):
        said = ngettext(
            "Withdrawn: %(num)d entry is a draft again",
            "Withdrawn: %(num)d entries are drafts again",
            back[0],
        )
        return done(unit_url(unit_id), said)
    return shown_act("lists/withdraw_submission.html", unit_id, form)


def shown_act(template: str, unit_id: int, form: VersionedForm, **more: Any) -> Answer:
    """Return the page of one act of a unit."""
    unit = get_own_unit(person(), unit_id)
    if form.errors or form.form_errors:
        form.version.data = unit.version
    page = render_template(
        template, unit=unit, release=unit.release, form=form, is_open=is_open(unit), **more
    )
    return page, 422 if form.is_submitted() else 200


def unit_url(unit_id: int) -> str:
    """Return a unit's own page."""
    return url_for("submissions_bureau.own_unit", unit_id=unit_id)
