"""Named selects over policies and notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Integer, bindparam, func, select
from sqlalchemy.orm import defer

from portal import clock
from portal.errors import NotFound
from portal.extensions import db
from portal.notices.models import Policy
from portal.prepared import Prepared
from portal.web.reading import read


def get_policy(slug: str) -> Policy:
    """Return a published policy or notice by its slug; raises NotFound."""
    found = db.session.scalar(
        select(Policy).where(Policy.slug == slug, Policy.published_on <= clock.today())
    )
    if found is None:
        raise NotFound
    return found


def policies(*, kind: str = "", offset: int = 0, limit: int = 20) -> Sequence[Policy]:
    """Return a page of what is published, newest first, without the bodies."""
    statement = (
        select(Policy)
        .where(Policy.published_on <= clock.today())
        .options(defer(Policy.body, raiseload=True))
        .order_by(Policy.published_on.desc(), Policy.id.desc())
        .offset(offset)
        .limit(limit)
    )
    if kind:
        statement = statement.where(Policy.kind == kind)
    return db.session.scalars(statement).all()


LATEST = Prepared(
    select(Policy.slug, Policy.title_zh, Policy.title_en, Policy.published_on)
    .where(Policy.published_on <= bindparam("day", type_=Date))
    .order_by(Policy.published_on.desc(), Policy.id.desc())
    .limit(bindparam("count", type_=Integer))
)


def latest(count: int) -> Sequence[Any]:
    """Return (slug, titles, day) of what was published last."""
    return read(LATEST, day=clock.today(), count=count)


def count_policies(*, kind: str = "") -> int:
    """Return how many rows `policies` pages through."""
    statement = select(func.count(Policy.id)).where(Policy.published_on <= clock.today())
    if kind:
        statement = statement.where(Policy.kind == kind)
    return db.session.scalar(statement) or 0


def appearing_between(after: date | None, day: date) -> Sequence[int]:
    """Return what appears after a day and until another; without a first day, on the second."""
    first = after + timedelta(days=1) if after is not None and after < day else day
    return db.session.scalars(
        select(Policy.id).where(Policy.published_on.between(first, day)).order_by(Policy.id)
    ).all()
