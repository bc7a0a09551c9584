"""Taking over a record with the code in the bureau's letter."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import origin, person, signed_in
from portal.enterprises.actions import hand_over as actions
from portal.enterprises.forms.hand_over import HandOverForm
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.errors import Refused, Throttled


@blueprint.route("/hand-over", methods=["GET", "POST"])
@signed_in
def hand_over() -> Answer:
    """Become the owner of the record a code was issued for."""
    form = HandOverForm()
    if request.method == "GET":
        return render_template("enterprises/take_over.html", form=form)
    if not form.validate():
        return render_template("enterprises/take_over.html", form=form), 422
    try:
        enterprise = actions.use_code(person(), form.code.data, origin())
    except Refused as refusal:
        form.refuse(refusal)
        status = 429 if isinstance(refusal, Throttled) else 422
        return render_template("enterprises/take_over.html", form=form), status
    flash(_("You are now the owner of this record"), "good")
    return redirect(url_for("enterprises_owner.tasks", enterprise_id=enterprise.id), 303)
