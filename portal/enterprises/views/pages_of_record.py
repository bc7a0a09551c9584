"""The tabs above the pages of one record, for members and for officers."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request, url_for

from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import State

Pages = tuple[tuple[str, object], ...]  # endpoint and label
Tab = tuple[object, str, bool]  # label, address, whether it is the page shown


def tabs_of(
    enterprise: Enterprise, pages: Pages, in_states: Mapping[str, frozenset[State]]
) -> list[Tab]:
    """Return the pages a record has in its state; those not in `in_states` it has always."""
    return [
        (label, url_for(endpoint, enterprise_id=enterprise.id), endpoint == request.endpoint)
        for endpoint, label in pages
        if enterprise.state in in_states.get(endpoint, frozenset(State))
    ]
