"""Writing what was confirmed: batch by batch, hidden until the last is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, insert, select, update

from portal import audit, clock, outbox
from portal.database import action
from portal.enterprises.actions.import_checks import let_file_go
from portal.enterprises.actions.import_fills import fill_records
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
from portal.wording import gettext as _

BATCH = 5000
TITLES_TOPIC, SEARCH_TOPIC = "import_titles", "import_search"


@action
def write_batch(job_id: int, size: int = BATCH) -> bool:
    """Write the next rows; False when there was nothing left to write."""
    job = get_job(job_id)
    if job.state not in (ImportState.CONFIRMED, ImportState.WRITING):
        return False
    rows = next_rows(job, size)
    if not rows:
        return False
    last = rows[-1].row_no
    drop_taken(job, [row.id for row in rows if row.is_taken])
    left = [row for row in rows if not row.is_taken]
    created = sum(row.act == RowAct.CREATE for row in left)
    if created:
        create_records(job, rows_between(job, job.written, last), created)
    fill_records([row.id for row in left if row.act == RowAct.FILL])
    job.state, job.written = ImportState.WRITING, last
    job.rows_written += len(left)
    audit.record(
        audit.SYSTEM,
        "import_batch",
        job,
        {
            "last_row": (None, last),
            "rows": (None, len(left)),
            "sha256": (None, digest_of([row.digest for row in left])),
        },
    )
    return True


def next_rows(job: ImportJob, size: int) -> Sequence[Any]:
    """Return the next rows with something to do; `is_taken`: somebody else recorded the code of
    a new record since the check."""
    holds = (Enterprise.uscc == ImportRow.uscc) & Enterprise.state.in_(TAKES_THE_CODE)
    taken = and_(ImportRow.act == RowAct.CREATE, exists().where(holds))
    columns = (ImportRow.id, ImportRow.row_no, ImportRow.act, ImportRow.digest)
    return db.session.execute(
        select(*columns, taken.label("is_taken"))
        .where(
            ImportRow.job_id == job.id,
            ImportRow.row_no > job.written,
            ImportRow.act != RowAct.NONE,
        )
        .order_by(ImportRow.row_no)
        .limit(size)
    ).all()


def rows_between(job: ImportJob, after: int, last: int) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a row belongs to a batch."""
    return (ImportRow.job_id == job.id, ImportRow.row_no > after, ImportRow.row_no <= last)


def drop_taken(job: ImportJob, row_ids: Sequence[int]) -> None:
    """Refuse, by name, rows whose code was recorded since the check."""
    if not row_ids:
        return
    these = ImportRow.id.in_(row_ids)
    rows = db.session.execute(
        select(ImportRow.row_no, ImportRow.ref, ImportRow.level).where(these)
    ).all()
    db.session.execute(
        update(ImportRow)
        .where(these)
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
    outbox.send(SEARCH_TOPIC, job=job.id, after=0)
    outbox.send(TITLES_TOPIC, job=job.id, after=0)


def digest_of(digests: Sequence[str]) -> str:
    """Return one digest over those of the rows, in the order of the sheet."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
