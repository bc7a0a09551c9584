"""The words that stand for each other, and what was looked for in vain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class SynonymGroup(Base):
    """Words of which each finds the others, as the bureau writes them; retired, never deleted.

    `revision` grows with every change of any group, so that the highest one tells a process
    whether the words it holds are still those of the table. `origin` names a group of the
    fixtures: once loaded it belongs to the officers.
    """

    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(index=True)
    origin: Mapped[str | None] = mapped_column(String(60), unique=True)
    words: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(String(200), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class SearchNeed(Base):
    """What somebody looked for in vain and asked the bureau to think of; nobody's name is kept.
    `word` is what was searched for in its normalised form, so that the same wishes are counted
    together."""

    __tablename__ = "search_need"
    __table_args__ = (
        Index("ix_search_need_created_at", "created_at", "id"),
        Index("ix_search_need_word", "word", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(100), default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
