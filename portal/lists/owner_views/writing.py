"""Writing an entry section by section: each saved for itself, left and come back to."""

from __future__ import annotations

from contextlib import ExitStack

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import files
from portal.accounts.access import person, signed_in
from portal.errors import ChangedSinceOpened, NotFound, Refused
from portal.lists import facts, filling
from portal.lists.actions import entries as entry_actions
from portal.lists.actions.entries import Incomplete
from portal.lists.facts import Section
from portal.lists.filling import shown_facts
from portal.lists.forms.entry import EntryForm
from portal.lists.models import Entry
from portal.lists.owner_views.frame import (
    Answer,
    blueprint,
    entry_url,
    open_reasons,
    section_states,
)
from portal.lists.queries.own import get_own_entry
from portal.lists.terms.entries import EDITABLE
from portal.lists.terms.fields import DETAIL_PREFIX, FieldType
from portal.web.filters import in_language
from portal.web.uploads import takes_files


@blueprint.get("/<int:entry_id>/sections/<slug>")
@signed_in
def edit_section(entry_id: int, slug: str) -> Answer:
    """Show the form of a section; reasons of a return stand at their fields."""
    found = get_own_entry(person(), entry_id)
    section = get_section(found, slug)
    if found.state not in EDITABLE:
        return redirect(entry_url(entry_id), 303)
    form = filling.filled_form(found, section, in_language)
    for name, why in open_reasons(found).items():
        if name in form:
            form[name].errors = [why]
    return shown_form(found, section, form)


def get_section(found: Entry, slug: str) -> Section:
    """Return a section of an entry; raises NotFound."""
    for section in facts.sections_of(found):
        if section.slug == slug:
            return section
    raise NotFound


@blueprint.post("/<int:entry_id>/sections/<slug>/save")
@takes_files(files.LARGEST_EVIDENCE)
@signed_in
def save_section(entry_id: int, slug: str) -> Answer:
    """Save a section and go on to the next, or back when it is to be filled in later."""
    found = get_own_entry(person(), entry_id)
    section = get_section(found, slug)
    form = filling.filled_form(found, section, in_language)
    later = "later" in request.form
    filling.read_sheets(form, found, section)
    if not filling.is_valid(form, found, later=later):
        return shown_form(found, section, form, 422)
    try:
        keep(found, section, form)
    except Refused as refusal:
        return refused_form(entry_id, section, form, refusal)
    flash(_("Saved"), "good")
    return redirect(entry_url(entry_id) if later else next_url(found, section), 303)


def keep(found: Entry, section: Section, form: EntryForm) -> None:
    """Save what was written, with the files that came along."""
    folder = current_app.config["FILES"]
    uploads = filling.uploads_in(form, found, section, FieldType.FILE)
    with ExitStack() as stack:
        received = {
            key: stack.enter_context(
                files.receiving(
                    folder,
                    upload.stream,
                    upload.filename,
                    field=DETAIL_PREFIX + key,
                    allowed=files.DOCUMENTS,
                )
            )
            for key, upload in uploads.items()
        }
        values = filling.values_of(form, found, section)
        entry_actions.save_entry(person(), found, values, form.version.data, received)


def next_url(found: Entry, section: Section) -> str:
    """Return the address of the section after this one, or of the check page after the last."""
    slugs = [each.slug for each in facts.sections_of(found)]
    following = slugs[slugs.index(section.slug) + 1 :]
    if following:
        return url_for("lists_owner.edit_section", entry_id=found.id, slug=following[0])
    return url_for("lists_owner.check_entry", entry_id=found.id)


def refused_form(entry_id: int, section: Section, form: EntryForm, refusal: Refused) -> Answer:
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
        now = shown_facts(found)
        for name in set(refusal.changes) & section.labels.keys():
            form[name].errors = [_("Changed meanwhile to: %(value)s", value=as_line(now[name]))]
    return shown_form(found, section, form, 422)


def as_line(value: object) -> object:
    """Return a shown fact as it is told in a sentence."""
    if isinstance(value, facts.ShownTable):
        return _("; ").join(" | ".join(row) for row in value.rows[:3])
    return value.file if isinstance(value, facts.ShownFile) else value


def shown_form(found: Entry, section: Section, form: EntryForm, status: int = 200) -> Answer:
    """Return the page of a section's form."""
    page = render_template(
        "lists/edit_section.html",
        entry=found,
        part=section,
        sections=facts.sections_of(found),
        states=section_states(found),
        form=form,
        kept=shown_facts(found),
    )
    return page, status
