"""Filling the forms of places and of what is made and needed, and reading them back."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.enterprises.actions.chain_items import Thing
from portal.enterprises.actions.presence import Place
from portal.enterprises.filling.steps import Naming, choices
from portal.enterprises.forms.presence import ItemForm, SiteForm
from portal.enterprises.models import ChainItem, Enterprise, Site
from portal.enterprises.terms.presence import SITE_NAMES, SiteKind, Way
from portal.taxonomy.queries import find_term, get_term
from portal.taxonomy.terms import Scheme


def site_form(enterprise: Enterprise, site: Site | None, named: Naming) -> SiteForm:
    """Return the form of a place, empty or showing one; a verified record offers no registered
    place, since that follows from a reported change."""
    kinds = list(SiteKind) if enterprise.is_editable else [SiteKind.OPERATING]
    values: dict[str, object] = {"kind": kinds[0] if len(kinds) == 1 else None}
    if site is not None:
        values = {
            "kind": site.kind,
            "address": site.address,
            "district": site.district.slug,
            "zones": [zone.slug for zone in site.zones],
            "since": site.since,
            "until": site.until,
        }
    form = SiteForm(data=values)
    form.kind.offer([(str(kind), SITE_NAMES[kind]) for kind in kinds])
    if not enterprise.is_editable:
        form.kind.description = _(
            "The registered place is verified: report a change of the registered facts instead"
        )
    form.district.offer([("", _("Choose")), *choices(Scheme.DISTRICT, named)])
    form.zones.offer(choices(Scheme.ZONE, named))
    return form


def place_in(form: SiteForm) -> Place:
    """Return the place a form describes."""
    return Place(
        SiteKind(form.kind.data),
        form.address.data,
        get_term(Scheme.DISTRICT, form.district.data),
        tuple(get_term(Scheme.ZONE, slug) for slug in form.zones.data or []),
        form.since.data,
        form.until.data,
    )


def item_form(item: ChainItem | None, named: Naming) -> ItemForm:
    """Return the form of something made or needed, empty or showing one."""
    values = {}
    if item is not None:
        node = item.node.slug if item.node else ""
        told = {"name": item.name, "description": item.description}
        values = {"way": item.way, "node": node, **told}
    form = ItemForm(data=values)
    form.node.offer([("", _("Choose")), *choices(Scheme.NODE, named)])
    return form


def thing_in(form: ItemForm) -> Thing:
    """Return what a form says is made or needed."""
    node = find_term(Scheme.NODE, form.node.data)
    return Thing(Way(form.way.data), form["name"].data, form.description.data, node)
