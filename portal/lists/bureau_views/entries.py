"""One entry before a curator: as sent beside as sent before, deciding; entering one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import person
from portal.accounts.queries.people import departments_for
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.errors import NotFound
from portal.lists import facts, filling
from portal.lists.actions import life as life_actions
from portal.lists.actions.curation import decide, reconsider
from portal.lists.actions.entries import start_entry
from portal.lists.bureau_views.frame import Answer, blueprint, board_url, curator, reader
from portal.lists.forms.acts import ReasonForm
from portal.lists.forms.entries import EntryDecisionForm, StartEntryForm, decision_form
from portal.lists.forms.ledger import LifeForm
from portal.lists.models import Entry, Release
from portal.lists.permits import is_impartial, may_curate
from portal.lists.queries.claims import unfounded_claims
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import decisions_on, get_entry
from portal.lists.queries.forwarding import opinions_on
from portal.lists.queries.subtypes import find_subtype, subtypes
from portal.lists.terms.editions import CURATED_STATES
from portal.lists.terms.entries import (
    DECISION_NAMES,
    ENTRY_STATE_NAMES,
    LIFE_NAMES,
    SENT,
    UNDECIDED,
    Decision,
)
from portal.taxonomy.queries import find_department
from portal.web.filters import in_language
from portal.web.forms import Form, attempt
from portal.web.redirects import done


@blueprint.get("/entries/<int:entry_id>")
@reader
def review_entry(entry_id: int) -> Answer:
    """Show an entry beside what was decided on before, with what this officer may do."""
    return shown_review(get_sent(entry_id))


def get_sent(entry_id: int) -> Entry:
    """Return an entry that was sent in; drafts stay private to whom they belong."""
    entry = get_entry(entry_id)
    if entry.state not in SENT:
        raise NotFound
    return entry


def shown_review(entry: Entry, form: Form | None = None) -> Answer:
    """Return the page of an entry; with the form of a refused act its message and 422."""
    release = entry.release
    decisions = decisions_on(entry)
    now = facts.facts_of(entry)
    last = decisions[0].facts if decisions else None
    page = render_template(
        "lists/review_entry.html",
        entry=entry,
        release=release,
        rows=compared(entry, now, last),
        labels=facts.labels(entry),
        changed=facts.differences(last, now),
        decisions=decisions,
        opinions=opinions_on(entry),
        events=trail_of("entry", entry.id),
        form=form or Form(),
        may_decide=may_decide(entry) and entry.state in UNDECIDED,
        may_reconsider=may_decide(entry) and entry.state not in UNDECIDED,
        may_mark=release.is_public and is_judge(entry),
        is_waiting=entry.state in UNDECIDED,
        state_names=ENTRY_STATE_NAMES,
        life_names=LIFE_NAMES,
        decision_names=DECISION_NAMES,
        claims=unfounded_claims(entry, clock.today()) if entry.state in UNDECIDED else [],
        **review_forms(entry, form),
    )
    return page, 422 if form else 200


def is_judge(entry: Entry) -> bool:
    """Say whether this officer curates the edition and is impartial towards the entry."""
    return may_curate(person(), entry.release.edition) and is_impartial(person(), entry)


def may_decide(entry: Entry) -> bool:
    """Say whether this officer may decide on the entry while the release is curated."""
    return entry.release.state in CURATED_STATES and is_judge(entry)


def review_forms(entry: Entry, given: Form | None) -> dict[str, Form]:
    """Return the page's forms, the given one in place of its kind."""
    version = {"version": entry.version}
    fresh: dict[str, Form] = {
        "decision_form": decision_form(facts.labels(entry))(formdata=None, data=version),
        "reason_form": ReasonForm(formdata=None, data=version),
        "life_form": LifeForm(
            formdata=None, data={**version, "life": entry.life, "outcome": entry.outcome}
        ),
    }
    return {
        name: given if given is not None and isinstance(given, KINDS[name]) else form
        for name, form in fresh.items()
    }


KINDS: dict[str, type[Form]] = {
    "decision_form": EntryDecisionForm,
    "reason_form": ReasonForm,
    "life_form": LifeForm,
}


def compared(
    entry: Entry, now: facts.Facts, before: facts.Facts | None
) -> list[tuple[str, str, Any, Any, bool]]:
    """Return (field, label, as sent now, as sent before, differs) in the order of the form."""
    names = filling.names_in(facts.slugs_in(now, before), in_language)
    present = facts.readable(entry, now, names)
    earlier = facts.readable(entry, before, names) if before else {}
    changed = facts.differences(before, now)
    return [
        (name, label, present[name], earlier.get(name, ""), name in changed)
        for name, label in facts.labels(entry).items()
    ]


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


def review_url(entry_id: int) -> str:
    """Return the address of an entry's page for officers."""
    return url_for("lists_bureau.review_entry", entry_id=entry_id)


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
