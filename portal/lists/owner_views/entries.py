"""A submitter's pages: own entries, beginning one, and where each stands."""

from __future__ import annotations

from flask import redirect, render_template
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.audit import trail_of
from portal.enterprises.queries.members import get_own
from portal.errors import NotAllowed, NotFound, Refused
from portal.lists import facts
from portal.lists.actions import entries as entry_actions
from portal.lists.filling import shown_sections
from portal.lists.forms.entries import StartEntryForm
from portal.lists.models import Entry, Release
from portal.lists.owner_views.frame import (
    WITHDRAWABLE,
    Answer,
    blueprint,
    entry_url,
    section_states,
)
from portal.lists.queries.calls import addresses_enterprises, open_calls, takes_entries
from portal.lists.queries.continuing import call_to_continue
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import decisions_on
from portal.lists.queries.own import enterprises_for, get_own_entry, own_entries
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.queries.wordings import open_wording
from portal.lists.terms.entries import EDITABLE, ENTRY_STATE_NAMES, LIFE_NAMES, EntryState
from portal.lists.terms.kinds import KIND_NAMES
from portal.web.filters import in_language


@blueprint.get("")
@signed_in
def entries() -> Answer:
    """List the person's entries and the calls that are open."""
    return render_template(
        "lists/entries.html",
        entries=own_entries(person()),
        calls=[call for call in open_calls() if addresses_enterprises(call)],
        is_late=is_late,
        may_enter=bool(enterprises_for(person())),
        kind_names=KIND_NAMES,
        state_names=ENTRY_STATE_NAMES,
        life_names=LIFE_NAMES,
    )


def is_late(found: Entry) -> bool:
    """Say whether a draft was not sent in before its call ended."""
    taken = takes_entries(found.release) or found.enterprise_id is None
    return found.state == EntryState.DRAFT and not taken


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
    return redirect(entry_url(entry.id), 303)


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
        groups=shown_sections(found),
        states=section_states(found) if found.state in EDITABLE else {},
        labels=facts.labels(found),
        decisions=decisions_on(found),
        events=trail_of("entry", found.id),
        state_names=ENTRY_STATE_NAMES,
        life_names=LIFE_NAMES,
        is_editable=found.state in EDITABLE,
        may_withdraw=found.state in WITHDRAWABLE,
        to_continue=call_to_continue(found),
        is_late=is_late(found),
        wording=open_wording(found),
    )
