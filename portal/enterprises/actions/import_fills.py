"""Filling in what a record lacks, and emptying it again when the import is undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from portal import audit, clock
from portal.enterprises.models import ImportRow
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import RowAct
from portal.extensions import db
from portal.taxonomy.queries import terms
from portal.taxonomy.terms import Scheme


def fill_record(row_id: int) -> None:
    """Fill in what an existing record lacks; what was filled meanwhile stays as it is."""
    row = db.session.get(ImportRow, row_id)
    assert row is not None
    assert row.enterprise_id is not None
    enterprise = get_enterprise(row.enterprise_id)
    filled: dict[str, Any] = {}
    for name, value in row.fills.items():
        if name == "pillar_ids" and not enterprise.pillars:
            enterprise.pillars = [t for t in terms(Scheme.PILLAR) if t.id in value]
            filled[name] = value
        elif name != "pillar_ids" and getattr(enterprise, name) in (None, ""):
            setattr(enterprise, name, typed(name, value))
            filled[name] = value
    if not filled or not enterprise.is_public:
        row.act, row.fills = RowAct.NONE, {}
        return
    version = enterprise.version
    enterprise.updated_at = clock.now()
    row.fills = {**filled, "version": version + 1}
    changes = {name: (None, value) for name, value in filled.items()}
    audit.record(
        audit.SYSTEM, "import_fill", enterprise, {**changes, "version": (version, version + 1)}
    )


def typed(name: str, value: Any) -> Any:
    """Return a kept value as its column holds it."""
    if name == "established_on":
        return date.fromisoformat(value)
    return Decimal(value) if name == "registered_capital" else value


def empty_again(row: ImportRow) -> None:
    """Take out of a record what the import filled in."""
    enterprise = get_enterprise(row.enterprise_id or 0)
    version = enterprise.version
    names = [name for name in row.fills if name != "version"]
    for name in names:
        if name == "pillar_ids":
            enterprise.pillars = []
        else:
            setattr(enterprise, name, "" if name in ("products", "website", "name") else None)
    enterprise.updated_at = clock.now()
    changes: dict[str, Any] = {name: (row.fills[name], None) for name in names}
    audit.record(
        audit.SYSTEM, "import_unfill", enterprise, {**changes, "version": (version, version + 1)}
    )
