"""Titles the city granted itself, found by the number on their certificate."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import known
from portal.extensions import db


def granted_with_number(number: str) -> Sequence[Title]:
    """Return the titles of a number: the rows on record, or else the last one taken back."""
    rows = db.session.scalars(
        select(Title)
        .join(Title.kind)
        .where(TitleKind.granted_here, Title.number == number)
        .options(joinedload(Title.kind), joinedload(Title.enterprise))
        .order_by(Title.superseded_at.desc(), Title.id.desc())
        .limit(20)
    ).all()
    return [title for title in rows if title.superseded_at is None] or rows[:1]


def find_present(title: Title) -> Title | None:
    """Return the row by which a granted title is on record now, also after a merge of records;
    None once it was taken back."""
    return db.session.scalar(
        select(Title)
        .where(
            Title.kind_id == title.kind_id,
            Title.number == title.number,
            Title.batch == title.batch,
            known(Title, None),
        )
        .options(joinedload(Title.kind), joinedload(Title.enterprise))
    )
