"""In which cell records stand, as their rows say now: the one definition of what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from portal.classification.models.titles import Title
from portal.classification.queries.clocks import in_force, known
from portal.counts.terms import AMONG, BETWEEN, Counted
from portal.enterprises.models import Enterprise, enterprise_pillar, is_listed
from portal.extensions import db
from portal.lists.models import Entry
from portal.lists.rules.shown import shown_state
from portal.lists.terms.entries import EntryState
from portal.lists.terms.shown import ENDED, OPEN

AT_ONCE = 2000  # ids in one statement
Keys = dict[int, str]


def keys_of(kind: Counted, ids: Iterable[int], on: date) -> Keys:
    """Return the cells of the counted records among these ids."""
    wanted, found = sorted(ids), Keys()
    column = Enterprise.id if kind == Counted.ENTERPRISE else Entry.id
    for start in range(0, len(wanted), AT_ONCE):
        found |= every_key(kind, on, column.in_(wanted[start : start + AT_ONCE]))
    return found


def every_key(kind: Counted, on: date, of: ColumnElement[bool] | None = None) -> Keys:
    """Return the cells of all counted records that meet a condition; titles as on a day."""
    read = enterprise_keys if kind == Counted.ENTERPRISE else entry_keys
    return dict(read(true() if of is None else of, on))


def enterprise_keys(of: ColumnElement[bool], on: date) -> Iterator[tuple[int, str]]:
    """Yield (id, key) of the enterprises the public reads."""
    listed = select(Enterprise.id).where(is_listed(), of)
    pillars = several(pillars_of(listed))
    titles = several(titles_of(listed, on))
    columns: tuple[Any, ...] = (
        Enterprise.id,
        Enterprise.district_id,
        Enterprise.zone_id,
        Enterprise.key_industry_id,
        Enterprise.node_id,
        Enterprise.is_sample,
        Enterprise.industry_id,
    )
    for row in db.session.execute(listed.with_only_columns(*columns)):
        number, *terms, sample, industry = row
        held = titles.get(number, "")
        last = (industry or "") if held else ""
        values = (*(term or "" for term in terms), int(sample), pillars.get(number, ""), held, last)
        yield number, BETWEEN.join(map(str, values))


def pillars_of(listed: Select[Any]) -> Select[Any]:
    """Select (enterprise, pillar), sorted."""
    owner, term = enterprise_pillar.c.enterprise_id, enterprise_pillar.c.term_id
    return select(owner, term).where(owner.in_(listed)).order_by(owner, term)


def titles_of(listed: Select[Any], on: date) -> Select[Any]:
    """Select (enterprise, kind, level) of the titles in force on a day, sorted."""
    columns: tuple[Any, ...] = (Title.enterprise_id, Title.kind_id, Title.level)
    return (
        select(*columns)
        .where(Title.enterprise_id.in_(listed), in_force(on), known(Title, None))
        .distinct()
        .order_by(*columns)
    )


def several(rows: Select[Any]) -> dict[int, str]:
    """Return the part of a key that holds several values, by the first column's id."""
    found: dict[int, str] = {}
    for owner, *values in db.session.execute(rows):
        one = ":".join(map(str, values))
        found[owner] = f"{found[owner]}{AMONG}{one}" if owner in found else one
    return found


def entry_keys(of: ColumnElement[bool], on: date) -> Iterator[tuple[int, str]]:
    """Yield (id, key) of the accepted entries with a number, whether their release is public or
    not yet: readers mask by it."""
    columns: Sequence[Any] = (
        Entry.id,
        Entry.release_id,
        Entry.subtype_id,
        Entry.field_id,
        Entry.node_id,
        Entry.district_id,
        Entry.zone_id,
        Entry.publisher_kind,
        Entry.life,
        Entry.standing,
        Entry.closes_on,
    )
    accepted = select(*columns).where(
        of, Entry.state == EntryState.ACCEPTED, Entry.number.is_not(None)
    )
    for number, *terms, life, standing, closes_on in db.session.execute(accepted):
        state = shown_state(life, standing, None, on)  # whatever the day
        ends = f":{closes_on.isoformat()}" if state == OPEN and closes_on else ""
        yield number, BETWEEN.join([*(str(term or "") for term in terms), state + ends])


def state_on(part: str, day: date) -> str:
    """Return the state of a key's part on a day: a call without standing ends with its last day."""
    state, _, closes_on = part.partition(":")
    return ENDED if closes_on and date.fromisoformat(closes_on) < day else state
