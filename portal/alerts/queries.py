"""Alerts of a reader, and those to look at."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import Person
from portal.alerts.models import Alert
from portal.errors import NotFound
from portal.extensions import db


def reader_of(person: Person) -> str:
    """Return how a person stands as a reader."""
    return f"person:{person.id}"


def alerts_of(person: Person) -> Sequence[Alert]:
    """Return a person's alerts that were not stopped, newest first."""
    return db.session.scalars(
        select(Alert)
        .where(Alert.reader == reader_of(person), Alert.ended_at.is_(None))
        .order_by(Alert.id.desc())
    ).all()


def get_own(person: Person, alert_id: int) -> Alert:
    """Return a person's own alert; raises NotFound for anybody else's."""
    alert = db.session.get(Alert, alert_id)
    if alert is None or alert.reader != reader_of(person):
        raise NotFound
    return alert


def find_same(reader: str, address: str) -> Alert | None:
    """Return the alert a reader already has on an address."""
    return db.session.scalar(
        select(Alert).where(
            Alert.reader == reader, Alert.address == address, Alert.ended_at.is_(None)
        )
    )


def count_of(reader: str) -> int:
    """Return how many alerts a reader has."""
    held = select(func.count()).where(Alert.reader == reader, Alert.ended_at.is_(None))
    return db.session.scalar(held) or 0


def due(limit: int) -> Sequence[int]:
    """Return the alerts to look at now, the longest due first."""
    return db.session.scalars(
        select(Alert.id)
        .where(Alert.due_at <= clock.now())
        .order_by(Alert.due_at, Alert.id)
        .limit(limit)
    ).all()
