"""The page on which officers keep the sentences they use often."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.casework import CannedReason, Matter
from portal.casework import reasons as kept
from portal.casework.terms import MATTER_NAMES
from portal.desk.forms import ReasonForm, RewordForm
from portal.desk.views import blueprint
from portal.enterprises.rules.states import LOCKED
from portal.enterprises.terms.record import FIELD_NAMES
from portal.errors import Refused
from portal.web.forms import Form

Answer = str | Response | tuple[str, int]
WHEN_DECLINING = {"": _l("The ground itself"), "decline": _l("The opinion when declining")}
# By matter what its sentences are for: '' is what the decision itself says.
FIELDS_OF: dict[Matter, dict[str, object]] = {
    Matter.VERIFICATION: {"": _l("The opinion itself"), **FIELD_NAMES},
    Matter.CLAIM: {"": _l("The ground itself")},
    Matter.IDENTITY_CHANGE: {
        "": _l("The opinion itself"),
        **{name: FIELD_NAMES[name] for name in FIELD_NAMES if name in LOCKED},
    },
    Matter.SUSPENSION: WHEN_DECLINING,
    Matter.REMOVAL: WHEN_DECLINING,
    Matter.MERGE: WHEN_DECLINING,
}


@blueprint.get("/bureau/reasons")
@officer(Right.REVIEW_ENTERPRISES)
def reasons() -> Answer:
    """List the sentences in use; those who keep them may add, reword and retire."""
    matter = asked_matter()
    return shown_reasons(matter, reason_form(matter))


@blueprint.post("/bureau/reasons/add")
@officer(Right.REVIEW_ENTERPRISES)
def add_reason() -> Answer:
    """Add a sentence."""
    matter = asked_matter()
    kept.check_may_manage(person(), matter)
    form = reason_form(matter)
    if not form.validate():
        return shown_reasons(matter, form, 422)
    try:
        kept.add_reason(person(), matter, form.field.data or "", form.text.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_reasons(matter, form, 422)
    flash(_("The reason is in the list"), "good")
    return redirect(url_for("desk.reasons", matter=matter), 303)


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
    return redirect(url_for("desk.reasons", matter=found.matter), 303)


@blueprint.post("/bureau/reasons/<int:reason_id>/retire")
@officer(Right.REVIEW_ENTERPRISES)
def retire_reason(reason_id: int) -> Answer:
    """Offer a sentence no longer."""
    found = get_kept(reason_id)
    kept.retire_reason(person(), found)
    flash(_("The reason is no longer offered"), "good")
    return redirect(url_for("desk.reasons", matter=found.matter), 303)


def get_kept(reason_id: int) -> CannedReason:
    """Return a sentence the officer may change; raises NotFound, NotAllowed."""
    found = kept.get_reason(reason_id)
    kept.check_may_manage(person(), found.matter)
    return found


def asked_matter() -> Matter:
    """Return the matter whose sentences are asked for, the first of them for any other word."""
    asked = request.args.get("matter", "")
    return next((matter for matter in FIELDS_OF if matter == asked), Matter.VERIFICATION)


def reason_form(matter: Matter) -> ReasonForm:
    """Return the form of a new sentence, for the opinion or for one of the fields."""
    form = ReasonForm()
    form.field.offer(list(FIELDS_OF[matter].items()))
    return form


def shown_reasons(matter: Matter, form: Form, status: int = 200) -> Answer:
    """Return the list, grouped by field."""
    groups: dict[str, list[CannedReason]] = {}
    for each in kept.all_reasons(matter):
        groups.setdefault(each.field, []).append(each)
    page = render_template(
        "desk/reasons.html",
        form=form,
        groups=groups,
        matter=matter,
        matters=[(each, MATTER_NAMES[each]) for each in FIELDS_OF],
        field_names=FIELDS_OF[matter],
        may_manage=kept.may_manage(person(), matter),
    )
    return page, status


def shown_reason(found: CannedReason, form: RewordForm, status: int = 200) -> Answer:
    """Return the page of one sentence."""
    page = render_template(
        "desk/reason.html",
        reason=found,
        form=form,
        matter_name=MATTER_NAMES[Matter(found.matter)],
        field_name=FIELDS_OF.get(Matter(found.matter), {}).get(found.field, found.field),
    )
    return page, status
