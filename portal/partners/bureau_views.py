"""An officer's pages: the list of partner organisations, and looking at one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.errors import Refused
from portal.partners import actions, queries
from portal.partners.forms import StandingForm
from portal.partners.terms import KIND_NAMES, STANDING_NAMES, Standing
from portal.web.pagination import asked_page, page_of

blueprint = Blueprint("partners_bureau", __name__, url_prefix="/bureau/partners")
Answer = str | Response | tuple[str, int]


@blueprint.get("")
@officer(Right.REVIEW_ENTERPRISES)
def partners() -> Answer:
    """List partner organisations, newest first, filtered by standing and word."""
    actions.check_looker(person())
    standing, word = request.args.get("standing", ""), request.args.get("q", "").strip()[:100]
    narrowed = queries.listed(standing if standing in set(Standing) else "", word)
    page = page_of(queries.count(narrowed), asked_page())
    return render_template(
        "partners/list.html",
        rows=queries.some(narrowed, page.offset, page.size),
        page=page,
        standing=standing,
        word=word,
        kind_names=KIND_NAMES,
        standing_names=STANDING_NAMES,
        standings=[(str(each), STANDING_NAMES[each]) for each in Standing],
    )


@blueprint.get("/<int:partner_id>")
@officer(Right.REVIEW_ENTERPRISES)
def partner(partner_id: int) -> Answer:
    """Show an organisation with the form for what was found."""
    actions.check_looker(person())
    found = queries.get_partner(partner_id)
    return shown(partner_id, StandingForm(formdata=None, data={"version": found.version}))


@blueprint.post("/<int:partner_id>/look")
@officer(Right.REVIEW_ENTERPRISES)
def look(partner_id: int) -> Answer:
    """Keep what the officer found."""
    actions.check_looker(person())
    found, form = queries.get_partner(partner_id), StandingForm()
    try:
        if form.validate():
            standing = Standing(form.standing.data)
            actions.look_at(person(), found, standing, form.ground.data, form.version.data)
            flash(_("The finding is kept"), "good")
            return redirect(url_for("partners_bureau.partners"), 303)
    except Refused as refusal:
        form.refuse(refusal)
    return shown(partner_id, form), 422


def shown(partner_id: int, form: StandingForm) -> str:
    """Return the page of an organisation for officers."""
    return render_template(
        "partners/look.html",
        partner=queries.get_partner(partner_id),
        form=form,
        kind_names=KIND_NAMES,
        standing_names=STANDING_NAMES,
    )
