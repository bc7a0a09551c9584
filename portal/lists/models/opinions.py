"""Other bodies asked for their opinion on a release (征求意见), and what they answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.models import Reply
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.lists.models.editions import Release
from portal.lists.models.entries import Entry
from portal.taxonomy.models import Department

IN_FORCE = "voided_at IS NULL"


class ConsultationRound(Base):
    """One round of opinions on the draft as it was then: canonical JSON `content` with its SHA-256,
    `entry_ids` in the order of its entries. Ended with a `stop_reason` it does not count."""

    __tablename__ = "consultation_round"
    __table_args__ = (Index("ix_consultation_round_release", "release_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    content: Mapped[str] = mapped_column(Text)
    content_code: Mapped[str] = mapped_column(String(64))
    entry_ids: Mapped[list[Any]]
    words: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stop_reason: Mapped[str] = mapped_column(String(300), default="")

    release: Mapped[Release] = relationship()
    bodies: Mapped[list[ConsultedBody]] = relationship(
        back_populates="round", order_by="ConsultedBody.id"
    )


class ConsultedBody(Base):
    """A body asked in a round: a department, or one outside the portal by its name alone."""

    __tablename__ = "consulted_body"
    __table_args__ = (UniqueConstraint("round_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("consultation_round.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    reminded_on: Mapped[date | None]

    round: Mapped[ConsultationRound] = relationship(back_populates="bodies")
    department: Mapped[Department | None] = relationship()
    replies: Mapped[list[BodyReply]] = relationship(back_populates="body", order_by="BodyReply.id")

    @property
    def reply(self) -> BodyReply | None:
        """The answer that is not void, confirmed or not."""
        return next((one for one in self.replies if one.voided_at is None), None)

    @property
    def opinions(self) -> list[BodyOpinion]:
        """The opinions of an answer that counts."""
        reply = self.reply
        return reply.opinions if reply is not None and reply.is_in_force else []


class BodyReply(Reply):
    """A body's answer to a round."""

    __tablename__ = "body_reply"
    __table_args__ = (
        Index(
            "uq_body_reply_in_force",
            "body_id",
            unique=True,
            sqlite_where=text(IN_FORCE),
            postgresql_where=text(IN_FORCE),
        ),
        Index("ix_body_reply_body", "body_id", "id"),
    )

    body_id: Mapped[int] = mapped_column(ForeignKey("consulted_body.id"))

    body: Mapped[ConsultedBody] = relationship(back_populates="replies")
    opinions: Mapped[list[BodyOpinion]] = relationship(
        back_populates="reply", order_by="BodyOpinion.id"
    )

    @property
    def is_late(self) -> bool:
        return self.replied_on > self.body.round.due_on


class BodyOpinion(Base):
    """One opinion of an answer, on an entry or on the whole list, and how the curators settled it:
    `result` is '' until then."""

    __tablename__ = "body_opinion"
    __table_args__ = (Index("ix_body_opinion_reply", "reply_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    reply_id: Mapped[int] = mapped_column(ForeignKey("body_reply.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    ground: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(1000), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_for: Mapped[str] = mapped_column(String(120), default="")

    reply: Mapped[BodyReply] = relationship(back_populates="opinions")
    entry: Mapped[Entry | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own idiom
