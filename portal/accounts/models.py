"""People, identifiers, credentials, sign-ins, rights, deputies, proofs and counted attempts."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SQLColumnExpression,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts import rules
from portal.accounts.terms import RightState
from portal.database import UtcDateTime
from portal.extensions import Base
from portal.taxonomy.models import Department, Term


class Person(Base):
    """Someone who can sign in. What identifies and what authenticates them stands apart.

    `digest_key` keys what stands for their personal values in the trail; it is destroyed when the
    account is deleted. `consented_to` is the newest version of the notice they accepted.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    own_name: Mapped[str] = mapped_column("display_name", String(60), default="")
    language: Mapped[str] = mapped_column(String(20), default="zh_Hans_CN")
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_key: Mapped[str | None] = mapped_column(
        String(64), default=lambda: secrets.token_hex(16)
    )
    consented_to: Mapped[int] = mapped_column(default=0)

    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="person", order_by="Identifier.id"
    )
    rights: Mapped[list[OfficerRight]] = relationship(
        back_populates="person", order_by="OfficerRight.id", foreign_keys="OfficerRight.person_id"
    )
    deputies: Mapped[list[Deputy]] = relationship(
        back_populates="officer", order_by="Deputy.id", foreign_keys="Deputy.officer_id"
    )
    duties: Mapped[list[Deputy]] = relationship(
        back_populates="deputy", order_by="Deputy.id", foreign_keys="Deputy.deputy_id"
    )

    @hybrid_property
    def display_name(self) -> str:
        """The name others see; once the account is deleted, that it was."""
        return self.own_name if self.erased_at is None else _("Deleted account")

    @display_name.inplace.setter
    def _set_display_name(self, name: str) -> None:
        self.own_name = name

    @display_name.inplace.expression
    @classmethod
    def _display_name_column(cls) -> SQLColumnExpression[str]:
        return cls.own_name

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def actor_kind(self) -> str:
        return "person"

    @property
    def actor_id(self) -> int:
        return self.id


class Identifier(Base):
    """A mail address, a phone, later an external identity (provider and subject).

    It becomes a person's once it is confirmed; it is confirmed for one of them at most.
    """

    __tablename__ = "identifier"
    __table_args__ = (
        Index(
            "uq_identifier_confirmed",
            "kind",
            "provider",
            "subject",
            unique=True,
            sqlite_where=text("confirmed_at IS NOT NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
        Index("ix_identifier_subject", "kind", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    provider: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(320))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="identifiers")


class Credential(Base):
    """A proof of identity; replaced and spent ones stay, ended, so that the history holds.

    `secret` is a password's argon2id hash, an authenticator's encrypted secret or a recovery
    code's keyed digest. `last_step` is the newest time step an authenticator's code was taken of.
    """

    __tablename__ = "credential"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    secret: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignIn(Base):
    """One signed-in browser: the SHA-256 of the token in its cookie.

    `browser` is its family and system (“firefox/windows”), never all it says of itself.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    browser: Mapped[str] = mapped_column(String(40), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class PendingProof(Base):
    """Something a person has yet to prove by a link or a code; works once and until it expires.

    A link's token and the token a browser holds while its code is awaited are kept as SHA-256, a
    code as a keyed digest. A sign-up is nothing but such a row until it is confirmed: `secret`
    is the hash of the password chosen. `person_id` is None for a sign-up, and for what was asked
    about an address nobody has, so that both leave the same traces.
    """

    __tablename__ = "pending_proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    subject: Mapped[str] = mapped_column(String(320), default="")
    secret: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    replaces_id: Mapped[int | None]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str] = mapped_column(String(80), default="")
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person | None] = relationship()


class OfficerRight(Base):
    """One right of one officer, for a department, in a district, a zone or the whole city.

    It is in force from its first to its last day (None: without end) unless it was ended before.
    """

    __tablename__ = "officer_right"
    __table_args__ = (
        CheckConstraint("district_id IS NULL OR zone_id IS NULL", name="one_place"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="dates"),
        Index("ix_officer_right_right", "right", "department_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    right: Mapped[str] = mapped_column(String(30))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    end_reason: Mapped[str] = mapped_column(String(300), default="")

    person: Mapped[Person] = relationship(back_populates="rights", foreign_keys=[person_id])
    department: Mapped[Department] = relationship()
    district: Mapped[Term | None] = relationship(foreign_keys=[district_id])
    zone: Mapped[Term | None] = relationship(foreign_keys=[zone_id])

    def is_in_force(self, day: date) -> bool:
        """Say whether the right holds on a day."""
        return rules.is_in_force(day, self.valid_from, self.valid_until, self.ended_at)

    def state(self, day: date) -> RightState:
        """Return where the right stands on a day: in force, still to come or ended."""
        if self.is_in_force(day):
            return RightState.IN_FORCE
        is_coming = self.ended_at is None and self.valid_from > day
        return RightState.COMING if is_coming else RightState.ENDED

    @property
    def place(self) -> Term | None:
        """The district or zone the right is limited to, None for the whole city."""
        return self.district or self.zone


class Deputy(Base):
    """A deputy who holds an officer's own rights, marked as acting for them, on these days."""

    __tablename__ = "deputy"
    __table_args__ = (CheckConstraint("valid_until >= valid_from", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    end_reason: Mapped[str] = mapped_column(String(300), default="")

    officer: Mapped[Person] = relationship(back_populates="deputies", foreign_keys=[officer_id])
    deputy: Mapped[Person] = relationship(back_populates="duties", foreign_keys=[deputy_id])

    def is_in_force(self, day: date) -> bool:
        """Say whether the deputy acts for the officer on a day."""
        return rules.is_in_force(day, self.valid_from, self.valid_until, self.ended_at)

    def is_over(self, day: date) -> bool:
        """Say whether the deputy's time is over on a day."""
        return self.ended_at is not None or self.valid_until < day


class ConsentText(Base):
    """One version of the notice on personal information, in force from a day on."""

    __tablename__ = "consent_text"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    effective_on: Mapped[date] = mapped_column(index=True)
    title_zh: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(200))
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)


class Consent(Base):
    """That a person accepted one version of the notice, and when."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("person_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(ForeignKey("consent_text.version"))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(Base):
    """One counted attempt to sign in, sign up, reset or prove; keys are digests."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
