"""Imports of sheets: the job, what each row says, and what was found in it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import Money, UtcDateTime
from portal.enterprises.terms.record import Existing, ImportState, RowAct
from portal.extensions import Base
from portal.files.models import StoredFile
from portal.wording import Worded


class ImportJob(Base):
    """One sheet handed in. `reached` is the last row of the sheet that is checked, `written` the
    last one that is written, 0 again once an undoing may not turn back; a killed worker goes on
    behind them. `districts` are those the clerk answers for, null for the whole city; `totals`
    counts rows by level; `holds_cards` says that an identity-card number was seen in the file,
    which then goes as soon as the import is settled. The records it brought are seen while its
    state is none of HIDING."""

    __tablename__ = "import_job"
    __table_args__ = (
        Index("ix_import_job_digest", "digest", "id"),
        Index("ix_import_job_created", "created_by_id", "id"),
        Index("ix_import_job_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default=ImportState.UPLOADED)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    is_sample: Mapped[bool] = mapped_column(default=False)
    holds_cards: Mapped[bool] = mapped_column(default=False, server_default=false())
    districts: Mapped[list[Any] | None]
    existing: Mapped[str] = mapped_column(String(20), default=Existing.KEEP)
    sheet: Mapped[str] = mapped_column(String(40), default="")
    header_row: Mapped[int | None]
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows_expected: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)
    to_write: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    rows_written: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(Worded, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    file: Mapped[StoredFile | None] = relationship()
    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class ImportRow(Base):
    """One row that was accepted or has its record already (`enterprise_id`): what it says, terms
    by id, money in 万元, figures as their exact texts, and what is to be done. `fills` are the
    facts an existing record lacks. A record made of a row is found by its code."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("job_id", "row_no"),
        Index("ix_import_row_act", "job_id", "act", "row_no"),
        Index(
            "ix_import_row_enterprise",
            "enterprise_id",
            sqlite_where=text("enterprise_id IS NOT NULL"),
            postgresql_where=text("enterprise_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("import_job.id"))
    row_no: Mapped[int]
    ref: Mapped[str] = mapped_column(String(40), default="")
    level: Mapped[str] = mapped_column(String(10))
    act: Mapped[str] = mapped_column(String(10), default=RowAct.CREATE)
    enterprise_id: Mapped[int | None]
    uscc: Mapped[str] = mapped_column(String(18))
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), default="", server_default="")
    sort_key: Mapped[str] = mapped_column(String(200), default="")
    district_id: Mapped[int | None]
    zone_id: Mapped[int | None]
    industry_id: Mapped[int | None]
    key_industry_id: Mapped[int | None]
    node_id: Mapped[int | None]
    pillar_ids: Mapped[list[Any]] = mapped_column(default=list)
    titles: Mapped[list[Any]] = mapped_column(default=list)
    established_on: Mapped[date | None]
    registered_capital: Mapped[Decimal | None] = mapped_column(Money)
    products: Mapped[str] = mapped_column(String(300), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    revenue: Mapped[str] = mapped_column(String(40), default="")
    rd_share: Mapped[str] = mapped_column(String(40), default="")
    employees: Mapped[str] = mapped_column(String(40), default="")
    fills: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64))


class ImportFinding(Base):
    """One thing said about a row of the sheet; who reads it gets it in their language."""

    __tablename__ = "import_finding"
    __table_args__ = (
        Index("ix_import_finding_row", "job_id", "row_no", "id"),
        Index("ix_import_finding_level", "job_id", "level", "row_no", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("import_job.id"))
    row_no: Mapped[int]
    ref: Mapped[str] = mapped_column(String(40), default="")
    level: Mapped[str] = mapped_column(String(10))
    column: Mapped[str] = mapped_column("column_title", String(40), default="")
    message: Mapped[str] = mapped_column(Worded)
