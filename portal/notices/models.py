"""Articles: policies and notices."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Base


class Policy(Base):
    """A policy or notice: the metadata government pages show, and its body as Markdown."""

    __tablename__ = "policy"
    __table_args__ = (Index("ix_policy_published", "published_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title_zh: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(300))
    summary_zh: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    index_no: Mapped[str] = mapped_column(String(60), default="")
    document_no: Mapped[str] = mapped_column(String(80), default="")
    publisher_zh: Mapped[str] = mapped_column(String(120), default="")
    publisher_en: Mapped[str] = mapped_column(String(240), default="")
    document_kind: Mapped[str] = mapped_column(String(20), default="")
    dated_on: Mapped[date | None]
    published_on: Mapped[date]
    in_force: Mapped[bool] = mapped_column(default=True)
    original_url: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text, default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
