"""Loading the entry schemas; loading the same data again changes nothing."""

from __future__ import annotations

from typing import Any

from portal.database import action, put
from portal.lists.models import EntrySubtype
from portal.lists.terms.kinds import Kind


@action
def put_subtype(kind: Kind, slug: str, **facts: Any) -> EntrySubtype:
    """Add or update one subtype with its field descriptions and return it."""
    return put(EntrySubtype, {"kind": str(kind), "slug": slug}, **facts)
