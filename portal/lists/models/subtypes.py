"""The form of an entry as data."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Base


class EntrySubtype(Base):
    """The form of one subtype as data: `fields` is a list of field descriptions
    (key, section, label_zh, label_en, type, unit_zh, unit_en, required, public, max_length,
    choices, columns, in_row), `sections` the sections they stand in (slug, names), in order."""

    __tablename__ = "entry_subtype"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(40))
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(120))
    description_zh: Mapped[str] = mapped_column(String(200), default="")
    description_en: Mapped[str] = mapped_column(String(300), default="")
    takes_interest: Mapped[bool] = mapped_column(default=True)
    allows_anonymous: Mapped[bool] = mapped_column(default=False)
    sections: Mapped[list[Any]] = mapped_column(default=list)
    fields: Mapped[list[Any]] = mapped_column(default=list)
    sort: Mapped[int] = mapped_column(default=0)
