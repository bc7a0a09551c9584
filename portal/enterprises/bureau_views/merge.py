"""An officer's pages of merging: finding the duplicate, choosing, deciding, undoing."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.queries import last_case
from portal.casework.reasons import reasons_for
from portal.casework.standing import standing_of
from portal.enterprises import facts
from portal.enterprises.actions import merges as actions
from portal.enterprises.actions import review
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.bureau_views.standing import get_record
from portal.enterprises.forms.merges import (
    MERGED,
    MergeDecisionForm,
    OtherForm,
    ProposalForm,
    UndoForm,
)
from portal.enterprises.forms.standing import WithdrawalForm
from portal.enterprises.models import Enterprise, Merge
from portal.enterprises.queries import merges as queries
from portal.enterprises.queries.records import find_taken
from portal.enterprises.rules.merges import CHOOSABLE, undo_until
from portal.enterprises.terms.record import FIELD_NAMES, STATE_NAMES, State
from portal.enterprises.terms.standing import OUTCOME_NAMES
from portal.errors import Refused
from portal.taxonomy.queries import names_of
from portal.web.filters import in_language
from portal.web.forms import attempt
from portal.web.redirects import done

Rows = list[tuple[str, object, object, bool]]
NAMES = {"field_names": FIELD_NAMES, "state_names": STATE_NAMES, "outcome_names": OUTCOME_NAMES}


@blueprint.get("/<int:enterprise_id>/merge")
@officer(Right.REVIEW_ENTERPRISES)
def merge(enterprise_id: int) -> Answer:
    """Show the merges of a record and ask for the duplicate, then for each field's value."""
    enterprise = get_record(enterprise_id)
    finding = OtherForm(request.args)
    asked = "other" in request.args and finding.validate()
    other = find_taken(finding.other.data) if asked else None
    if asked and other is None:
        finding.refuse(Refused(_("No record holds this code: check it"), "other"))
    form = proposal_form(formdata=None, data={"version": enterprise.version})
    return shown_merge(enterprise, other, finding, form)


@blueprint.post("/<int:enterprise_id>/merge/<uscc>/propose")
@officer(Right.REVIEW_ENTERPRISES)
def propose_merge(enterprise_id: int, uscc: str) -> Answer:
    """Propose the merge to a second officer."""
    enterprise, other = get_record(enterprise_id), find_taken(uscc)
    form, finding = proposal_form(), OtherForm(formdata=None, data={"other": uscc})
    if other is None or not form.validate():
        return shown_merge(enterprise, other, finding, form, 422)
    chosen = [name for name in CHOOSABLE if form[f"take_{name}"].data == MERGED]
    try:
        found = actions.propose(
            person(),
            enterprise,
            other,
            form.version.data,
            chosen=chosen,
            ground=form.worded(form.ground.data),
            frees_code=form.frees_code.data,
        )
    except Refused as refusal:
        form.refuse(refusal)
        return shown_merge(get_record(enterprise_id), other, finding, form, 422)
    return done(merge_url(found.id), _("A second officer is asked"))


@blueprint.get("/merges/<int:merge_id>")
@officer(Right.REVIEW_ENTERPRISES)
def merge_request(merge_id: int) -> Answer:
    """Show a proposal, its decision, and the way back while there is one."""
    found = get_merge(merge_id)
    return shown_request(found, decision_form({"version": found.version}))


@blueprint.post("/merges/<int:merge_id>/decide")
@officer(Right.REVIEW_ENTERPRISES)
def decide_merge(merge_id: int) -> Answer:
    """Consent or decline as the second officer."""
    found, form = get_merge(merge_id), decision_form()
    if not attempt(form, lambda: decide(found, form)):
        return shown_request(get_merge(merge_id), form, 422)
    return done(merge_url(merge_id), _("Decided; the enterprise is told"))


def decide(found: Merge, form: MergeDecisionForm) -> None:
    """Do what the second officer decided."""
    if form.is_consent:
        actions.consent(person(), found, form.version.data)
    else:
        actions.decline(person(), found, form.version.data, form.worded(form.opinion.data))


