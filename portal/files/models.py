"""The table of stored files; their bytes lie in the data folder under opaque names."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class StoredFile(Base):
    """One uploaded file. `owner_kind` and `owner_id` name the row it belongs to, `purpose` the
    field or figure it proves. After removal the row and its hash stay, the bytes are gone."""

    __tablename__ = "stored_file"
    __table_args__ = (
        Index("ix_stored_file_owner", "owner_kind", "owner_id", "id"),
        Index("ix_stored_file_keep_until", "keep_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    owner_kind: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(80), default="")
    original_name: Mapped[str] = mapped_column(String(120))
    content_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(BigInteger)
    algorithm: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_by_id: Mapped[int | None]
    keep_until: Mapped[date | None]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
