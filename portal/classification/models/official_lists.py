"""Official lists that name enterprises with a title, and their rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.classification.models.titles import Title, TitleKind
from portal.classification.terms.official_lists import WAITING, ListState
from portal.database import UtcDateTime
from portal.enterprises.models import Enterprise
from portal.extensions import Base
from portal.files.models import StoredFile

UNSETTLED = "settled_as = '' AND finding IN ({})".format(
    ", ".join(f"'{finding}'" for finding in sorted(WAITING))
)
OPEN: dict[str, Any] = {"sqlite_where": text(UNSETTLED), "postgresql_where": text(UNSETTLED)}


class OfficialList(Base):
    """A list its grantor published, with the source stated once; `level`, `batch` and
    `granted_on` hold for rows that name none. `content_digest` is that of what was handed in,
    `digest` that of the titles recorded. `notes` say what was passed over while reading, of
    `passed` lines in all. `reached` is the last row of the sheet the present work is done with: a
    killed worker goes on behind it."""

    __tablename__ = "official_list"
    __table_args__ = (
        Index("ix_official_list_kind", "kind_id", "id"),
        Index("ix_official_list_file_id", "file_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    kind_id: Mapped[int] = mapped_column(ForeignKey("title_kind.id"))
    state: Mapped[str] = mapped_column(String(20), default=ListState.READING)
    source_title: Mapped[str] = mapped_column(String(200))
    source_number: Mapped[str] = mapped_column(String(80), default="")
    source_date: Mapped[date]
    source_url: Mapped[str] = mapped_column(String(300), default="")
    level: Mapped[str] = mapped_column(String(20), default="")
    batch: Mapped[str] = mapped_column(String(60), default="")
    granted_on: Mapped[date | None]
    file_name: Mapped[str] = mapped_column(String(120), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    language: Mapped[str] = mapped_column(String(20), default="", server_default="")
    content_digest: Mapped[str] = mapped_column(String(64))
    notes: Mapped[list[Any]] = mapped_column(default=list)
    passed: Mapped[int] = mapped_column(default=0, server_default="0")
    total: Mapped[int] = mapped_column(default=0, server_default="0")
    reached: Mapped[int] = mapped_column(default=0, server_default="0")
    failure: Mapped[str] = mapped_column(String(500), default="", server_default="")
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[str] = mapped_column(String(64), default="")

    kind: Mapped[TitleKind] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    read_by: Mapped[Person] = relationship(foreign_keys=[read_by_id])
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class OfficialListRow(Base):
    """One row of a list: what it says, what was found, and what became of it.

    `enterprise_id` is the match or the proposal, `other_row` the row it repeats or contradicts.
    `fault` is why it cannot be right by itself; `bad_code`: the code it names is none.
    """

    __tablename__ = "official_list_row"
    __table_args__ = (
        UniqueConstraint("list_id", "row_no"),
        Index("ix_official_list_row_finding", "list_id", "finding", "row_no"),
        Index("ix_official_list_row_name", "name_key", "id"),
        Index("ix_official_list_row_open", "list_id", "row_no", **OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    list_id: Mapped[int] = mapped_column(ForeignKey("official_list.id"))
    row_no: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), default="")
    uscc: Mapped[str] = mapped_column(String(18), default="")
    bad_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    fault: Mapped[str] = mapped_column(String(400), default="", server_default="")
    level: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    batch: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(120), default="")
    granted_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    finding: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(String(400), default="")
    other_row: Mapped[int | None]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    title_id: Mapped[int | None] = mapped_column(ForeignKey("title.id"))
    settled_as: Mapped[str] = mapped_column(String(20), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    list: Mapped[OfficialList] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    title: Mapped[Title | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def is_waiting(self) -> bool:
        """Whether an officer still has to settle it."""
        return not self.settled_as and self.finding in WAITING