def merge_url(merge_id: int) -> str:
    """Return the address of a merge."""
    return url_for("enterprises_bureau.merge_request", merge_id=merge_id)


@blueprint.post("/merges/<int:merge_id>/withdraw")
@officer(Right.REVIEW_ENTERPRISES)
def withdraw_merge(merge_id: int) -> Answer:
    """Take one's own proposal back."""
    found = get_merge(merge_id)
    try:
        actions.withdraw(person(), found)
        flash(_("The request is taken back"), "good")
    except Refused as refusal:
        flash(refusal.message, "warn")
    return redirect(merge_url(merge_id), 303)


@blueprint.post("/merges/<int:merge_id>/undo")
@officer(Right.REVIEW_ENTERPRISES)
def undo_merge(merge_id: int) -> Answer:
    """Part the records again."""
    found, form = get_merge(merge_id), UndoForm()
    if not attempt(
        form, lambda: actions.undo(person(), found, form.version.data, form.ground.data)
    ):
        return shown_request(get_merge(merge_id), form, 422)
    return done(merge_url(merge_id), _("The merge is undone"))


def proposal_form(**given: Any) -> ProposalForm:
    """Return the form of a proposal with the common grounds."""
    form = ProposalForm(**given)
    form.offer_common(reasons_for(Matter.MERGE).get("", []))
    return form


def decision_form(data: dict[str, Any] | None = None) -> MergeDecisionForm:
    """Return the second officer's form with the sentences often used when declining."""
    form = MergeDecisionForm(data=data)
    form.offer_common(reasons_for(Matter.MERGE).get("decline", []))
    return form


def get_merge(merge_id: int) -> Merge:
    """Return a merge of records the officer may see."""
    found = queries.get_merge(merge_id)
    review.check_reviewer(person(), found.survivor)
    return found


def shown_merge(
    enterprise: Enterprise,
    other: Enterprise | None,
    finding: OtherForm,
    form: ProposalForm,
    status: int = 200,
) -> Answer:
    """Return the page on which a merge is proposed."""
    if other is not None:
        review.check_reviewer(person(), other)
    page = render_template(
        "enterprises/merge.html",
        enterprise=enterprise,
        other=other,
        finding=finding,
        form=form,
        rows=side_by_side(enterprise, other) if other is not None else [],
        merges=queries.merges_of(enterprise.id),
        may_survive=enterprise.is_public,
        **NAMES,
    )
    return page, status


def shown_request(found: Merge, form: MergeDecisionForm | UndoForm, status: int = 200) -> Answer:
    """Return the page of a merge."""
    last = (
        undo_until(found.decided_at.astimezone(clock.city_zone()).date())
        if found.decided_at
        else None
    )
    case = last_case(Matter.MERGE, Merge.__tablename__, found.id)
    undoing = form if isinstance(form, UndoForm) else UndoForm(data={"version": found.version})
    page = render_template(
        "enterprises/merge_request.html",
        found=found,
        case=case,
        standing=standing_of(person(), case) if case else None,
        enterprise=found.survivor,
        form=form,
        undoing=undoing,
        withdrawal=WithdrawalForm(),
        own=found.asked_by_id == person().id,
        rows=side_by_side(found.survivor, found.merged),
        undo_until=last,
        may_undo=found.outcome == "consented" and found.undone_at is None,
        today=clock.today(),
        is_merged=found.merged.state == State.MERGED,
        **NAMES,
    )
    return page, status


def side_by_side(survivor: Enterprise, merged: Enterprise) -> Rows:
    """Return (field, here, there, differs) of what can be chosen, slugs as names."""
    here, there = facts.facts_of(survivor), facts.facts_of(merged)
    names = names_of(facts.slugs_in(here) | facts.slugs_in(there), in_language)
    return [
        (
            name,
            facts.readable(name, here, names),
            facts.readable(name, there, names),
            (here[name] or "") != (there[name] or ""),
        )
        for name in CHOOSABLE
    ]
