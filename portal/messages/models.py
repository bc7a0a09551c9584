"""The tables of messages that leave the portal and of the inbox that stays in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class Message(Base):
    """One mail or SMS. Address and values are personal: both are emptied once it is delivered,
    or given up because it could not be delivered while it was still of use."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(20))
    template: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    useful_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InboxMessage(Base):
    """One letter in a person's inbox on the site: kept, rendered in the language it is read in."""

    __tablename__ = "inbox_message"
    __table_args__ = (
        Index("ix_inbox_message_person", "person_id", "id"),
        Index(
            "ix_inbox_message_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    template: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
