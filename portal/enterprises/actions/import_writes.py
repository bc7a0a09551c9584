"""Writing what was confirmed: batches set at once, hidden until the last is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, bindparam, func, insert, literal, select, update

from portal import audit, city, clock, outbox
from portal.database import action, mark_public_change, next_numbers
from portal.enterprises.actions.import_fills import fill_record
from portal.enterprises.importing.columns import FIGURES
from portal.enterprises.models import (
    Enterprise,
    EnterprisePeriod,
    Figure,
    ImportFinding,
    ImportJob,
    ImportRow,
    enterprise_pillar,
)
from portal.enterprises.queries.imports import get_job
from portal.enterprises.rules.confirmation import next_due
from portal.enterprises.terms.figures import Source
from portal.enterprises.terms.record import (
    TAKES_THE_CODE,
    ImportState,
    Origin,
    RowAct,
    State,
)
from portal.extensions import db
from portal.sheets.terms import Level

BATCH = 5000
TITLES_TOPIC, SEARCH_TOPIC = "import_titles", "import_search"
COPIED = (
    "uscc",
    "name",
    "name_key",
    "sort_key",
    "established_on",
    "registered_capital",
    "district_id",
    "zone_id",
    "industry_id",
    "key_industry_id",
    "node_id",
    "products",
    "website",
    "digest_key",
    "admission_no",
)
ROW: Any = ImportRow.__table__
NUMBERING = (
    update(ROW).where(ROW.c.id == bindparam("row_id")).values(admission_no=bindparam("number"))
)


@action
def write_batch(job_id: int, size: int = BATCH) -> bool:
    """Write the next rows; False when there was nothing left to write."""
    job = get_job(job_id)
    if job.state not in (ImportState.CONFIRMED, ImportState.WRITING):
        return False
    last = last_of_batch(job, size)
    if last is None:
        return False
    batch = rows_between(job, job.written, last)
    drop_taken(job, batch)
    rows = db.session.execute(
        select(ImportRow.id, ImportRow.row_no, ImportRow.digest, ImportRow.act).where(
            *batch, ImportRow.act != RowAct.NONE
        )
    ).all()
    created = [row for row in rows if row.act == RowAct.CREATE]
    if created:
        create_records(job, batch, created)
    for row in rows:
        if row.act == RowAct.FILL:
            fill_record(row.id)
    job.state, job.written = ImportState.WRITING, last
    job.rows_written += len(rows)
    audit.record(
        audit.SYSTEM,
        "import_batch",
        job,
        {
            "last_row": (None, last),
            "rows": (None, len(rows)),
            "sha256": (None, digest_of([row.digest for row in rows])),
        },
    )
    return True


def last_of_batch(job: ImportJob, size: int) -> int | None:
    """Return the sheet row a batch of this size ends with, None when nothing is left."""
    ahead = (
        select(ImportRow.row_no)
        .where(
            ImportRow.job_id == job.id,
            ImportRow.row_no > job.written,
            ImportRow.act != RowAct.NONE,
        )
        .order_by(ImportRow.row_no)
        .limit(size)
        .subquery()
    )
    return db.session.scalar(select(func.max(ahead.c.row_no)))


def rows_between(job: ImportJob, after: int, last: int) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a row belongs to a batch."""
    return (ImportRow.job_id == job.id, ImportRow.row_no > after, ImportRow.row_no <= last)


def drop_taken(job: ImportJob, batch: Sequence[ColumnElement[bool]]) -> None:
    """Refuse, by name, the rows whose code was recorded since the check."""
    rows = db.session.execute(
        select(ImportRow.id, ImportRow.row_no, ImportRow.ref, ImportRow.level)
        .join(
            Enterprise,
            (Enterprise.uscc == ImportRow.uscc) & Enterprise.state.in_(TAKES_THE_CODE),
        )
        .where(*batch, ImportRow.act == RowAct.CREATE)
    ).all()
    if not rows:
        return
    taken = [row.id for row in rows]
    db.session.execute(
        update(ImportRow)
        .where(ImportRow.id.in_(taken))
        .values(act=RowAct.NONE, level=Level.REFUSED)
        .execution_options(synchronize_session=False)
    )
    message = _("The code was recorded by somebody else after the check: not written")
    db.session.execute(
        insert(ImportFinding),
        [
            {
                "job_id": job.id,
                "row_no": row.row_no,
                "ref": row.ref,
                "level": Level.REFUSED,
                "column": "",
                "message": message,
            }
            for row in rows
        ],
    )
    totals = dict(job.totals)
    for row in rows:
        totals[row.level] -= 1
        totals[Level.REFUSED] += 1
    job.totals, job.to_write = totals, job.to_write - len(rows)


