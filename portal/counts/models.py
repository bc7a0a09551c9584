"""The cells, and of which day and change they are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Base


class CountedKind(Base):
    """One kind of counted record. `version` moves with every change of its cells or of what they
    refer to; `epoch` is another after each recount, so that nobody adds to what he read before.
    Titles are counted as they stood on `day`. Without a row nothing is kept yet."""

    __tablename__ = "counted_kind"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]


class CountedCell(Base):
    """How many public records share the values of a key; `version` is that of the last change."""

    __tablename__ = "counted_cell"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_counted_cell_changed", "kind", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(400))
    n: Mapped[int]
    version: Mapped[int]
