"""Where an enterprise is, and what it makes and needs in the chain."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.enterprises.terms.presence import SiteKind
from portal.extensions import Base
from portal.taxonomy.models import Term

site_zone = Table(
    "site_zone",
    Base.metadata,
    Column("site_id", ForeignKey("site.id"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True, index=True),
)


class Site(Base):
    """A place of an enterprise, from when until when; ended, never overwritten.

    A corrected place is a new row in the line of the first, `line_id`, which is empty in the
    first itself; so the number of a row is the version somebody opened.
    """

    __tablename__ = "site"
    __table_args__ = (
        Index("ix_site_enterprise", "enterprise_id", "ended_at", "id"),
        Index("ix_site_line", "line_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    district_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    district: Mapped[Term] = relationship(foreign_keys=[district_id])
    zones: Mapped[list[Term]] = relationship(secondary=site_zone, order_by=Term.sort)

    @property
    def is_registered(self) -> bool:
        return self.kind == SiteKind.REGISTERED


class ChainItem(Base):
    """What an enterprise makes or needs, at a node of a chain; ended, never overwritten.

    `line_id` as of a site.
    """

    __tablename__ = "chain_item"
    __table_args__ = (
        Index("ix_chain_item_enterprise", "enterprise_id", "ended_at", "id"),
        Index("ix_chain_item_node", "node_id", "way", "ended_at"),
        Index("ix_chain_item_line", "line_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("chain_item.id"))
    way: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    node_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    node: Mapped[Term | None] = relationship()
