"""Filled templates that a unit handed in, and what was found in their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.files.models import StoredFile
from portal.lists.models.subtypes import EntrySubtype
from portal.lists.models.units import AddresseeUnit
from portal.lists.terms.units import SheetState
from portal.sheets.findings import Finding
from portal.sheets.terms import Level
from portal.wording import reworded


class EntrySheet(Base):
    """A filled template: read as a dry run, its rows taken over at once or not at all. `notes`
    say what was passed over in the file as a whole, `totals` count the rows by result."""

    __tablename__ = "entry_sheet"
    __table_args__ = (Index("ix_entry_sheet_unit", "unit_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int] = mapped_column(ForeignKey("addressee_unit.id"))
    subtype_id: Mapped[int] = mapped_column(ForeignKey("entry_subtype.id"))
    state: Mapped[str] = mapped_column(String(20), default=SheetState.CHECKED)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    header_row: Mapped[int]
    notes: Mapped[list[Any]] = mapped_column(default=list)
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[AddresseeUnit] = relationship()
    subtype: Mapped[EntrySubtype] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @property
    def said(self) -> list[str]:
        """What is said of the file as a whole, in the language in use."""
        return [reworded(note) for note in self.notes]


class EntrySheetRow(Base):
    """One row of a filled template: its facts as an entry keeps them, what was found in it, and
    the entry it made or changed."""

    __tablename__ = "entry_sheet_row"
    __table_args__ = (
        UniqueConstraint("sheet_id", "row_no"),
        Index("ix_entry_sheet_row_level", "sheet_id", "level", "row_no"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("entry_sheet.id"))
    row_no: Mapped[int]
    ref: Mapped[str] = mapped_column(String(40), default="")
    level: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    findings: Mapped[list[Any]] = mapped_column(default=list)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))

    @property
    def said(self) -> list[Finding]:
        """What was found, in the language in use."""
        return [
            Finding(
                self.row_no,
                self.ref,
                Level(each["level"]),
                each["column"],
                reworded(each["message"]),
            )
            for each in self.findings
        ]
