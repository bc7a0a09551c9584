"""The titles of one enterprise as its profile shows them, with how they stand today."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, bindparam, exists, select

from portal import clock
from portal.classification.models.standing import TitleInterruption
from portal.classification.models.titles import Title
from portal.classification.queries.clocks import known
from portal.classification.queries.standing import holding_on
from portal.classification.queries.titles import COUNTED
from portal.classification.rules import titles as rules
from portal.classification.terms.titles import Standing
from portal.directory.queries.parts import RECORD, rows_of
from portal.directory.queries.titles import kinds_by_id
from portal.prepared import Prepared
from portal.web.reading import read

FACTS = (
    Title.level,
    Title.subject,
    Title.number,
    Title.valid_from,
    Title.valid_until,
    Title.source_title,
    Title.source_url,
)


class HeldTitle(NamedTuple):
    """A title with its kind, how it stands today and what interrupted it, oldest first."""

    level: str
    subject: str
    number: str
    valid_from: date
    valid_until: date | None
    source_title: str
    source_url: str
    kind: Any
    standing: Standing
    interruptions: tuple[Any, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is neither lapsed nor suspended nor revoked."""
        return self.standing in COUNTED


@cache
def titles() -> Prepared:
    """Select the titles an enterprise had by a day, as they are known now."""
    interrupted = exists().where(TitleInterruption.title_id == Title.id).label("is_interrupted")
    begun: Any = select(*FACTS, Title.kind_id, Title.id, interrupted).where(
        Title.enterprise_id == RECORD,
        Title.valid_from <= bindparam("day", type_=Date),
        known(Title, None),
    )
    return Prepared(begun.order_by(Title.valid_from.desc(), Title.id))


@cache
def interruptions() -> Prepared:
    """Select what interrupts titles, oldest first."""
    columns: tuple[Any, ...] = (
        TitleInterruption.title_id,
        TitleInterruption.state,
        TitleInterruption.begins_on,
        TitleInterruption.ends_on,
    )
    concerned = TitleInterruption.title_id.in_(bindparam("titles", expanding=True))
    found: Any = select(*columns).where(concerned, known(TitleInterruption, None))
    return Prepared(found.order_by(TitleInterruption.begins_on, TitleInterruption.id))


def titles_of(record: int) -> tuple[HeldTitle, ...]:
    """Return the titles an enterprise had by today, those that count first, then by kind."""
    today, kinds = clock.today(), kinds_by_id()
    rows = rows_of(titles(), record, day=today)
    breaks = breaks_of([row.id for row in rows if row.is_interrupted])
    found = [held(row, kinds[row.kind_id], breaks.get(row.id, ()), today) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.counts, one.kind.sort)))


def held(row: Any, kind: Any, breaks: tuple[Any, ...], on: date) -> HeldTitle:
    """Return a title with its standing on a day, by what interrupts it."""
    now = holding_on(breaks, on)
    standing = rules.standing(now.state if now else "", row.valid_until, on)
    return HeldTitle._make((*row[: len(FACTS)], kind, standing, breaks))


def breaks_of(titles: list[int]) -> dict[int, tuple[Any, ...]]:
    """Return what interrupts these titles, by title."""
    found: dict[int, tuple[Any, ...]] = {}
    if titles:
        for row in read(interruptions(), titles=titles):
            found[row.title_id] = (*found.get(row.title_id, ()), row)
    return found
