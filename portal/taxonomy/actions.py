"""Loading vocabularies and departments; loading the same data again changes nothing."""

from __future__ import annotations

from typing import Any

from portal.database import action, put
from portal.taxonomy.models import Department, Term
from portal.taxonomy.terms import DepartmentKind, Scheme


@action
def put_term(scheme: Scheme, slug: str, *, parent: Term | None = None, **facts: Any) -> Term:
    """Add or update one term and return it; `facts` are its other columns."""
    key = {"scheme": str(scheme), "slug": slug}
    return put(Term, key, parent_id=parent.id if parent else None, **facts)


@action
def put_department(slug: str, kind: DepartmentKind, **facts: Any) -> Department:
    """Add or update one department and return it; `facts` are its other columns."""
    return put(Department, {"slug": slug}, kind=str(kind), **facts)
