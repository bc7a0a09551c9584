"""Calls for a title the city grants itself, and what was made known about each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.classification.models.titles import TitleKind
from portal.database import UtcDateTime
from portal.extensions import Base


class RecognitionCall(Base):
    """One call: its window (both days belong to it), guidance and documents, as made known.

    `documents` holds slug, name_zh, name_en, required; `sheet` is the sheet of the rule version
    as it was when the call was opened (id, zh, en, kind, max); `bodies` are slugs of the
    departments whose opinion is asked; `notice_days` are working days. Under any call a title that
    ends soon is renewed; `renewals_only` takes no others.
    """

    __tablename__ = "recognition_call"
    __table_args__ = (
        Index("ix_recognition_call_window", "opens_on", "closes_on", "id"),
        Index("ix_recognition_call_kind", "kind_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    kind_id: Mapped[int] = mapped_column(ForeignKey("title_kind.id"))
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(80))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    guidance_zh: Mapped[str] = mapped_column(Text)
    guidance_en: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[list[Any]] = mapped_column(default=list)
    sheet: Mapped[list[Any]] = mapped_column(default=list)
    bodies: Mapped[list[Any]] = mapped_column(default=list)
    renewals_only: Mapped[bool] = mapped_column(default=False)
    rule_version: Mapped[str] = mapped_column(String(60))
    scores_needed: Mapped[int] = mapped_column(default=2)
    notice_days: Mapped[int] = mapped_column(default=5)
    contact_zh: Mapped[str] = mapped_column(String(120))
    contact_en: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(40))
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    kind: Mapped[TitleKind] = relationship()
    events: Mapped[list[RecognitionCallEvent]] = relationship(
        order_by="RecognitionCallEvent.id.desc()"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class RecognitionCallEvent(Base):
    """What the public was told about a call: opened, extended or closed early, and why."""

    __tablename__ = "recognition_call_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("recognition_call.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    closes_on: Mapped[date]
    words_zh: Mapped[str] = mapped_column(String(500), default="")
    words_en: Mapped[str] = mapped_column(String(800), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
