"""Words records are known by, and names enterprises had, for what is offered while typing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select, union

from portal import clock
from portal.classification.models.titles import TitleKind
from portal.directory.queries.holding import holds
from portal.enterprises.models import EnterpriseName
from portal.extensions import db
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme

SCHEMES = (Scheme.ZONE, Scheme.KEY_INDUSTRY, Scheme.CHAIN, Scheme.NODE, Scheme.FIELD)


def tags_holding(text: str, limit: int) -> list[str]:
    """Return words of the vocabularies in force, and short names of titles, that hold a text."""
    today = clock.today()
    terms = select(Term.name_zh.label("name")).where(
        Term.scheme.in_(SCHEMES),
        holds(text, Term.name_zh),
        or_(Term.valid_from.is_(None), Term.valid_from <= today),
        or_(Term.valid_until.is_(None), Term.valid_until >= today),
    )
    titles = select(TitleKind.short_name_zh).where(holds(text, TitleKind.short_name_zh))
    every = union(terms, titles).subquery()
    names = db.session.scalars(select(every.c.name).order_by(every.c.name).limit(50)).all()
    return sorted((name for name in names if name), key=len)[:limit]


def past_names(enterprises: Sequence[int]) -> dict[int, list[str]]:
    """Return the names each of these enterprises had, in the order in which they were kept."""
    if not enterprises:
        return {}
    found: dict[int, list[str]] = {}
    rows = select(EnterpriseName.enterprise_id, EnterpriseName.name).where(
        EnterpriseName.enterprise_id.in_(enterprises)
    )
    for enterprise_id, name in db.session.execute(rows.order_by(EnterpriseName.id)):
        found.setdefault(enterprise_id, []).append(name)
    return found
