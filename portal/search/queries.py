"""Named selects over words that stand for each other, and over what was looked for in vain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import Right
from portal.errors import NotFound
from portal.extensions import db
from portal.search.models import SearchNeed, SynonymGroup
from portal.search.synonyms import Synonyms
from portal.web.page_cache import once_for_state

KEEPERS = Right.CURATE_LISTS


def may_keep_words(person: Person) -> bool:
    """Say whether a person keeps the words of the search: a curator of the whole city."""
    return any(held.right == KEEPERS and held.is_citywide for held in rights_of(person))


def groups() -> Sequence[SynonymGroup]:
    """Return the groups in use, the oldest first."""
    return db.session.scalars(
        select(SynonymGroup).where(SynonymGroup.retired_at.is_(None)).order_by(SynonymGroup.id)
    ).all()


def get_group(group_id: int) -> SynonymGroup:
    """Return a group in use; raises NotFound."""
    found = db.session.get(SynonymGroup, group_id)
    if found is None or found.retired_at is not None:
        raise NotFound
    return found


def find_origin(origin: str) -> SynonymGroup | None:
    """Return the group a fixture was loaded as, retired or not, or None."""
    return db.session.scalar(select(SynonymGroup).where(SynonymGroup.origin == origin))


def revision() -> int:
    """Return the number of the last change of any group, 0 before the first."""
    return db.session.scalar(select(func.max(SynonymGroup.revision))) or 0


@once_for_state
def revision_of_state() -> int:
    """Return the same, for a search by anybody read once for each state of the content."""
    return revision()


class SynonymTable:
    """The words of the table as this process read them, read anew after any change."""

    def __init__(self) -> None:
        self._read: tuple[int, Synonyms] | None = None

    def __call__(self) -> Synonyms:
        """Return the words as they are now: one small statement when nothing has changed."""
        now = revision_of_state()
        if self._read is None or self._read[0] != now:
            self._read = now, Synonyms.of(group.words for group in groups())
        return self._read[1]


def needs_of(year: int) -> Select[Any]:
    """Select what was looked for in vain in a year of the city."""
    zone = clock.city_zone()
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    rows: Select[Any] = select(SearchNeed)
    return rows.where(SearchNeed.created_at >= first, SearchNeed.created_at < last)


def count_needs(year: int) -> int:
    """Return how many wishes a year has."""
    return db.session.scalar(needs_of(year).with_only_columns(func.count())) or 0


def page_of_needs(year: int, offset: int, limit: int) -> Sequence[SearchNeed]:
    """Return a page of the wishes of a year, the newest first."""
    page = needs_of(year).order_by(SearchNeed.created_at.desc(), SearchNeed.id.desc())
    return db.session.scalars(page.offset(offset).limit(limit)).all()


def words_needed(year: int, limit: int = 50) -> Sequence[tuple[str, int, datetime]]:
    """Return (word, wishes, last one) of the words looked for most often in vain in a year."""
    counted = func.count().label("wishes")
    last = func.max(SearchNeed.created_at)
    rows = (
        needs_of(year)
        .with_only_columns(SearchNeed.word, counted, last)
        .where(SearchNeed.word != "")
        .group_by(SearchNeed.word)
        .order_by(counted.desc(), SearchNeed.word)
        .limit(limit)
    )
    return [(word, number, at) for word, number, at in db.session.execute(rows)]