def create_records(
    job: ImportJob, batch: Sequence[ColumnElement[bool]], rows: Sequence[Any]
) -> None:
    """Add the records of a batch in a handful of statements; they stay hidden."""
    year = clock.today().year
    first = next_numbers(f"admission-{year}", len(rows))
    db.session.execute(
        NUMBERING,
        [
            {
                "row_id": row.id,
                "number": city.number("admission", year=year, serial=first + place),
            }
            for place, row in enumerate(rows)
        ],
    )
    made = (*batch, ImportRow.act == RowAct.CREATE)
    copied = copy_of(job).where(*made).order_by(ImportRow.row_no)
    db.session.execute(insert(Enterprise).from_select(copied.selected_columns.keys(), copied))
    record = select(Enterprise.id).where(Enterprise.admission_no == ImportRow.admission_no)
    db.session.execute(
        update(ImportRow)
        .where(*made)
        .values(enterprise_id=record.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    pillars = db.session.execute(
        select(ImportRow.enterprise_id, ImportRow.pillar_ids).where(*made)
    ).all()
    links = [
        {"enterprise_id": row.enterprise_id, "term_id": term}
        for row in pillars
        for term in row.pillar_ids
    ]
    if links:
        db.session.execute(insert(enterprise_pillar), links)
    for metric in FIGURES:
        state_figures(job, metric, made)


def defaults(given: set[str]) -> dict[str, Any]:
    """Return what a record holds in the other columns where nothing is said."""
    columns = [column for column in Enterprise.__table__.c if column.name not in given]
    found: dict[str, Any] = {}
    for column in columns:
        default: Any = column.default
        if default is not None:
            found[column.name] = default.arg(None) if default.is_callable else default.arg
    return found


def state_figures(job: ImportJob, metric: str, made: Sequence[ColumnElement[bool]]) -> None:
    """State one figure of last year for the new records of a batch, as the bureau supplied it."""
    text = getattr(ImportRow, metric)
    year = job.created_at.astimezone(clock.city_zone()).year - 1
    table = Figure.__table__.c
    same: dict[str, Any] = {
        "metric": metric,
        "year": year,
        "source": Source.BUREAU,
        "as_of": date(year, 12, 31),
        "note": "",
        "origin": origin_of(job),
        "recorded_at": clock.now(),
        "recorded_by_id": job.created_by_id,
    }
    figures = select(
        ImportRow.enterprise_id,
        text.label("value"),
        *(literal(value, table[name].type).label(name) for name, value in same.items()),
    ).where(*made, text != "")
    db.session.execute(insert(Figure).from_select(figures.selected_columns.keys(), figures))


def origin_of(job: ImportJob) -> str:
    """Return what figures of an import name as their origin."""
    return f"import:{job.id}"


def copy_of(job: ImportJob) -> Select[Any]:
    """Return what a record takes from its row, with what every imported record has."""
    table = Enterprise.__table__.c
    same: dict[str, Any] = {
        "version": 1,
        "state": State.IMPORTING,
        "origin": Origin.IMPORTED,
        "is_sample": job.is_sample,
        "created_by_id": job.created_by_id,
        "created_at": clock.now(),
        "updated_at": clock.now(),
        "admitted_on": clock.today(),
        "confirm_due_on": next_due(clock.today()),
        "import_job_id": job.id,
    }
    same = {**defaults(set(COPIED) | set(same)), **same}
    return select(
        *(getattr(ImportRow, name) for name in COPIED),
        *(literal(value, table[name].type).label(name) for name, value in same.items()),
    )


@action
def finish(job_id: int) -> None:
    """Let everything become visible at once, and owe search and titles their part."""
    job = get_job(job_id)
    if job.state not in (ImportState.CONFIRMED, ImportState.WRITING):
        return
    own = (Enterprise.import_job_id == job.id, Enterprise.state == State.IMPORTING)
    period = EnterprisePeriod.__table__.c
    periods = select(
        Enterprise.id.label("enterprise_id"),
        literal(State.ACTIVE, period.state.type).label("state"),
        literal(clock.today(), period.valid_from.type).label("valid_from"),
        literal(clock.now(), period.recorded_at.type).label("recorded_at"),
    ).where(*own)
    names = ("enterprise_id", "state", "valid_from", "recorded_at")
    db.session.execute(insert(EnterprisePeriod).from_select(names, periods))
    db.session.execute(
        update(Enterprise)
        .where(*own)
        .values(state=State.ACTIVE)
        .execution_options(synchronize_session=False)
    )
    job.state, job.done_at = ImportState.DONE, clock.now()
    audit.record(audit.SYSTEM, "import_done", job, {"rows": (None, job.rows_written)})
    mark_public_change()
    outbox.send(SEARCH_TOPIC, job=job.id, after=0)
    outbox.send(TITLES_TOPIC, job=job.id, after=0)


def digest_of(digests: Sequence[str]) -> str:
    """Return one digest over those of the rows, in the order of the sheet."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
