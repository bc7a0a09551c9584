"""A record of the registry and the periods it stood in each state."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    and_,
    func,
    literal_column,
    not_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.database import Money, UtcDateTime
from portal.enterprises.models.imports import ImportJob
from portal.enterprises.names import key_of_new_row, name_key
from portal.enterprises.terms.record import (
    EDITABLE,
    HIDING,
    PRIVATE,
    PUBLIC,
    TAKES_THE_CODE,
    Origin,
    State,
)
from portal.extensions import Base, where
from portal.taxonomy.models import Term


def states_sql(states: frozenset[State]) -> str:
    """Return an SQL condition for partial indexes over these states."""
    return "state IN ({})".format(", ".join(f"'{state}'" for state in sorted(states)))


# What few records of a sheet name: the others stand in no index of it.
NAMED = {name: f"{name}_id IS NOT NULL" for name in ("zone", "key_industry", "node", "industry")}

enterprise_pillar = Table(
    "enterprise_pillar",
    Base.metadata,
    Column("enterprise_id", ForeignKey("enterprise.id"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True, index=True),
)


class Enterprise(Base):
    """One record. The credit code is unique from submission on; drafts block nothing.

    Its facts were last confirmed (or verified) on `confirmed_on`; the next confirmation is due on
    `confirm_due_on` and, while its window is open or missed, was to be made by `confirm_by`.
    """

    __tablename__ = "enterprise"
    __table_args__ = (
        Index(
            "uq_enterprise_uscc_taken",
            "uscc",
            unique=True,
            **where(states_sql(TAKES_THE_CODE)),
        ),
        Index("ix_enterprise_uscc", "uscc"),
        Index("ix_enterprise_name_key", "name_key"),
        Index("ix_enterprise_district_updated", "district_id", "updated_at", "id"),
        Index("ix_enterprise_zone_updated", "zone_id", "updated_at", "id", **where(NAMED["zone"])),
        Index("ix_enterprise_state_due", "state", "confirm_due_on", "id"),
        Index(
            "ix_enterprise_state_confirm_by",
            "state",
            "confirm_by",
            "id",
            **where("confirm_by IS NOT NULL"),
        ),
        *(
            Index(
                f"ix_enterprise_public_{column or 'all'}",
                *([f"{column}_id"] if column else []),
                "sort_key",
                "id",
                "import_job_id",
                **where(*filter(None, (states_sql(PUBLIC), NAMED.get(column)))),
            )
            for column in ("", "district", *NAMED)
        ),
        Index(
            "ix_enterprise_public_admitted",
            "admitted_on",
            "id",
            "import_job_id",
            **where(states_sql(PUBLIC)),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default=State.DRAFT)
    uscc: Mapped[str] = mapped_column(String(18), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    name_key: Mapped[str] = mapped_column(String(120), default=key_of_new_row, server_default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    sort_key: Mapped[str] = mapped_column(String(200), default="")
    established_on: Mapped[date | None]
    registered_capital: Mapped[Decimal | None] = mapped_column(Money)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    key_industry_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    node_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    products: Mapped[str] = mapped_column(String(300), default="")
    introduction: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    office: Mapped[str] = mapped_column(String(60), default="")
    landline: Mapped[str] = mapped_column(String(40), default="")
    contact_name: Mapped[str] = mapped_column(String(60), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_name_key: Mapped[str | None] = mapped_column(String(32))
    contact_phone_key: Mapped[str | None] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(20), default=Origin.SELF, server_default=Origin.SELF)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    admitted_on: Mapped[date | None]
    admission_no: Mapped[str | None] = mapped_column(String(40), unique=True)
    confirmed_on: Mapped[date | None]
    confirm_due_on: Mapped[date | None]
    confirm_by: Mapped[date | None]
    import_job_id: Mapped[int | None] = mapped_column(ForeignKey("import_job.id"), index=True)

    district: Mapped[Term | None] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])
    industry: Mapped[Term | None] = relationship(foreign_keys=[industry_id])
    key_industry: Mapped[Term | None] = relationship(foreign_keys=[key_industry_id])
    node: Mapped[Term | None] = relationship(foreign_keys=[node_id])
    pillars: Mapped[list[Term]] = relationship(secondary=enterprise_pillar, order_by=Term.sort)
    past_names: Mapped[list[EnterpriseName]] = relationship(order_by="EnterpriseName.id.desc()")
    import_job: Mapped[ImportJob | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom

    @validates("name")
    def keep_key(self, _column: str, name: str) -> str:
        """Keep the key under which names are compared, whoever changes the name."""
        self.name_key = name_key(name or "")
        return name

    @validates(*PRIVATE)
    def renew_digest_key(self, column: str, value: str) -> str:
        """Give a personal value a key of its own, and destroy that of the one it replaces: what
        stood for it in the trail then tells nobody."""
        if value != getattr(self, column):
            setattr(self, f"{column}_key", secrets.token_hex(16) if value else None)
        return value

    @property
    def former_names(self) -> list[str]:
        """The names it had before, latest first, each once."""
        return list(dict.fromkeys(past.name for past in self.past_names if past.name != self.name))

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_held_back(self) -> bool:
        return self.import_job is not None and self.import_job.state in HIDING

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC and not self.is_held_back


def is_held_back() -> ColumnElement[bool]:
    """Return the condition that the import which brought a record is being written or undone."""
    hiding = select(ImportJob.id).where(ImportJob.state.in_(HIDING)).correlate(None)
    return func.coalesce(Enterprise.import_job_id, 0).in_(hiding)


def is_listed() -> ColumnElement[bool]:
    """Return the condition that the public may read a record: its state says so, and its import
    hides it no more. All that an import brings thus appears, and goes, with one row: the job's.

    The states are written out as the partial indexes have them: a database that plans a statement
    before it knows its parameters uses none of these indexes otherwise."""
    states: list[Any] = [literal_column(f"'{state}'") for state in sorted(PUBLIC)]
    return and_(Enterprise.state.in_(states), not_(is_held_back()))


class EnterpriseName(Base):
    """A name a record had before; a day is empty where it is not known."""

    __tablename__ = "enterprise_name"
    __table_args__ = (
        Index("ix_enterprise_name_enterprise", "enterprise_id", "id"),
        Index("ix_enterprise_name_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    name: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EnterprisePeriod(Base):
    """In which state a record was from when until when, and since when we know it."""

    __tablename__ = "enterprise_period"
    __table_args__ = (Index("ix_enterprise_period_state", "state", "valid_from", "valid_until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
