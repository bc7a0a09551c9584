"""Named contacts: public only after the very person confirmed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import UtcDateTime
from portal.enterprises.models.record import Enterprise
from portal.enterprises.terms.presence import ContactState
from portal.extensions import Base


class NamedContact(Base):
    """A person to ask for. Name, post and address are personal: emptied when it ends.

    `digest_key` keys what stands for the address in the trail; it goes when the address goes.
    `token_digest` is the SHA-256 of the link the person was sent last, spent by its use;
    `code_digest` the keyed digest of the code sent with it by SMS. `end_reason` is the ground of
    an officer who removed the entry, empty for everybody else. `about` is what the consent is for
    and nothing else: empty for the public profile, else a row such as `entry:12`, which was called
    `about_title` when the person was asked.
    """

    __tablename__ = "named_contact"
    __table_args__ = (
        Index("ix_named_contact_enterprise", "enterprise_id", "state", "id"),
        Index("ix_named_contact_about", "about", "state", "id"),
        Index("ix_named_contact_address", "address", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    state: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(320))
    digest_key: Mapped[str | None] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(40), default="", server_default="")
    about_title: Mapped[str] = mapped_column(String(240), default="", server_default="")
    language: Mapped[str] = mapped_column(String(20))
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    token_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_digest: Mapped[str | None] = mapped_column(String(80))
    code_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_tries: Mapped[int] = mapped_column(default=0)
    times_asked: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(String(500), default="")

    enterprise: Mapped[Enterprise] = relationship()

    @property
    def by_mail(self) -> bool:
        return "@" in self.address

    @property
    def is_confirmed(self) -> bool:
        return self.state == ContactState.CONFIRMED
