"""The versions of a release since it is public, and the errata that led to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.models.editions import Release
from portal.lists.models.entries import Entry
from portal.lists.terms.errata import ErratumState


class Erratum(Base):
    """A change after release, proposed by one officer and issued by another.

    Without an entry it concerns the release as a whole. `changes` holds [before, after] by the
    name of each fact; `shown` the differences the public reads, in the form of the content.
    """

    __tablename__ = "erratum"
    __table_args__ = (
        Index("ix_erratum_release", "release_id", "id"),
        Index("ix_erratum_entry", "entry_id", "id"),
        Index("ix_erratum_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=ErratumState.PROPOSED)
    reason: Mapped[str] = mapped_column(String(500))
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    shown: Mapped[list[Any]] = mapped_column(default=list)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_for: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_for: Mapped[str] = mapped_column(String(120), default="")
    ground: Mapped[str] = mapped_column(String(500), default="")

    release: Mapped[Release] = relationship()
    entry: Mapped[Entry | None] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom


class ReleaseVersion(Base):
    """The content of a release as one version had it: 1.0 as signed, then one per erratum.

    `given_out` turns false for what came before a withdrawal: its check code stays, its text is
    no longer handed out.
    """

    __tablename__ = "release_version"
    __table_args__ = (
        UniqueConstraint("release_id", "version"),
        Index("ix_release_version_check_code", "check_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    version: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)
    check_code: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erratum_id: Mapped[int | None] = mapped_column(ForeignKey("erratum.id"), index=True)
    given_out: Mapped[bool] = mapped_column(default=True)

    release: Mapped[Release] = relationship()
    erratum: Mapped[Erratum | None] = relationship()
