"""Filling in what records lack, and emptying it again when the import is undone: by the batch,
with as many statements as there are columns, however many rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import joinedload

from portal import audit, clock
from portal.database import about_to_write
from portal.enterprises.models import Enterprise, ImportJob, ImportRow, enterprise_pillar
from portal.enterprises.queries.imports import pillars_of
from portal.enterprises.terms.record import RowAct
from portal.extensions import Base, db

AT_ONCE = 5000
PILLARS = "pillar_ids"
RECORD: Any = Base.metadata.tables["enterprise"]
ROW: Any = Base.metadata.tables["import_row"]


@dataclass(frozen=True)
class Fill:
    """What a row fills in of its record: values as JSON keeps them, by column."""

    row_id: int
    record: Enterprise
    values: Mapping[str, Any]


def fill_records(row_ids: Sequence[int]) -> None:
    """Fill in what the records of these rows still lack; what was filled meanwhile stays."""
    if not row_ids:
        return
    columns = (ImportRow.id, ImportRow.enterprise_id, ImportRow.fills)
    rows = db.session.execute(select(*columns).where(ImportRow.id.in_(row_ids))).all()
    found = list(fills_of(rows))
    pillars = pillars_of([fill.record.id for fill in found])
    made = []
    for fill in found:
        wanted = still_empty(fill, pillars) if fill.record.is_public else {}
        made.append(Fill(fill.row_id, fill.record, wanted))
    write([fill for fill in made if fill.values], emptied=False)
    keep_in_rows(made)


def fills_of(rows: Sequence[Any]) -> Iterator[Fill]:
    """Yield (row, record, values) of rows that fill something in, read in one statement."""
    ids = [row.enterprise_id for row in rows]
    records = db.session.scalars(
        select(Enterprise)
        .where(Enterprise.id.in_(ids))
        .options(joinedload(Enterprise.import_job))
        .execution_options(populate_existing=True)
    )
    by_id = {record.id: record for record in records}
    for row in rows:
        yield Fill(row.id, by_id[row.enterprise_id], row.fills)


def still_empty(fill: Fill, pillars: Mapping[int, set[int]]) -> dict[str, Any]:
    """Return what of a fill its record still lacks."""
    record = fill.record
    return {
        name: value
        for name, value in fill.values.items()
        if (not pillars.get(record.id) if name == PILLARS else getattr(record, name) in (None, ""))
    }


def write(fills: Sequence[Fill], *, emptied: bool) -> None:
    """Set what fills name, or take it out again; each record's version and trail go on."""
    if not fills:
        return
    about_to_write("enterprise", [fill.record.id for fill in fills])
    by_name: dict[str, list[dict[str, Any]]] = {}
    for fill in fills:
        for name, value in fill.values.items():
            new = nothing(name) if emptied else typed(name, value)
            by_name.setdefault(name, []).append({"record": fill.record.id, "value": new})
    set_pillars(by_name.pop(PILLARS, []))
    for name, values in by_name.items():
        of_one = update(RECORD).where(RECORD.c.id == bindparam("record"))
        db.session.execute(of_one.values({name: bindparam("value")}), values)
    ids = [fill.record.id for fill in fills]
    moved = {"version": RECORD.c.version + 1, "updated_at": clock.now()}
    db.session.execute(update(RECORD).where(RECORD.c.id.in_(ids)).values(moved))
    for fill in fills:
        note(fill, emptied=emptied)


def set_pillars(values: Sequence[Mapping[str, Any]]) -> None:
    """Give records, which have none, the four 新 named; take away all where none is."""
    named = [
        {"enterprise_id": each["record"], "term_id": term}
        for each in values
        for term in each["value"]
    ]
    without = [each["record"] for each in values if not each["value"]]
    if named:
        db.session.execute(insert(enterprise_pillar), named)
    if without:
        owner = enterprise_pillar.c.enterprise_id
        db.session.execute(delete(enterprise_pillar).where(owner.in_(without)))


def note(fill: Fill, *, emptied: bool) -> None:
    """Write a record's line of the trail."""
    before = fill.record.version
    act = "import_unfill" if emptied else "import_fill"
    changes: dict[str, Any] = {
        name: (value, None) if emptied else (None, value) for name, value in fill.values.items()
    }
    audit.record(audit.SYSTEM, act, fill.record, {**changes, "version": (before, before + 1)})


def keep_in_rows(made: Sequence[Fill]) -> None:
    """Keep what was filled in, with the version that came of it; a row whose record lacked
    nothing any more does nothing."""
    values = [
        {
            "row": fill.row_id,
            "fills": {**fill.values, "version": fill.record.version + 1} if fill.values else {},
            "act": RowAct.FILL if fill.values else RowAct.NONE,
        }
        for fill in made
    ]
    if values:
        of_one = update(ROW).where(ROW.c.id == bindparam("row"))
        kept: dict[str, Any] = {"fills": bindparam("fills"), "act": bindparam("act")}
        db.session.execute(of_one.values(kept), values)


def typed(name: str, value: Any) -> Any:
    """Return a kept value as its column holds it."""
    if name == "established_on":
        return date.fromisoformat(value)
    return Decimal(value) if name == "registered_capital" else value


def nothing(name: str) -> Any:
    """Return what a column holds where nothing is said."""
    if name == PILLARS:
        return []
    return "" if name in ("products", "website") else None


def filled_rows(job: ImportJob) -> Sequence[Any]:
    """Return the rows that filled something in, with the version their record has now."""
    return db.session.execute(
        select(ImportRow.id, ImportRow.enterprise_id, ImportRow.fills, Enterprise.version)
        .join(Enterprise, Enterprise.id == ImportRow.enterprise_id)
        .where(ImportRow.job_id == job.id, ImportRow.act == RowAct.FILL)
        .order_by(ImportRow.row_no)
    ).all()


def empty_again(rows: Sequence[Any]) -> list[int]:
    """Take out of records what these rows filled in; return the records."""
    fills = [
        Fill(fill.row_id, fill.record, without_version(fill.values)) for fill in fills_of(rows)
    ]
    write(fills, emptied=True)
    return [fill.record.id for fill in fills]


def without_version(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns alone."""
    return {name: value for name, value in values.items() if name != "version"}
