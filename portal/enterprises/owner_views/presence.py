"""A member's places, what the enterprise makes and needs, and its named contacts."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.enterprises.actions import contacts as contact_actions
from portal.enterprises.actions import presence as actions
from portal.enterprises.filling.steps import choices
from portal.enterprises.forms.figures import RemoveForm
from portal.enterprises.forms.presence import ContactPersonForm, ItemForm, SiteForm
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.access import get_for
from portal.enterprises.owner_views.figures import may_edit
from portal.enterprises.owner_views.frame import Answer, blueprint
from portal.enterprises.queries import presence as queries
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.presence import (
    CONTACT_STATE_NAMES,
    SITE_NAMES,
    WAY_NAMES,
    SiteKind,
    Way,
)
from portal.errors import Refused
from portal.taxonomy.queries import find_term, get_term
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language
from portal.web.forms import Form


@blueprint.get("/<int:enterprise_id>/presence")
@signed_in
def presence(enterprise_id: int) -> Answer:
    """Show places, what is made and needed, and named contacts."""
    return shown(get_for(enterprise_id, Doing.READ), RemoveForm(formdata=None))


def shown(enterprise: Enterprise, form: Form, status: int = 200) -> Answer:
    """Return the page; `form` holds what was refused."""
    page = render_template(
        "enterprises/presence.html",
        enterprise=enterprise,
        sites=queries.sites_of(enterprise),
        items=queries.items_of(enterprise),
        contacts=queries.contacts_of(enterprise),
        form=form,
        site_names=SITE_NAMES,
        way_names=WAY_NAMES,
        contact_state_names=CONTACT_STATE_NAMES,
        may_edit=may_edit(enterprise),
    )
    return page, status


@blueprint.route("/<int:enterprise_id>/sites/add", methods=["GET", "POST"])
@signed_in
def add_site(enterprise_id: int) -> Answer:
    """Add a place."""
    enterprise, form = get_for(enterprise_id, Doing.EDIT), SiteForm()
    form.district.offer([("", _("Choose")), *choices(Scheme.DISTRICT, in_language)])
    form.zone.offer([("", _("Choose")), *choices(Scheme.ZONE, in_language)])

    def add() -> None:
        actions.add_site(person(), enterprise, place_of(form))

    return filled_in(enterprise, form, _("Add a place"), add)


def place_of(form: SiteForm) -> actions.Place:
    """Return the place a form describes."""
    return actions.Place(
        SiteKind(form.kind.data),
        form.address.data,
        get_term(Scheme.DISTRICT, form.district.data),
        find_term(Scheme.ZONE, form.zone.data),
        form.since.data,
        form.until.data,
    )


@blueprint.route("/<int:enterprise_id>/items/add", methods=["GET", "POST"])
@signed_in
def add_item(enterprise_id: int) -> Answer:
    """Add something made or needed."""
    enterprise, form = get_for(enterprise_id, Doing.EDIT), ItemForm()
    form.node.offer([("", _("Choose")), *choices(Scheme.NODE, in_language)])

    def add() -> None:
        node = find_term(Scheme.NODE, form.node.data)
        said = (form["name"].data, form.description.data, node)
        actions.add_item(person(), enterprise, Way(form.way.data), *said)

    return filled_in(enterprise, form, _("Add a product, service or need"), add)


@blueprint.route("/<int:enterprise_id>/contacts/ask", methods=["GET", "POST"])
@signed_in
def ask_contact(enterprise_id: int) -> Answer:
    """Ask a person whether they want to be named in public."""
    enterprise, form = get_for(enterprise_id, Doing.EDIT), ContactPersonForm()

    def ask() -> None:
        said = (form["name"].data, form.post.data, form.address.data, form.purpose.data)
        contact_actions.ask_contact(person(), enterprise, *said)
        flash(_("The person has been asked; nothing is public before they agree"), "good")

    return filled_in(enterprise, form, _("Ask the person"), ask)


def filled_in(enterprise: Enterprise, form: Form, heading: str, act: Callable[[], None]) -> Answer:
    """Return the page of a form, do what it asks for, or say what is wrong with it."""
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                act()
                return done(enterprise.id)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "enterprises/presence_form.html", enterprise=enterprise, form=form, heading=heading
    )
    return page, status


@blueprint.post("/<int:enterprise_id>/contacts/<int:contact_id>/ask-again")
@signed_in
def ask_contact_again(enterprise_id: int, contact_id: int) -> Answer:
    """Send a person the question once more."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    contact = queries.get_contact(enterprise, contact_id)
    try:
        contact_actions.ask_again(person(), enterprise, contact)
    except Refused as refusal:
        return refused(enterprise_id, refusal)
    flash(_("The person has been asked once more"), "good")
    return redirect(url_for("enterprises_owner.presence", enterprise_id=enterprise_id), 303)


@blueprint.post("/<int:enterprise_id>/contacts/<int:contact_id>/remove")
@signed_in
def remove_contact(enterprise_id: int, contact_id: int) -> Answer:
    """Take a named contact from the record."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    contact = queries.get_contact(enterprise, contact_id, also_ended=True)
    contact_actions.remove_contact(person(), enterprise, contact)
    return done(enterprise_id)


@blueprint.post("/<int:enterprise_id>/sites/<int:site_id>/end")
@signed_in
def end_site(enterprise_id: int, site_id: int) -> Answer:
    """Take a place from the record."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    try:
        site = queries.get_site(enterprise, site_id, also_ended=True)
        actions.end_site(person(), enterprise, site)
    except Refused as refusal:
        return refused(enterprise_id, refusal)
    return done(enterprise_id)


@blueprint.post("/<int:enterprise_id>/items/<int:item_id>/end")
@signed_in
def end_item(enterprise_id: int, item_id: int) -> Answer:
    """Take something made or needed from the record."""
    enterprise = get_for(enterprise_id, Doing.EDIT)
    try:
        item = queries.get_item(enterprise, item_id, also_ended=True)
        actions.end_item(person(), enterprise, item)
    except Refused as refusal:
        return refused(enterprise_id, refusal)
    return done(enterprise_id)


def refused(enterprise_id: int, refusal: Refused) -> Answer:
    """Return the page with a refusal in its summary."""
    form = RemoveForm(formdata=None)
    form.refuse(refusal)
    return shown(get_for(enterprise_id, Doing.EDIT), form, 422)


def done(enterprise_id: int) -> Answer:
    """Say that it is saved and lead back to the page."""
    flash(_("Saved"), "good")
    return redirect(url_for("enterprises_owner.presence", enterprise_id=enterprise_id), 303)
