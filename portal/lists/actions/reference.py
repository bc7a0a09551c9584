"""Loading the entry schemas; loading the same data again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.database import action, put
from portal.lists.models import EntrySubtype
from portal.lists.rules.schemas import check_schema
from portal.lists.terms.kinds import Kind


@action
def put_subtype(
    kind: Kind, slug: str, sections: Mapping[str, Mapping[str, Any]], **facts: Any
) -> EntrySubtype:
    """Add or update one subtype with its form and return it; `sections` are those on offer.

    Raises SchemaFault for a form that cannot be used.
    """
    check_schema(f"{kind}/{slug}", facts["fields"], sections)
    used = dict.fromkeys(field["section"] for field in facts["fields"])
    return put(
        EntrySubtype,
        {"kind": str(kind), "slug": slug},
        sections=[dict(sections[name]) for name in used],
        **facts,
    )
