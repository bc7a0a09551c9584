"""What a call for entries says, what was made known about it since, who was reminded of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import UtcDateTime
from portal.extensions import Base


class ListCall(Base):
    """The notice of a call (征集通知). Its window stands with the release; `audience` holds the
    kinds of publishers it addresses, none for everybody."""

    __tablename__ = "list_call"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    audience: Mapped[list[Any]] = mapped_column(default=list)
    guidance_zh: Mapped[str] = mapped_column(Text)
    guidance_en: Mapped[str] = mapped_column(Text, default="")


class ListCallEvent(Base):
    """What the public was told: opened, extended, supplemented or closed early, and why."""

    __tablename__ = "list_call_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    closes_on: Mapped[date | None]
    words_zh: Mapped[str] = mapped_column(String(500), default="")
    words_en: Mapped[str] = mapped_column(String(800), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class DraftReminder(Base):
    """That whoever began a draft was reminded of this last day of its call."""

    __tablename__ = "draft_reminder"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    closes_on: Mapped[date] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
