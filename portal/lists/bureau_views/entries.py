"""What curators do with one entry; entering one of a public body."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.accounts.queries.people import departments_for
from portal.accounts.terms import Right
from portal.lists import facts
from portal.lists.actions import life as life_actions
from portal.lists.actions.curation import decide, reconsider
from portal.lists.actions.entries import start_entry
from portal.lists.bureau_views.entry_page import get_sent, review_url, shown_review
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator
from portal.lists.forms.acts import ReasonForm
from portal.lists.forms.entries import StartEntryForm, decision_form
from portal.lists.forms.ledger import LifeForm
from portal.lists.models import Entry, Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.terms.editions import CURATED_STATES
from portal.lists.terms.entries import (
    Decision,
)
from portal.taxonomy.queries import find_department
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.redirects import done


@blueprint.post("/entries/<int:entry_id>/decide")
@curator
def decide_entry(entry_id: int) -> Answer:
    """Accept, return or decline."""
    entry = get_sent(entry_id)
    names = list(facts.labels(entry))
    form = decision_form(facts.labels(entry))()
    if not attempt(
        form,
        lambda: decide(
            person(),
            entry,
            form.version.data,
            Decision(form.decision.data),
            reasons={name: form[f"reason_{name}"].data for name in names},
            ground=form.ground.data or "",
        ),
    ):
        return shown_review(get_sent(entry_id), form)
    said = {
        Decision.ACCEPT: _("The entry is accepted"),
        Decision.RETURN: _("The entry is returned for correction"),
        Decision.DECLINE: _("The entry is declined"),
    }
    return done(board_url(entry.release_id), said[Decision(form.decision.data)])


@blueprint.post("/entries/<int:entry_id>/reconsider")
@curator
def reconsider_entry(entry_id: int) -> Answer:
    """Take a decision back."""
    entry, form = get_sent(entry_id), ReasonForm()
    if not attempt(
        form,
        lambda: reconsider(person(), entry, form.version.data, form.reason.data or ""),
    ):
        return shown_review(get_sent(entry_id), form)
    return done(review_url(entry_id), _("The decision is taken back: the entry waits again"))


@blueprint.post("/entries/<int:entry_id>/mark-life")
@curator
def mark_life(entry_id: int) -> Answer:
    """Say what a published entry has come to."""
    entry, form = get_sent(entry_id), LifeForm()
    if not attempt(
        form,
        lambda: life_actions.mark_life(
            person(),
            entry,
            form.version.data,
            form.life.data,
            form.outcome.data or "",
            form.amount.data,
        ),
    ):
        return shown_review(get_sent(entry_id), form)
    return done(review_url(entry_id), _("The state of the entry is public"))


@blueprint.get("/releases/<int:release_id>/entries/new")
@curator
def new_department_entry(release_id: int) -> Answer:
    """Ask which kind of entry a public body sends in."""
    release = get_release(release_id)
    return shown_start(release, start_form(release))


@blueprint.post("/releases/<int:release_id>/entries/start")
@curator
def start_department_entry(release_id: int) -> Answer:
    """Open a draft of a public body and go to its form."""
    release = get_release(release_id)
    form = start_form(release)
    started: list[Entry] = []

    def start() -> None:
        subtype = find_subtype(release.edition.kind, form.subtype.data)
        assert subtype is not None
        department = find_department(form.publisher.data)
        started.append(start_entry(person(), release, subtype, department=department))

    if not attempt(form, start):
        return shown_start(get_release(release_id), form, 422)
    return redirect(url_for("lists_owner.entry", entry_id=started[0].id), 303)


def start_form(release: Release) -> StartEntryForm:
    """Return the form with the kinds of this list and the officer's bodies."""
    form = StartEntryForm()
    kinds = subtypes(release.edition.kind)
    form.subtype.offer([(kind.slug, in_language(kind)) for kind in kinds])
    bodies = departments_for(person(), Right.CURATE_LISTS)
    own = [(body.slug, in_language(body)) for body in bodies]
    form.publisher.offer(own if len(own) == 1 else [("", _("Choose")), *own])
    return form


def shown_start(release: Release, form: StartEntryForm, status: int = 200) -> Answer:
    """Return the page that begins an entry of a public body."""
    page = render_template(
        "lists/new_department_entry.html",
        release=release,
        form=form,
        subtypes=subtypes(release.edition.kind),
        is_changeable=release.state in CURATED_STATES,
    )
    return page, status
