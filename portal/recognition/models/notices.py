"""Public notices of proposed enterprises, and the objections against them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.models import Objection
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.recognition.models.applications import RecognitionApplication
from portal.recognition.models.calls import RecognitionCall


class RecognitionNotice(Base):
    """One public notice: `days` working days from the day after `starts_on`, the last being
    `ends_on`; `provisional` where days beyond the published calendar were counted."""

    __tablename__ = "recognition_notice"
    __table_args__ = (Index("ix_recognition_notice_end", "ends_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("recognition_call.id"), index=True)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    days: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    contact_zh: Mapped[str] = mapped_column(String(120))
    contact_en: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(40))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    call: Mapped[RecognitionCall] = relationship()


class RecognitionNoticed(Base):
    """An enterprise on a notice; it stays there whatever becomes of it, under the name and code
    it was made public with, also after a rename or a merge."""

    __tablename__ = "recognition_noticed"

    notice_id: Mapped[int] = mapped_column(ForeignKey("recognition_notice.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("recognition_application.id"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    uscc: Mapped[str] = mapped_column(String(18))

    notice: Mapped[RecognitionNotice] = relationship()
    application: Mapped[RecognitionApplication] = relationship()

    @property
    def earlier_name(self) -> str:
        """The name it was made public with, where it bears another by now."""
        return self.name if self.name != self.application.enterprise.name else ""


class RecognitionObjection(Objection):
    """An objection to one enterprise on a notice."""

    __tablename__ = "recognition_objection"
    __table_args__ = (Index("ix_recognition_objection_application", "application_id", "id"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey("recognition_notice.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("recognition_application.id"))

    application: Mapped[RecognitionApplication] = relationship()
    notice: Mapped[RecognitionNotice] = relationship()
