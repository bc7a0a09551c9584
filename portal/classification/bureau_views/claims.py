"""Titles that imports name, to be verified: recorded from their source, or dismissed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import officer, person
from portal.accounts.queries.people import has_right
from portal.accounts.terms import Right
from portal.classification.actions import claims as actions
from portal.classification.bureau_views.titles import Answer, blueprint
from portal.classification.forms.titles import DismissalForm
from portal.classification.models.titles import TitleClaim
from portal.classification.permits import check_recorder
from portal.classification.queries import claims as queries
from portal.classification.queries.titles import kinds_recorded_by, title_kinds
from portal.classification.terms.titles import LEVEL_NAMES
from portal.errors import Refused
from portal.web.pagination import asked_page, page_of


@blueprint.get("/claims")
@officer(Right.RECOGNISE, Right.AUDIT)
def claims() -> Answer:
    """List the claimed titles the officer verifies, oldest first; auditors read all of them."""
    all_of_them = has_right(person(), Right.AUDIT)
    kinds = title_kinds() if all_of_them else kinds_recorded_by(person())
    narrowed = queries.open_claims([kind.id for kind in kinds])
    page = page_of(queries.count_claims(narrowed), asked_page())
    return render_template(
        "classification/claims.html",
        rows=queries.page_of_claims(narrowed, page.offset, page.size),
        page=page,
        level_names=LEVEL_NAMES,
        may_record=has_right(person(), Right.RECOGNISE),
    )


@blueprint.route("/claims/<int:claimed_id>/dismiss", methods=["GET", "POST"])
@officer(Right.RECOGNISE)
def dismiss_claim(claimed_id: int) -> Answer:
    """Say why a claimed title is not borne out."""
    found = queries.get_claim(claimed_id)
    check_recorder(person(), found.enterprise, found.kind)
    form = DismissalForm()
    if request.method == "GET":
        return shown(found, form)
    if not form.validate():
        return shown(found, form, 422)
    try:
        actions.dismiss_claim(person(), found, form.ground.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown(queries.get_claim(claimed_id), form, 422)
    flash(_("The claim is dismissed; it is kept with your ground"), "good")
    return redirect(url_for("classification_bureau.claims"), 303)


def shown(found: TitleClaim, form: DismissalForm, status: int = 200) -> Answer:
    """Return the page that asks for the ground."""
    page = render_template("classification/dismiss_claim.html", claim=found, form=form)
    return page, status
