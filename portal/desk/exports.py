"""Taking data out, which stands in the trail."""

from __future__ import annotations

from collections.abc import Mapping

from portal import audit
from portal.accounts.models import Person
from portal.database import action


@action
def record_export(actor: Person, asked: Mapping[str, str]) -> None:
    """Write into the trail that an auditor exports it, with the filter."""
    audit.record(actor, "export_trail", actor, {name: (None, asked[name]) for name in asked})


@action
def record_own_data(actor: Person) -> None:
    """Write into the trail that somebody downloads what is held on them."""
    audit.record(actor, "download_own_data", actor)
