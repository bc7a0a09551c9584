"""Figures in bulk: for the importer, which has checked its rows and shows its own report.

A row is a mapping with `enterprise_id`, `metric` (code), `year` (None for a statement without one),
`value` (a typed value) and `as_of`; one row per enterprise, metric and year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from portal import clock
from portal.audit import Actor
from portal.database import action, mark_public_change
from portal.enterprises.models import Figure
from portal.enterprises.queries.figures import metrics
from portal.enterprises.rules.figure_values import bounds_fault, write
from portal.enterprises.terms.figures import Source
from portal.errors import Refused
from portal.extensions import db

Row = Mapping[str, Any]
CHUNK = 500  # enterprises a statement names: SQLite takes 32,766 values


@action
def put_figures(
    actor: Actor, rows: Sequence[Row], origin: str, source: Source = Source.BUREAU
) -> int:
    """State many figures at once and return how many were new or different.

    What stands already as it is stated again is left alone, so a file sent twice changes nothing;
    what differs ends the row before. `origin` ("import:12") lets `end_figures_of` take them back.
    The trail's line for the whole import is the caller's. Raises Refused for an impossible value.
    """
    every = metrics()
    for row in rows:
        if fault := bounds_fault(every[row["metric"]], row["value"]):
            raise Refused(fault, row["metric"])
    moment = clock.now()
    written = 0
    for start in range(0, len(rows), CHUNK):
        written += put_chunk(actor, rows[start : start + CHUNK], origin, source, moment)
    return written


def put_chunk(
    actor: Actor, rows: Sequence[Row], origin: str, source: Source, moment: datetime
) -> int:
    """State some rows in three statements."""
    stand = standing_rows({row["enterprise_id"] for row in rows}, source)
    more = {"source": source, "note": "", "origin": origin, "recorded_at": moment}
    more["recorded_by_id"] = actor.actor_id
    fresh, ended = [], []
    for row in rows:
        old = stand.get((row["enterprise_id"], row["metric"], row["year"]))
        text = write(row["value"])
        if old is not None and (old.value, old.as_of) == (text, row["as_of"]):
            continue
        if old is not None:
            ended.append(old.id)
        fresh.append({**row, **more, "value": text})
    if ended:
        end = update(Figure).where(Figure.id.in_(ended)).values(superseded_at=moment)
        db.session.execute(end, execution_options={"synchronize_session": False})
    if fresh:
        db.session.execute(insert(Figure), fresh)
        mark_public_change()
    return len(fresh)


def standing_rows(enterprise_ids: set[int], source: Source) -> dict[tuple[Any, ...], Any]:
    """Return what stands of one source, by enterprise, metric and year."""
    columns = (Figure.enterprise_id, Figure.metric, Figure.year)
    rows = db.session.execute(
        select(Figure.id, *columns, Figure.value, Figure.as_of).where(
            Figure.enterprise_id.in_(enterprise_ids),
            Figure.source == source,
            Figure.superseded_at.is_(None),
        )
    )
    return {(row.enterprise_id, row.metric, row.year): row for row in rows}


@action
def end_figures_of(origin: str) -> int:
    """End the open figures of an import that is taken back; return how many."""
    taken_back = (
        update(Figure)
        .where(Figure.origin == origin, Figure.superseded_at.is_(None))
        .values(superseded_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    mark_public_change()
    return int(db.session.execute(taken_back).rowcount)  # type: ignore[attr-defined]
