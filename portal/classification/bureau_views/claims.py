"""Claimed titles, to be verified: recorded from their source, or refused with a ground."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.classification.actions import claiming
from portal.classification.actions import claims as actions
from portal.classification.bureau_views.titles import Answer, asked, blueprint, recorded_words
from portal.classification.filling import facts_of, fitted
from portal.classification.forms.titles import RefusalForm, VerificationForm
from portal.classification.models.titles import TitleClaim
from portal.classification.permits import check_recorder
from portal.classification.queries import claims as queries
from portal.classification.queries.titles import kinds_recorded_by, title_kinds, titles_of
from portal.classification.rules.titles import TitleFacts
from portal.classification.terms.titles import CLAIM_OUTCOME_NAMES, LEVEL_NAMES, STANDING_NAMES
from portal.errors import Refused
from portal.web.filters import in_language
from portal.web.pagination import asked_page, page_of


@blueprint.get("/claims")
@officer(Right.RECOGNISE, Right.AUDIT)
def claims() -> Answer:
    """List the claimed titles the officer verifies, oldest first; auditors read all of them."""
    all_of_them = has_right(person(), Right.AUDIT)
    kinds = title_kinds() if all_of_them else kinds_recorded_by(person())
    kind = asked("kind", {each.slug for each in kinds})
    narrowed = queries.open_claims([each.id for each in kinds if kind in ("", each.slug)])
    page = page_of(queries.count_claims(narrowed), asked_page())
    return render_template(
        "classification/claims.html",
        rows=queries.page_of_claims(narrowed, page.offset, page.size),
        page=page,
        kind=kind,
        kinds=[(each.slug, in_language(each)) for each in kinds],
        level_names=LEVEL_NAMES,
        may_record=has_right(person(), Right.RECOGNISE),
    )


@blueprint.route("/claims/<int:claimed_id>/verify", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def verify_claim(claimed_id: int) -> Answer:
    """Compare a claim with its source and put the title on record."""
    found = get_claim(claimed_id)
    form = fitted(VerificationForm(data=claimed(found)), found.kind)
    if request.method == "GET":
        return shown_claim(found, form)
    if not form.validate():
        return shown_claim(found, form, 422)
    try:
        title = claiming.verify_claim(person(), found, form.version.data, facts_of(form))
    except Refused as refusal:
        form.refuse(refusal)
        return shown_claim(queries.get_claim(claimed_id), form, 422)
    flash(recorded_words(title), "good")
    return redirect(url_for("classification_bureau.title", title_id=title.id), 303)


def get_claim(claimed_id: int) -> TitleClaim:
    """Return a claim the officer decides on; raises NotFound, NotAllowed."""
    found = queries.get_claim(claimed_id)
    check_recorder(person(), found.enterprise, found.kind)
    return found


def claimed(found: TitleClaim) -> dict[str, object]:
    """Return what a claim states, as the form takes it."""
    names = TitleFacts.__dataclass_fields__
    return {name: getattr(found, name) for name in names} | {"version": found.version}


def shown_claim(found: TitleClaim, form: VerificationForm, status: int = 200) -> Answer:
    """Return the page of a claim beside its evidence and what the enterprise holds."""
    page = render_template(
        "classification/verify_claim.html",
        claim=found,
        form=form,
        evidence=claiming.evidence_of(found),
        held=titles_of(found.enterprise_id),
        standing_names=STANDING_NAMES,
        outcome_names=CLAIM_OUTCOME_NAMES,
    )
    return page, status


@blueprint.route("/claims/<int:claimed_id>/refuse", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def refuse_claim(claimed_id: int) -> Answer:
    """Say why a claimed title is not borne out."""
    found = get_claim(claimed_id)
    form = RefusalForm(data={"version": found.version})
    if request.method == "GET":
        return shown_refusal(found, form)
    if not form.validate():
        return shown_refusal(found, form, 422)
    try:
        actions.refuse_claim(person(), found, form.version.data, form.ground.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_refusal(queries.get_claim(claimed_id), form, 422)
    flash(_("The claim is refused; it is kept with your ground"), "good")
    return redirect(url_for("classification_bureau.claims"), 303)


def shown_refusal(found: TitleClaim, form: RefusalForm, status: int = 200) -> Answer:
    """Return the page that asks for the ground."""
    page = render_template("classification/refuse_claim.html", claim=found, form=form)
    return page, status
