"""A unit forwards the entries of enterprises located with it, each with its opinion."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person
from portal.lists.actions.forwarding import forward as forward_entry
from portal.lists.bureau_views.frame import Answer
from portal.lists.bureau_views.own_units import acting, blueprint
from portal.lists.filling import shown_sections
from portal.lists.forms.units import OpinionForm
from portal.lists.permits import is_impartial
from portal.lists.queries.forwarding import (
    count_located,
    get_located,
    opinions_of,
    page_of_located,
)
from portal.lists.queries.units import get_own_unit, is_open
from portal.lists.terms.entries import ENTRY_STATE_NAMES, UNDECIDED
from portal.web.forms import attempt
from portal.web.pagination import asked_page, page_of
from portal.web.redirects import done

LOCATED = "/<int:unit_id>/forwarding"


@blueprint.get(LOCATED)
@acting
def located(unit_id: int) -> Answer:
    """List the entries of enterprises located with the unit, with what it said of each."""
    unit = get_own_unit(person(), unit_id)
    page = page_of(count_located(unit), asked_page())
    entries = page_of_located(unit, page.offset, page.size)
    return render_template(
        "lists/located.html",
        unit=unit,
        release=unit.release,
        entries=entries,
        opinions=opinions_of(unit, entries),
        page=page,
        state_names=ENTRY_STATE_NAMES,
    )


@blueprint.route(LOCATED + "/<int:entry_id>", methods=["GET", "POST"])
@acting
def forward(unit_id: int, entry_id: int) -> Answer:
    """Show an enterprise's entry and take the unit's opinion on it."""
    unit = get_own_unit(person(), unit_id)
    entry = get_located(unit, entry_id)
    before = opinions_of(unit, [entry]).get(entry.id)
    form = OpinionForm(data={"version": entry.version})
    if form.is_submitted() and attempt(
        form,
        lambda: forward_entry(
            person(),
            unit,
            entry,
            form.version.data,
            supported=form.supported.data == "yes",
            ground=form.ground.data or "",
        ),
    ):
        said = _("Forwarded with the unit’s opinion")
        return done(url_for("submissions_bureau.located", unit_id=unit_id), said)
    unit, entry = get_own_unit(person(), unit_id), get_located(unit, entry_id)
    page = render_template(
        "lists/forward.html",
        unit=unit,
        release=unit.release,
        entry=entry,
        groups=shown_sections(entry),
        before=before,
        form=form,
        may_forward=is_open(unit) and entry.state in UNDECIDED and is_impartial(person(), entry),
        state_names=ENTRY_STATE_NAMES,
    )
    return page, 422 if form.is_submitted() else 200
