"""The names in the addresses of everything public, read in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from portal import clock
from portal.classification.models.titles import TitleKind
from portal.directory.queries.entries import published
from portal.enterprises.models import Enterprise, is_listed
from portal.extensions import db
from portal.lists.models import Entry
from portal.notices.models import Policy

AT_ONCE = 1000


def numbers() -> Iterator[str]:
    """Yield the numbers of all published entries."""
    return texts(published().with_only_columns(Entry.number).order_by(Entry.number))


def usccs() -> Iterator[str]:
    """Yield the credit codes of all public enterprises."""
    public = select(Enterprise.uscc).where(is_listed())
    return texts(public.order_by(Enterprise.uscc))


def title_slugs() -> Iterator[str]:
    """Yield the slugs of all kinds of titles."""
    return texts(select(TitleKind.slug).order_by(TitleKind.sort, TitleKind.id))


def policy_slugs() -> Iterator[str]:
    """Yield the slugs of all published policies and notices."""
    published_by_now = Policy.published_on <= clock.today()
    return texts(select(Policy.slug).where(published_by_now).order_by(Policy.id))


def texts(rows: Select[Any]) -> Iterator[str]:
    """Yield the one column of a select, AT_ONCE rows at a time."""
    return iter(db.session.scalars(rows.execution_options(yield_per=AT_ONCE)))
