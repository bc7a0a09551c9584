"""Where an enterprise is, and what it makes and needs in the chain."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.extensions import Base
from portal.taxonomy.models import Term


class Site(Base):
    """A place of an enterprise, from when until when; ended, never overwritten."""

    __tablename__ = "site"
    __table_args__ = (Index("ix_site_enterprise", "enterprise_id", "ended_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    district_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    district: Mapped[Term] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])


class ChainItem(Base):
    """What an enterprise makes or needs, at a node of a chain; ended, never overwritten."""

    __tablename__ = "chain_item"
    __table_args__ = (
        Index("ix_chain_item_enterprise", "enterprise_id", "ended_at", "id"),
        Index("ix_chain_item_node", "node_id", "way", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    way: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    node_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    node: Mapped[Term | None] = relationship()
