"""Writing what was confirmed: batch by batch, hidden until the last is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, insert, select, update

from portal import audit, clock, outbox
from portal.database import action, mark_public_change
from portal.enterprises.actions.import_checks import let_file_go
from portal.enterprises.actions.import_fills import fill_record
from portal.enterprises.actions.import_statements import create_records
from portal.enterprises.models import (
    Enterprise,
    ImportFinding,
    ImportJob,
    ImportRow,
)
from portal.enterprises.queries.imports import get_job
from portal.enterprises.terms.record import (
    TAKES_THE_CODE,
    ImportState,
    RowAct,
)
from portal.extensions import db
from portal.sheets.terms import Level

BATCH = 5000
TITLES_TOPIC, SEARCH_TOPIC = "import_titles", "import_search"


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
        select(ImportRow.id, ImportRow.digest, ImportRow.act)
        .where(*batch, ImportRow.act != RowAct.NONE)
        .order_by(ImportRow.row_no)
    ).all()
    created = sum(row.act == RowAct.CREATE for row in rows)
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


@action
def finish(job_id: int) -> None:
    """Let everything be seen at once, by the job's own row; owe search and titles their part."""
    job = get_job(job_id)
    if job.state not in (ImportState.CONFIRMED, ImportState.WRITING):
        return
    job.state, job.done_at = ImportState.DONE, clock.now()
    audit.record(audit.SYSTEM, "import_done", job, {"rows": (None, job.rows_written)})
    let_file_go(job)
    mark_public_change()
    outbox.send(SEARCH_TOPIC, job=job.id, after=0)
    outbox.send(TITLES_TOPIC, job=job.id, after=0)


def digest_of(digests: Sequence[str]) -> str:
    """Return one digest over those of the rows, in the order of the sheet."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
