"""Parts of pages that are neither an entry nor an enterprise: tabs, scopes, facts of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.lists.terms.kinds import KIND_NAMES
from portal.notices.models import Policy
from portal.web.filters import chinese, day, named
from portal.web.navigation import url_with

Names = Mapping[Any, Any]
SECTION_NAMES: dict[str, Any] = {
    **{str(kind): name for kind, name in KIND_NAMES.items()},
    "enterprise": _l("Enterprises"),
    "policy": _l("Policies and notices"),
}


def tabs_of(names: Names, current: str) -> list[tuple[str, str, bool]]:
    """Return tabs that choose ?kind=, as (label, address, is current)."""
    return [
        (str(label), url_with(kind=str(kind)), kind == current) for kind, label in names.items()
    ]


def search_tabs(
    names: Names, current: str, counts: Mapping[str, int]
) -> list[tuple[str, str, bool]]:
    """Return the tabs of a search with how much was found in each."""
    everything = (counted(_("Everything"), sum(counts.values())), url_with(kind=None), not current)
    tabs = [everything]
    for kind, label in names.items():
        slug = str(kind)
        tabs.append(
            (counted(str(label), counts.get(slug, 0)), url_with(kind=slug), slug == current)
        )
    return tabs


def counted(label: str, count: int) -> str:
    """Return a label with its count."""
    return str(_("%(label)s (%(count)d)", label=label, count=count))


def scopes_of(names: Names) -> list[tuple[str, str]]:
    """Return what the search box lets choose from."""
    return [("", _("Everything")), *((str(kind), str(label)) for kind, label in names.items())]


def policy_facts(policy: Policy) -> list[tuple[str, Any]]:
    """Return the metadata government pages show, in their order."""
    return [
        (_("Index number"), policy.index_no),
        (_("Document number"), chinese(policy.document_no)),
        (_("Issued by"), named(policy, "publisher")),
        (_("Kind of document"), chinese(policy.document_kind)),
        (_("Dated"), day(policy.dated_on)),
        (_("Made public on"), day(policy.published_on)),
        (_("Validity"), _("In force") if policy.in_force else _("No longer in force")),
    ]
