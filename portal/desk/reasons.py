"""The page on which officers keep the sentences they use often."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.casework import CannedReason, Matter
from portal.casework import reasons as kept
from portal.desk.forms import ReasonForm, RewordForm
from portal.desk.views import blueprint
from portal.enterprises.terms.record import FIELD_NAMES
from portal.errors import Refused
from portal.web.forms import Form

Answer = str | Response | tuple[str, int]
MATTER = Matter.VERIFICATION  # the one matter whose fields take reasons


@blueprint.get("/bureau/reasons")
@officer(Right.REVIEW_ENTERPRISES)
def reasons() -> Answer:
    """List the sentences in use; those who keep them may add, reword and retire."""
    return shown_reasons(reason_form())


@blueprint.post("/bureau/reasons/add")
@officer(Right.REVIEW_ENTERPRISES)
def add_reason() -> Answer:
    """Add a sentence."""
    kept.check_may_manage(person(), MATTER)
    form = reason_form()
    if not form.validate():
        return shown_reasons(form, 422)
    try:
        kept.add_reason(person(), MATTER, form.field.data or "", form.text.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_reasons(form, 422)
    flash(_("The reason is in the list"), "good")
    return redirect(url_for("desk.reasons"), 303)


@blueprint.get("/bureau/reasons/<int:reason_id>")
@officer(Right.REVIEW_ENTERPRISES)
def reason(reason_id: int) -> Answer:
    """Show one sentence to be reworded or retired."""
    found = get_kept(reason_id)
    return shown_reason(found, RewordForm(data={"text": found.text}))


@blueprint.post("/bureau/reasons/<int:reason_id>/reword")
@officer(Right.REVIEW_ENTERPRISES)
def reword_reason(reason_id: int) -> Answer:
    """Word a sentence anew."""
    found, form = get_kept(reason_id), RewordForm()
    if not form.validate():
        return shown_reason(found, form, 422)
    try:
        kept.reword_reason(person(), found, form.text.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_reason(kept.get_reason(reason_id), form, 422)
    flash(_("The reason is reworded; letters already written keep theirs"), "good")
    return redirect(url_for("desk.reasons"), 303)


@blueprint.post("/bureau/reasons/<int:reason_id>/retire")
@officer(Right.REVIEW_ENTERPRISES)
def retire_reason(reason_id: int) -> Answer:
    """Offer a sentence no longer."""
    kept.retire_reason(person(), get_kept(reason_id))
    flash(_("The reason is no longer offered"), "good")
    return redirect(url_for("desk.reasons"), 303)


def get_kept(reason_id: int) -> CannedReason:
    """Return a sentence the officer may change; raises NotFound, NotAllowed."""
    found = kept.get_reason(reason_id)
    kept.check_may_manage(person(), found.matter)
    return found


def reason_form() -> ReasonForm:
    """Return the form of a new sentence, for the opinion or for one of the fields."""
    form = ReasonForm()
    form.field.offer([("", _("The opinion itself")), *FIELD_NAMES.items()])
    return form


def shown_reasons(form: Form, status: int = 200) -> Answer:
    """Return the list, grouped by field."""
    groups: dict[str, list[CannedReason]] = {}
    for each in kept.all_reasons(MATTER):
        groups.setdefault(each.field, []).append(each)
    page = render_template(
        "desk/reasons.html",
        form=form,
        groups=groups,
        field_names=FIELD_NAMES,
        may_manage=kept.may_manage(person(), MATTER),
    )
    return page, status


def shown_reason(found: CannedReason, form: RewordForm, status: int = 200) -> Answer:
    """Return the page of one sentence."""
    page = render_template("desk/reason.html", reason=found, form=form, field_names=FIELD_NAMES)
    return page, status
