"""Sign-offs of the lead bodies."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.taxonomy.models import Department

if TYPE_CHECKING:
    from portal.lists.models.editions import Release


class SignOff(Base):
    """A lead body's consent to exactly the content of `check_code`.

    On paper: name, post, date and reference of who signed, recorded by one officer and
    confirmed by a second. Void as soon as anything changes afterwards.
    """

    __tablename__ = "sign_off"
    __table_args__ = (
        Index(
            "uq_sign_off_in_force",
            "release_id",
            "department_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    way: Mapped[str] = mapped_column(String(20))
    check_code: Mapped[str] = mapped_column(String(64))
    signer_name: Mapped[str] = mapped_column(String(60), default="")
    signer_post: Mapped[str] = mapped_column(String(80), default="")
    signed_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str] = mapped_column(String(300), default="")

    release: Mapped[Release] = relationship(back_populates="sign_offs")
    department: Mapped[Department] = relationship()
    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])

    @property
    def is_in_force(self) -> bool:
        return self.voided_at is None and self.confirmed_at is not None
