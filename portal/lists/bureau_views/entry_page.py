"""The page of one entry before a curator: as sent, as sent before, its scores, what may be done."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from portal import clock
from portal.accounts.access import person
from portal.audit import trail_of
from portal.casework.score_forms import ConflictForm, score_form
from portal.casework.scoring import summary
from portal.errors import NotFound
from portal.lists import facts, filling
from portal.lists.bureau_views.frame import Answer, blueprint, reader
from portal.lists.forms.acts import ReasonForm
from portal.lists.forms.entries import EntryDecisionForm, decision_form
from portal.lists.forms.ledger import LifeForm
from portal.lists.models import Entry
from portal.lists.permits import is_impartial, may_curate
from portal.lists.procedures import curation
from portal.lists.queries.claims import unfounded_claims
from portal.lists.queries.entries import decisions_on, get_entry
from portal.lists.queries.forwarding import opinions_on
from portal.lists.queries.scores import conflicts_of, scores_of, spreads
from portal.lists.queries.ties import ties_of
from portal.lists.terms.editions import CURATED_STATES
from portal.lists.terms.entries import (
    DECISION_NAMES,
    ENTRY_STATE_NAMES,
    LIFE_NAMES,
    SENT,
    UNDECIDED,
    EntryState,
)
from portal.lists.terms.kinds import Kind
from portal.web.filters import in_language
from portal.web.forms import Form, VersionedForm


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
        events=trail_of("entry", entry.id),
        ties=ties_of(entry),
        opinions=opinions_on(entry),
        form=form or Form(),
        may_decide=may_decide(entry) and entry.state in UNDECIDED,
        may_reconsider=may_decide(entry) and entry.state in DECIDED,
        may_mark=release.is_public and is_judge(entry),
        is_waiting=entry.state in UNDECIDED,
        state_names=ENTRY_STATE_NAMES,
        life_names=LIFE_NAMES,
        decision_names=DECISION_NAMES,
        **review_forms(entry, form),
        **scoring(entry, form),
        claims=unfounded_claims(entry, clock.today()) if entry.state in UNDECIDED else [],
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


DECIDED = (EntryState.ACCEPTED, EntryState.NOT_SELECTED)
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


def scoring(entry: Entry, sent: Form | None) -> dict[str, Any]:
    """Return the scoring sheet as officers filled it in, and this officer's own."""
    sheet = sheet_of(entry)
    scores, conflicts = scores_of(entry.id), conflicts_of(entry.id)
    excluded = {one.officer_id for one in conflicts}
    own = next((one for one in scores if one.officer_id == person().id), None)
    values = {"version": entry.version, "remarks": own.opinion if own else ""}
    fresh = score_form(sheet)(formdata=None, data=values | (own.answers if own else {}))
    counted = [one.answers for one in scores if one.officer_id not in excluded]
    return {
        "sheet": sheet,
        "scores": scores,
        "conflicts": conflicts,
        "summary": summary(sheet, counted),
        "together": spreads([entry.id]).get(entry.id),
        "score_form": sent if is_score(sent) else fresh,
        "conflict_form": sent if isinstance(sent, ConflictForm) else ConflictForm(formdata=None),
        "may_score": may_decide(entry),
    }


def sheet_of(entry: Entry) -> list[dict[str, Any]]:
    """Return the scoring sheet of the entry's kind."""
    return curation().criteria[Kind(entry.release.edition.kind)]


def is_score(sent: Form | None) -> bool:
    """Say whether a form that came back is the scoring sheet."""
    return isinstance(sent, VersionedForm) and "remarks" in sent


def review_url(entry_id: int) -> str:
    """Return the address of an entry's page for officers."""
    return url_for("lists_bureau.review_entry", entry_id=entry_id)
