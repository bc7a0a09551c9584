"""Proposing a change after release: other words for an entry or the release, or a withdrawal."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.errors import NotFound, Refused
from portal.lists import facts, filling
from portal.lists.actions import errata as actions
from portal.lists.actions.entries import Incomplete
from portal.lists.bureau_views.frame import Answer, blueprint, curator
from portal.lists.forms.entry import EntryForm
from portal.lists.forms.errata import (
    ErratumForm,
    ReleaseErratumForm,
    WithdrawForm,
)
from portal.lists.models import Entry, Erratum, Release
from portal.lists.permits import check_curator
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import get_entry
from portal.lists.queries.wordings import public_wording
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import EntryState
from portal.lists.terms.errata import (
    EDITION_FIELDS,
    ISSUE_FIELDS,
    ErratumKind,
)
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.redirects import done


def get_published_entry(entry_id: int) -> Entry:
    """Return an entry the public reads, for one who curates its edition; raises NotFound,
    NotAllowed."""
    entry = get_entry(entry_id)
    if entry.state != EntryState.ACCEPTED or entry.release.state not in PUBLIC_STATES:
        raise NotFound
    check_curator(person(), entry.release.edition)
    return entry


@blueprint.get("/entries/<int:entry_id>/correction")
@curator
def correction(entry_id: int) -> Answer:
    """Show the words of a published entry, to propose others."""
    entry = get_published_entry(entry_id)
    form = filling.filled_form(entry, facts.wording(entry), in_language, public_wording(entry))
    return shown_correction(entry, form, ErratumForm())


def shown_correction(
    entry: Entry, form: EntryForm, about: ErratumForm, status: int = 200
) -> Answer:
    """Return the page on which a correction is written."""
    page = render_template(
        "lists/correction.html", entry=entry, release=entry.release, form=form, about=about
    )
    return page, status


@blueprint.post("/entries/<int:entry_id>/propose-correction")
@curator
def propose_correction(entry_id: int) -> Answer:
    """Propose other words for a published entry."""
    entry = get_published_entry(entry_id)
    words = facts.wording(entry)
    worded, about = public_wording(entry), ErratumForm()
    form = filling.filled_form(entry, words, in_language, worded)
    filling.read_sheets(form, entry, words)
    good = filling.is_valid(form, entry, later=False)
    if not (about.validate() and good):
        return shown_correction(entry, form, about, 422)
    try:
        proposed = actions.propose_correction(
            person(),
            entry,
            form.version.data,
            ErratumKind(about.erratum_kind.data),
            about.reason.data or "",
            filling.values_of(form, entry, words),
        )
    except Refused as refusal:
        refuse(form, refusal)
        return shown_correction(get_published_entry(entry_id), form, about, 422)
    return proposed_answer(proposed)


def refuse(form: EntryForm, refusal: Refused) -> None:
    """Put a refusal where it belongs."""
    if isinstance(refusal, Incomplete):
        for name, said in refusal.faults.items():
            form.refuse(Refused(said, name))
    else:
        form.refuse(refusal)


def proposed_answer(erratum: Erratum) -> Answer:
    """Go to the room of errata after a proposal."""
    return done(
        url_for("lists_bureau.errata", release_id=erratum.release_id),
        _("Proposed: a second officer consents to it before the public reads it"),
    )


@blueprint.route("/entries/<int:entry_id>/withdrawal", methods=["GET", "POST"])
@curator
def entry_withdrawal(entry_id: int) -> Answer:
    """Say what withdrawing an entry means, and propose it."""
    entry = get_published_entry(entry_id)
    return ask_withdrawal(entry.release, entry)


@blueprint.route("/releases/<int:release_id>/withdrawal", methods=["GET", "POST"])
@curator
def release_withdrawal(release_id: int) -> Answer:
    """Say what withdrawing a release means, and propose it."""
    release = get_public(release_id)
    return ask_withdrawal(release, None)


def get_public(release_id: int) -> Release:
    """Return a release the public reads, for one who curates it; raises NotFound, NotAllowed."""
    release = get_release(release_id)
    if release.state not in PUBLIC_STATES:
        raise NotFound
    check_curator(person(), release.edition)
    return release


def ask_withdrawal(release: Release, entry: Entry | None) -> Answer:
    """Ask for the reason of a withdrawal, and propose it."""
    form = WithdrawForm()
    made: list[Erratum] = []
    if form.is_submitted() and attempt(
        form,
        lambda: made.append(
            actions.propose_withdrawal(person(), release, entry, form.reason.data or "")
        ),
    ):
        return proposed_answer(made[0])
    page = render_template("lists/withdraw.html", release=release, entry=entry, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/releases/<int:release_id>/correction", methods=["GET", "POST"])
@curator
def release_correction(release_id: int) -> Answer:
    """Show the words of edition and release, and propose others."""
    release = get_public(release_id)
    names = (*EDITION_FIELDS, *ISSUE_FIELDS)
    held = {**vars_of(release.edition, EDITION_FIELDS), **vars_of(release, ISSUE_FIELDS)}
    form = ReleaseErratumForm(data=held)
    made: list[Erratum] = []
    if form.is_submitted() and attempt(
        form,
        lambda: made.append(
            actions.propose_for_release(
                person(),
                release,
                ErratumKind(form.erratum_kind.data),
                form.reason.data or "",
                {name: form[name].data for name in names},
            )
        ),
    ):
        return proposed_answer(made[0])
    page = render_template("lists/correct_release.html", release=release, form=form)
    return page, 422 if form.errors else 200


def vars_of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return these columns of a row."""
    return {name: getattr(row, name) for name in names}
