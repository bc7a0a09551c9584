"""A submitter's pages: own entries, writing one, checking it, sending it in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import person, signed_in
from portal.audit import trail_of
from portal.enterprises.queries.members import get_own
from portal.errors import ChangedSinceOpened, NotAllowed, NotFound, Refused
from portal.lists import facts, filling
from portal.lists.actions import entries as entry_actions
from portal.lists.actions.entries import Incomplete, faults_of
from portal.lists.forms.acts import ActForm
from portal.lists.forms.entries import StartEntryForm
from portal.lists.forms.entry import EntryForm
from portal.lists.models import Entry, Release
from portal.lists.queries.calls import open_calls, takes_entries
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import decisions_on, find_last_decision
from portal.lists.queries.own import enterprises_for, get_own_entry, own_entries
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.terms.entries import EDITABLE, ENTRY_STATE_NAMES, LIFE_NAMES, Decision, EntryState
from portal.lists.terms.kinds import KIND_NAMES
from portal.web.filters import in_language

blueprint = Blueprint("lists_owner", __name__, url_prefix="/my/entries")


Answer = str | Response | tuple[str, int]


WITHDRAWABLE = EDITABLE | {EntryState.SUBMITTED}


@blueprint.get("")
@signed_in
def entries() -> Answer:
    """List the person's entries and the calls that are open."""
    return render_template(
        "lists/entries.html",
        entries=own_entries(person()),
        calls=open_calls(),
        may_enter=bool(enterprises_for(person())),
        kind_names=KIND_NAMES,
        state_names=ENTRY_STATE_NAMES,
        life_names=LIFE_NAMES,
    )


@blueprint.get("/calls/<int:release_id>")
@signed_in
def new_entry(release_id: int) -> Answer:
    """Ask which kind of entry it is and whose."""
    return shown_start(get_call(release_id), start_form(get_call(release_id)))


@blueprint.post("/calls/<int:release_id>/start")
@signed_in
def start_entry(release_id: int) -> Answer:
    """Open a draft and go to its form."""
    release = get_call(release_id)
    if not enterprises_for(person()):
        raise NotAllowed(_("Only owners and editors of the enterprise may send in its entries"))
    form = start_form(release)
    if not form.validate():
        return shown_start(release, form, 422)
    subtype = find_subtype(release.edition.kind, form.subtype.data)
    enterprise = get_own(person(), int(form.publisher.data))
    if subtype is None:
        raise NotFound
    try:
        entry = entry_actions.start_entry(person(), release, subtype, enterprise=enterprise)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_start(get_call(release_id), form, 422)
    return redirect(url_for("lists_owner.edit_entry", entry_id=entry.id), 303)


def get_call(release_id: int) -> Release:
    """Return a release whose call is open today; raises NotFound."""
    release = get_release(release_id)
    if not takes_entries(release):
        raise NotFound
    return release


def start_form(release: Release) -> StartEntryForm:
    """Return the form with the kinds of this list and the person's enterprises."""
    form = StartEntryForm()
    kinds = subtypes(release.edition.kind)
    form.subtype.offer([(kind.slug, in_language(kind)) for kind in kinds])
    own = [(str(e.id), e.name) for e in enterprises_for(person())]
    form.publisher.offer(own if len(own) == 1 else [("", _("Choose")), *own])
    return form


def shown_start(release: Release, form: StartEntryForm, status: int = 200) -> Answer:
    """Return the page that begins an entry."""
    page = render_template(
        "lists/new_entry.html",
        release=release,
        form=form,
        subtypes=subtypes(release.edition.kind),
        may_enter=bool(enterprises_for(person())),
    )
    return page, status


@blueprint.get("/<int:entry_id>")
@signed_in
def entry(entry_id: int) -> Answer:
    """Show an entry as it stands, with what was decided and what may be done next."""
    found = get_own_entry(person(), entry_id)
    return render_template(
        "lists/entry.html",
        entry=found,
        rows=shown_facts(found),
        labels=facts.labels(found),
        decisions=decisions_on(found),
        events=trail_of("entry", found.id),
        state_names=ENTRY_STATE_NAMES,
        life_names=LIFE_NAMES,
        is_editable=found.state in EDITABLE,
        may_withdraw=found.state in WITHDRAWABLE,
    )


def shown_facts(found: Entry) -> list[tuple[str, object]]:
    """Return (label, value) of an entry as a person reads them."""
    values = facts.facts_of(found)
    names = filling.names_in(facts.slugs_in(values), in_language)
    words = facts.readable(found, values, names)
    return [(label, words[name]) for name, label in facts.labels(found).items()]


@blueprint.get("/<int:entry_id>/edit")
@signed_in
def edit_entry(entry_id: int) -> Answer:
    """Show the form of an entry; reasons of a return stand at their fields."""
    found = get_own_entry(person(), entry_id)
    if found.state not in EDITABLE:
        return redirect(entry_url(entry_id), 303)
    form = filling.filled_form(found, in_language)
    for name, why in open_reasons(found).items():
        if name in form:
            form[name].errors = [why]
    return shown_form(found, form)


def open_reasons(found: Entry) -> dict[str, str]:
    """Return the reasons of the last return for fields still as they were sent."""
    last = find_last_decision(found)
    if found.state != EntryState.RETURNED or last is None or last.decision != Decision.RETURN:
        return {}
    changed = facts.differences(last.facts, facts.facts_of(found))
    return {name: why for name, why in last.reasons.items() if name not in changed}


@blueprint.post("/<int:entry_id>/save")
@signed_in
def save_entry(entry_id: int) -> Answer:
    """Save an entry and go on to checking it, or back when it is to be filled in later."""
    found = get_own_entry(person(), entry_id)
    form = filling.filled_form(found, in_language)
    later = "later" in request.form
    if not filling.is_valid(form, found, later=later):
        return shown_form(found, form, 422)
    try:
        values = filling.values_of(form, found)
        entry_actions.save_entry(person(), found, values, form.version.data)
    except Refused as refusal:
        return refused_form(entry_id, form, refusal)
    flash(_("Saved"), "good")
    if later:
        return redirect(entry_url(entry_id), 303)
    return redirect(url_for("lists_owner.check_entry", entry_id=entry_id), 303)


def refused_form(entry_id: int, form: EntryForm, refusal: Refused) -> Answer:
    """Return the form with the refusal; an out-of-date form takes the present version."""
    found = get_own_entry(person(), entry_id)
    if isinstance(refusal, Incomplete):
        for name, said in refusal.faults.items():
            form.refuse(Refused(said, name))
    else:
        form.refuse(refusal)
    if isinstance(refusal, ChangedSinceOpened):
        form.version.raw_data = None
        form.version.data = found.version
        now = dict(zip(facts.labels(found), shown_facts(found), strict=True))
        for name in set(refusal.changes) & now.keys():
            form[name].errors = [_("Changed meanwhile to: %(value)s", value=now[name][1])]
    return shown_form(found, form, 422)


def shown_form(found: Entry, form: EntryForm, status: int = 200) -> Answer:
    """Return the page of an entry's form."""
    page = render_template("lists/edit_entry.html", entry=found, form=form)
    return page, status


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
        rows=shown_facts(found),
        faults=faults_of(found),
    )
    return page, status


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
            return redirect(entry_url(entry_id), 303)
    except Refused as refusal:
        form = ActForm(formdata=None, data={"version": found.version})
        form.refuse(refusal)
    return shown_check(get_own_entry(person(), entry_id), form, 422)


def entry_url(entry_id: int) -> str:
    """Return an entry's address among the person's own."""
    return url_for("lists_owner.entry", entry_id=entry_id)
