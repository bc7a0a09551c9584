"""Writing, reading and verifying the trail."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timezone
from typing import Any, Protocol

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.models import AuditEvent
from portal.database import before_commit
from portal.extensions import db

ALGORITHM = "sha256/canonical-json/1"
FIRST = "0" * 64
COLUMNS = tuple(name for name in AuditEvent.__table__.c.keys() if name != "id")  # noqa: SIM118


class Actor(Protocol):
    """Whoever acts: kept as plain values, so that the trail needs no other table."""

    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_id(self) -> int | None: ...


@dataclass(frozen=True)
class System:
    """The portal itself, for what happens by the clock or by loading fixtures."""

    actor_kind: str = "system"
    actor_id: int | None = None


SYSTEM = System()


class Subject(Protocol):
    """Any row with a number; its table name is the kind in the trail."""

    __tablename__: str

    @property
    def id(self) -> Any: ...


def record(
    actor: Actor,
    act: str,
    subject: Subject,
    changes: Mapping[str, Sequence[Any]] | None = None,
    *,
    note: str = "",
    office: str = "",
) -> None:
    """Queue one line of the trail; it is chained and written last in the running action.

    `changes` maps field names to (before, after). `note` holds words meant for the other side
    (grounds, reasons), never personal data.
    """
    db.session.info.setdefault("trail", []).append(
        (clock.now(), actor, act, subject, dict(changes or {}), note, office)
    )


def act_for(actor: Actor, other: Actor) -> None:
    """Say that in the running action the actor uses what another was given: a deputy's lines
    name whom they act for. Outside an action nothing is kept."""
    if db.session.info.get("in_action"):
        db.session.info.setdefault("acting_for", {})[actor.actor_id] = other.actor_id


@before_commit
def append_queued(session: Session) -> None:
    """Chain the queued lines to the last one; runs under the write lock."""
    queued = session.info.pop("trail", [])
    if not queued:
        return
    acting_for = session.info.get("acting_for", {})
    session.flush()
    previous = session.scalar(select(AuditEvent.digest).order_by(AuditEvent.id.desc()).limit(1))
    events = []
    for at, actor, act, subject, changes, note, office in queued:
        if actor.actor_kind == "person" and actor.actor_id in acting_for:
            changes["acting_for"] = (None, acting_for[actor.actor_id])
        event = AuditEvent(
            at=at,
            actor_kind=actor.actor_kind,
            actor_id=actor.actor_id,
            office=office,
            act=act,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            changes={name: [plain(value) for value in pair] for name, pair in changes.items()},
            note=note,
            algorithm=ALGORITHM,
            previous=previous or FIRST,
        )
        event.digest = previous = digest_of(event)
        events.append({name: getattr(event, name) for name in COLUMNS})
    session.execute(insert(AuditEvent), events)  # one after the other, in this order


def digest_of(event: AuditEvent) -> str:
    """Return the SHA-256 over the line's canonical JSON, the digest before it included."""
    line = [
        event.previous,
        event.at.astimezone(timezone.utc).isoformat(timespec="microseconds"),
        event.actor_kind,
        event.actor_id,
        event.office,
        event.act,
        event.subject_kind,
        event.subject_id,
        event.changes,
        event.note,
    ]
    text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it: numbers, words and None stay, the rest becomes text."""
    return value if isinstance(value, str | int | bool | None) else str(value)


def digest(key: str, value: str) -> str:
    """Return a keyed digest that stands for a personal value in the trail."""
    return "hmac-sha256:" + hmac.new(key.encode(), value.encode(), "sha256").hexdigest()[:16]


def trail_of(subject_kind: str, subject_id: int, *, limit: int = 100) -> Sequence[AuditEvent]:
    """Return the newest lines about one row, newest first."""
    return db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject_kind == subject_kind, AuditEvent.subject_id == subject_id)
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    ).all()


def verify() -> int | None:
    """Return the id of the first line whose chain is broken, or None when all hold."""
    previous = FIRST
    lines = select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=500)
    with db.session.scalars(lines) as events:
        for event in events:
            if event.previous != previous or event.digest != digest_of(event):
                return event.id
            previous = event.digest
    return None
