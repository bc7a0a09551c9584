"""An officer's pages of changes: what is overdue, one record's changes, deciding on a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.queries.reach import reach_of
from portal.accounts.terms import Right
from portal.casework import Matter, decisions_of
from portal.casework.queries import last_case
from portal.casework.reasons import reasons_for
from portal.casework.standing import standing_of
from portal.enterprises.actions import change_reviews as actions
from portal.enterprises.actions import review
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.bureau_views.standing import get_record
from portal.enterprises.filling.changes import compared
from portal.enterprises.forms.changes import NoteForm, VerdictForm
from portal.enterprises.models import ChangeRequest, Enterprise
from portal.enterprises.queries import changes as queries
from portal.enterprises.rules.changes import REPORTED, is_late
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.changes import (
    CHANGE_STATE_NAMES,
    ITEM_NAMES,
    REASON_NAMES,
    VERDICT_NAMES,
    ChangeState,
    Verdict,
)
from portal.enterprises.terms.record import STATE_NAMES
from portal.errors import NotFound, Refused
from portal.files import StoredFile
from portal.taxonomy.queries import names_of
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of

NAMES = {
    "field_names": ITEM_NAMES,
    "reason_names": REASON_NAMES,
    "change_names": CHANGE_STATE_NAMES,
    "state_names": STATE_NAMES,
}


@blueprint.get("/changes")
@officer(Right.REVIEW_ENTERPRISES)
def unreported() -> Answer:
    """List the changes enterprises still have to report, the longest due first."""
    narrowed = queries.unreported(reach_of(person(), Right.REVIEW_ENTERPRISES))
    page = page_of(queries.count_unreported(narrowed), asked_page())
    return render_template(
        "enterprises/unreported.html",
        rows=queries.unreported_page(narrowed, page.offset, page.size),
        page=page,
        today=clock.today(),
        **NAMES,
    )


@blueprint.get("/<int:enterprise_id>/changes")
@officer(Right.REVIEW_ENTERPRISES)
def changes(enterprise_id: int) -> Answer:
    """Show a record's changes and what was true before."""
    return shown_changes(get_record(enterprise_id), NoteForm(data={"version": 0}))


@blueprint.post("/<int:enterprise_id>/changes/note")
@officer(Right.REVIEW_ENTERPRISES)
def note_change(enterprise_id: int) -> Answer:
    """Note a change that the enterprise has not reported."""
    enterprise, form = get_record(enterprise_id), NoteForm()
    if not form.validate():
        return shown_changes(enterprise, form, 422)
    try:
        actions.note_unreported(
            person(),
            enterprise,
            reason=form.reason.data,
            effective_on=form.effective_on.data,
            hint=form.hint.data,
        )
    except Refused as refusal:
        form.refuse(refusal)
        return shown_changes(get_record(enterprise_id), form, 422)
    flash(_("Noted; the enterprise is told by when it is to report"), "good")
    return redirect(url_for("enterprises_bureau.changes", enterprise_id=enterprise_id), 303)


@blueprint.get("/changes/<int:change_id>")
@officer(Right.REVIEW_ENTERPRISES)
def change_request(change_id: int) -> Answer:
    """Show a report beside the record, with its evidence and the decision while it waits."""
    change = get_change(change_id)
    return shown_change(change, verdict_form({"version": change.version}))


@blueprint.post("/changes/<int:change_id>/decide")
@officer(Right.REVIEW_ENTERPRISES)
def decide_change(change_id: int) -> Answer:
    """Accept, return or refuse a report."""
    change, form = get_change(change_id), verdict_form()
    if not form.validate():
        return shown_change(change, form, 422)
    reasons = {name: form[f"reason_{name}"].data or "" for name in REPORTED}
    verdict, ground = Verdict(form.verdict.data), form.worded(form.ground.data)
    try:
        actions.decide(person(), change, form.version.data, verdict, reasons=reasons, ground=ground)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_change(get_change(change_id), form, 422)
    flash(_("Decided; the enterprise is told once nothing more is to be decided"), "good")
    return redirect(url_for("desk.worklist"), 303)


def verdict_form(data: dict[str, Any] | None = None) -> VerdictForm:
    """Return the decision's form with the common sentences."""
    form = VerdictForm(data=data)
    form.canned = reasons_for(Matter.IDENTITY_CHANGE)
    form.offer_common(form.canned.get("", []))
    return form


def get_change(change_id: int) -> ChangeRequest:
    """Return a report the officer may see: in their district, no draft of its enterprise."""
    change = queries.get_change(change_id)
    review.check_reviewer(person(), change.enterprise)
    if change.submitted_at is None:
        raise NotFound
    return change


def shown_changes(enterprise: Enterprise, form: NoteForm, status: int = 200) -> Answer:
    """Return the page of a record's changes."""
    past = queries.past_facts_of(enterprise.id)
    slugs = {(fact.field, str(fact.value)) for fact in past}
    page = render_template(
        "enterprises/record_changes.html",
        enterprise=enterprise,
        form=form,
        reports=queries.changes_of(enterprise.id),
        open=queries.find_open_change(enterprise.id),
        may_note=enterprise.state in IN_THE_REGISTRY,
        past=past,
        names=names_of(slugs, in_language),
        today=clock.today(),
        **NAMES,
    )
    return page, status


def by_purpose(files: Sequence[StoredFile]) -> dict[str, list[StoredFile]]:
    """Return files by the field they prove."""
    found: dict[str, list[StoredFile]] = {}
    for file in files:
        found.setdefault(file.purpose, []).append(file)
    return found


def shown_change(change: ChangeRequest, form: VerdictForm, status: int = 200) -> Answer:
    """Return the page of a report."""
    assert change.submitted_at is not None
    reported_on = change.submitted_at.astimezone(clock.city_zone()).date()
    case = last_case(Matter.IDENTITY_CHANGE, ChangeRequest.__tablename__, change.id)
    page = render_template(
        "enterprises/change_request.html",
        case=case,
        standing=standing_of(person(), case) if case else None,
        opinions=decisions_of(case) if case else [],
        decision_names=VERDICT_NAMES | {"passed": _("Passed on")},
        change=change,
        enterprise=change.enterprise,
        form=form,
        waiting=change.state == ChangeState.SUBMITTED,
        rows=compared(change, in_language),
        late=is_late(change.effective_on, reported_on),
        reported_on=reported_on,
        evidence=by_purpose(queries.evidence_of(change)),
        **NAMES,
    )
    return page, status
