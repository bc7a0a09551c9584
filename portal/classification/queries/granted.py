"""Titles the city granted itself, found by the number on their certificate."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.classification.models.titles import Title, TitleKind
from portal.extensions import db


def granted_with_number(number: str) -> Sequence[Title]:
    """Return the latest row of each enterprise's title of a number, also one taken back."""
    rows = db.session.scalars(
        select(Title)
        .join(Title.kind)
        .where(TitleKind.granted_here, Title.number == number)
        .options(joinedload(Title.kind), joinedload(Title.enterprise))
        .order_by(Title.superseded_at.is_not(None), Title.id.desc())
        .limit(20)
    )
    latest: dict[tuple[int, int], Title] = {}
    for title in rows:
        latest.setdefault((title.enterprise_id, title.kind_id), title)
    return list(latest.values())
