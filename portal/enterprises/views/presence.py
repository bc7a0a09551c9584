"""Editing places, and what is made and needed: the same pages for members and for officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts.access import person
from portal.enterprises.actions import chain_items
from portal.enterprises.actions import presence as actions
from portal.enterprises.filling.presence import item_form, place_in, site_form, thing_in
from portal.enterprises.forms.figures import RemoveForm
from portal.enterprises.models import Enterprise
from portal.enterprises.queries import presence as queries
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.presence import CONTACT_STATE_NAMES, SITE_NAMES, WAY_NAMES
from portal.errors import Refused
from portal.web.filters import in_language
from portal.web.forms import Form

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Side:
    """Whose page it is: its blueprint, layout and template, and whether its reader may edit."""

    blueprint: str
    layout: str
    template: str
    may_edit: Callable[[Enterprise], bool]


def shown(
    side: Side, enterprise: Enterprise, form: Form | None = None, status: int = 200
) -> Answer:
    """Return the page of a record; `form` holds what was refused."""
    page = render_template(
        side.template,
        side=side.blueprint,
        enterprise=enterprise,
        sites=queries.sites_of(enterprise),
        items=queries.items_of(enterprise),
        contacts=queries.contacts_of(enterprise),
        form=form or RemoveForm(formdata=None),
        site_names=SITE_NAMES,
        way_names=WAY_NAMES,
        contact_state_names=CONTACT_STATE_NAMES,
        may_edit=side.may_edit(enterprise),
        in_registry=enterprise.state in IN_THE_REGISTRY,
    )
    return page, status


def add_site(side: Side, enterprise: Enterprise) -> Answer:
    """Add a place."""
    form = site_form(enterprise, None, in_language)

    def add() -> None:
        actions.add_site(person(), enterprise, place_in(form))

    return filled_in(side, enterprise, form, _("Add a place"), add)


def edit_site(side: Side, enterprise: Enterprise, site_id: int) -> Answer:
    """Correct a place; the registered one of a verified record says why it cannot be."""
    site = queries.get_site(enterprise, site_id, also_ended=True)
    if site.is_registered and not enterprise.is_editable:
        return locked(side, enterprise)
    form = site_form(enterprise, site, in_language)

    def edit() -> None:
        actions.edit_site(person(), enterprise, site, place_in(form))

    return filled_in(side, enterprise, form, _("Change a place"), edit)


def locked(side: Side, enterprise: Enterprise) -> Answer:
    """Say why the registered place cannot be edited here, and where a change is reported."""
    page = render_template(
        "enterprises/site_locked.html",
        side=side.blueprint,
        layout=side.layout,
        enterprise=enterprise,
        in_registry=enterprise.state in IN_THE_REGISTRY,
    )
    return page, 422 if request.method == "POST" else 200


def add_item(side: Side, enterprise: Enterprise) -> Answer:
    """Add something made or needed."""
    form = item_form(None, in_language)

    def add() -> None:
        chain_items.add_item(person(), enterprise, thing_in(form))

    return filled_in(side, enterprise, form, _("Add a product, service or need"), add)


def edit_item(side: Side, enterprise: Enterprise, item_id: int) -> Answer:
    """Correct something made or needed."""
    item = queries.get_item(enterprise, item_id, also_ended=True)
    form = item_form(item, in_language)

    def edit() -> None:
        chain_items.edit_item(person(), enterprise, item, thing_in(form))

    return filled_in(side, enterprise, form, _("Change a product, service or need"), edit)


def filled_in(
    side: Side, enterprise: Enterprise, form: Form, heading: str, act: Callable[[], None]
) -> Answer:
    """Return the page of a form, do what it asks for, or say what is wrong with it."""
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.validate():
                act()
                return done(side, enterprise.id)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "enterprises/presence_form.html",
        side=side.blueprint,
        layout=side.layout,
        enterprise=enterprise,
        form=form,
        heading=heading,
    )
    return page, status


def end_site(side: Side, enterprise: Enterprise, site_id: int) -> Answer:
    """Take a place from the record."""
    site = queries.get_site(enterprise, site_id, also_ended=True)
    return ended(side, enterprise, lambda: actions.end_site(person(), enterprise, site))


def end_item(side: Side, enterprise: Enterprise, item_id: int) -> Answer:
    """Take something made or needed from the record."""
    item = queries.get_item(enterprise, item_id, also_ended=True)
    return ended(side, enterprise, lambda: chain_items.end_item(person(), enterprise, item))


def ended(side: Side, enterprise: Enterprise, act: Callable[[], None]) -> Answer:
    """Do it and lead back to the page, or show the page with the refusal in its summary."""
    try:
        act()
    except Refused as refusal:
        form = RemoveForm(formdata=None)
        form.refuse(refusal)
        return shown(side, enterprise, form, 422)
    return done(side, enterprise.id)


def done(side: Side, enterprise_id: int) -> Answer:
    """Say that it is saved and lead back to the page."""
    flash(_("Saved"), "good")
    return redirect(url_for(f"{side.blueprint}.presence", enterprise_id=enterprise_id), 303)
