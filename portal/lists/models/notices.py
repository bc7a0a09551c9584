"""Public notices of a release (公示), and the objections against what stands on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.models import Objection
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.models.editions import Release
from portal.lists.models.entries import Entry
from portal.taxonomy.models import Department


class ReleaseNotice(Base):
    """One public notice: `days` working days after `starts_on`, the last being `ends_on`.

    `content` is the draft as it was put to notice, with its SHA-256, `entry_ids` in the order of
    its entries. `extensions` are [from, to, reason], days as text. A stopped one does not count.
    Where the content changed since, `kept_ground` says why that of `kept_code` needs no new one.
    """

    __tablename__ = "release_notice"
    __table_args__ = (
        Index("ix_release_notice_release", "release_id", "id"),
        Index("ix_release_notice_end", "ends_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    content: Mapped[str] = mapped_column(Text)
    content_code: Mapped[str] = mapped_column(String(64))
    entry_ids: Mapped[list[Any]]
    document_no: Mapped[str] = mapped_column(String(80), default="")
    days: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    scope: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(40))
    extensions: Mapped[list[Any]] = mapped_column(default=list)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stop_reason: Mapped[str] = mapped_column(String(300), default="")
    kept_code: Mapped[str] = mapped_column(String(64), default="")
    kept_ground: Mapped[str] = mapped_column(String(1000), default="")
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    release: Mapped[Release] = relationship()
    department: Mapped[Department] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class NoticeObjection(Objection):
    """An objection to an entry on a notice, or to the whole list."""

    __tablename__ = "notice_objection"
    __table_args__ = (
        Index("ix_notice_objection_notice", "notice_id", "id"),
        Index("ix_notice_objection_entry", "entry_id", "id"),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("release_notice.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))

    notice: Mapped[ReleaseNotice] = relationship()
    entry: Mapped[Entry | None] = relationship()
