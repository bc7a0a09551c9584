"""The worklist of records that may be one enterprise."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.access import officer, person
from portal.accounts.queries.reach import districts_for, zones_for
from portal.accounts.terms import Right
from portal.enterprises.actions import duplicates as actions
from portal.enterprises.bureau_views.frame import Answer, blueprint
from portal.enterprises.forms.duplicates import DismissForm
from portal.enterprises.models import Enterprise, LikelyPair
from portal.enterprises.queries import duplicates as queries
from portal.enterprises.rules.likeness import Why
from portal.enterprises.terms.record import STATE_NAMES
from portal.errors import Refused
from portal.web.pagination import asked_page, page_of

WHY_NAMES = {
    Why.SAME_NAME: _l("Same name but for width, brackets or script"),
    Why.FORMER_NAME: _l("A former name of the other"),
    Why.SAME_CORE: _l("Same name but for place or legal form"),
    Why.ONE_CHARACTER: _l("Names differ in one character"),
    Why.SAME_LANDLINE: _l("Same landline"),
    Why.SAME_WEBSITE: _l("Same website"),
}


@blueprint.get("/duplicates")
@officer(Right.REVIEW_ENTERPRISES)
def duplicates() -> Answer:
    """List the likely pairs in the officer's places, the likeliest first."""
    right = Right.REVIEW_ENTERPRISES
    narrowed = queries.open_pairs(districts_for(person(), right), zones_for(person(), right))
    page = page_of(queries.count_pairs(narrowed), asked_page())
    return render_template(
        "enterprises/duplicates.html",
        pairs=queries.page_of_pairs(narrowed, page.offset, page.size),
        page=page,
        why_names=WHY_NAMES,
    )


@blueprint.get("/duplicates/<int:pair_id>")
@officer(Right.REVIEW_ENTERPRISES)
def likely_pair(pair_id: int) -> Answer:
    """Show the two records of a pair side by side."""
    return shown_pair(get_pair(pair_id), DismissForm())


@blueprint.post("/duplicates/<int:pair_id>/dismiss")
@officer(Right.REVIEW_ENTERPRISES)
def dismiss_pair(pair_id: int) -> Answer:
    """Dismiss a pair with a ground."""
    pair = get_pair(pair_id)
    form = DismissForm()
    if not form.validate():
        return shown_pair(pair, form, 422)
    try:
        actions.dismiss_pair(person(), pair, form.ground.data)
    except Refused as refusal:
        form.refuse(refusal)
        return shown_pair(get_pair(pair_id), form, 422)
    flash(_("Dismissed: these stay two enterprises"), "good")
    return redirect(url_for("enterprises_bureau.duplicates"), 303)


def get_pair(pair_id: int) -> LikelyPair:
    """Return a pair the officer may decide on; raises NotFound, NotAllowed."""
    pair = queries.get_pair(pair_id)
    actions.check_pair(person(), pair)
    return pair


def shown_pair(pair: LikelyPair, form: DismissForm, status: int = 200) -> Answer:
    """Return the page of a pair."""
    page = render_template(
        "enterprises/likely_pair.html",
        pair=pair,
        form=form,
        why_names=WHY_NAMES,
        state_names=STATE_NAMES,
        merge_url=merge_url(pair.first),
    )
    return page, status


def merge_url(enterprise: Enterprise) -> str:
    """Return where the merge of a record begins, '' where this portal has no such page."""
    if "enterprises_bureau.merge" not in current_app.view_functions:
        return ""
    return url_for("enterprises_bureau.merge", enterprise_id=enterprise.id)
