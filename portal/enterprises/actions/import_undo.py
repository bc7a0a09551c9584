"""Taking an import back while nothing has been built on its records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select, update

from portal import audit, clock, outbox
from portal.database import action
from portal.enterprises.actions.import_fills import AT_ONCE, empty_again, filled_rows
from portal.enterprises.actions.import_statements import origin_of
from portal.enterprises.actions.import_writes import SEARCH_TOPIC, TITLES_TOPIC
from portal.enterprises.models import Enterprise, ImportJob
from portal.enterprises.queries.imports import get_job
from portal.enterprises.terms.record import ImportState, State
from portal.errors import Refused
from portal.extensions import Base, db
from portal.wording import gettext as _
from portal.wording import later as _l

BATCH = 2000
# Rows that come and go with a record: its own, and what the worker computes from it.
ITS_OWN = frozenset({"enterprise_period", "enterprise_pillar", "precheck", "assessment"})
BUILT = {
    "membership": _l("people acting for them"),
    "claim": _l("requests to act for them"),
    "submission": _l("submissions"),
    "title": _l("titles"),
    "title_claim": _l("claimed titles"),
    "official_list_row": _l("rows of official lists"),
    "entry": _l("list entries"),
    "change_request": _l("reports of changes"),
    "standing_request": _l("requests to suspend or remove them"),
    "enterprise_merge": _l("merges"),
}


def check_undoable(job: ImportJob) -> None:
    """Raise Refused, with what stands in the way and how often, when something was built: on
    records as they were written, or as `withdraw_batch` left them."""
    own = select(Enterprise.id).where(Enterprise.import_job_id == job.id)
    changed = db.session.scalar(
        select(func.count())
        .select_from(Enterprise)
        .where(
            Enterprise.import_job_id == job.id,
            (Enterprise.version > 1) | Enterprise.state.not_in((State.ACTIVE, State.IMPORTING)),
        )
    )
    found = [times(_("records changed since"), changed)] if changed else []
    for table, column in references():
        statement = select(func.count()).select_from(table).where(column.in_(own))
        made = made_by(table, job)
        if made is not None:
            statement = statement.where(~made)
        count = db.session.scalar(statement)
        if count:
            found.append(times(_(BUILT.get(table.name, table.name)), count))
    if over := filled_over(job):
        found.append(times(_("filled-in records changed since"), over))
    if found:
        raise Refused(
            _(
                "This import cannot be undone any more: %(found)s rest on its records. Correct the"
                " records one by one",
                found=found,
            )
        )


def times(words: str, count: int) -> str:
    """Return what stands in the way with how often it does."""
    return _("%(what)s (%(count)d)", what=words, count=count)


def references() -> Iterator[tuple[Table, Any]]:
    """Yield every column that refers to a record, those an import itself writes left out."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "enterprise" and table.name not in ITS_OWN:
                yield table, key.parent


def made_by(table: Table, job: ImportJob) -> Any:
    """Return the condition that an import itself made a row of another table; None where imports
    write nothing."""
    if table.name == "figure":
        return table.c.origin == origin_of(job)
    if table.name == "title_claim":
        untouched = table.c.decided_at.is_(None) & table.c.claimed_by_id.is_(None)
        return (table.c.import_job_id == job.id) & untouched
    return None


def filled_over(job: ImportJob) -> int:
    """Return how many records that were filled in have been changed afterwards."""
    return sum(row.version != row.fills["version"] for row in filled_rows(job))


@action
def withdraw_batch(job_id: int) -> bool:
    """Close the next records to every act; once all are, look a last time whether anybody built
    on one meanwhile: then everything goes back. False when nothing is left to close."""
    job = get_job(job_id)
    if job.state != ImportState.UNDOING or not job.written:
        return False
    if move(job, State.ACTIVE, State.IMPORTING):
        return True
    try:
        check_undoable(job)
    except Refused as refusal:
        job.state, job.failure = ImportState.WRITING, refusal.message
        audit.record(audit.SYSTEM, "import_kept", job)
        return False
    take_fills_back(job)
    job.written = 0
    return False


def take_fills_back(job: ImportJob) -> None:
    """Empty what was filled in, and let search and titles know of those records."""
    rows = filled_rows(job)
    for start in range(0, len(rows), AT_ONCE):
        ids = empty_again(rows[start : start + AT_ONCE])
        outbox.send(SEARCH_TOPIC, ids=ids)
        outbox.send(TITLES_TOPIC, ids=ids)


@action
def restore_batch(job_id: int) -> bool:
    """Open the next records again that an undoing had closed; False when none is left."""
    job = get_job(job_id)
    return job.state == ImportState.WRITING and move(job, State.IMPORTING, State.ACTIVE)


def move(job: ImportJob, before: State, after: State) -> bool:
    """Move the next records of an import from one state to another; False when none is left."""
    ids = next_records(job, before)
    moved = update(Enterprise).where(Enterprise.id.in_(ids)).values(state=after)
    db.session.execute(moved.execution_options(synchronize_session=False))
    return bool(ids)


def next_records(job: ImportJob, state: State) -> Sequence[int]:
    """Return the next records of an import that stand in a state."""
    return db.session.scalars(
        select(Enterprise.id)
        .where(Enterprise.import_job_id == job.id, Enterprise.state == state)
        .order_by(Enterprise.id)
        .limit(BATCH)
    ).all()


@action
def delete_batch(job_id: int) -> bool:
    """Delete the next closed records, from the search as well; False when none is left."""
    job = get_job(job_id)
    ids = next_records(job, State.IMPORTING)
    if job.state != ImportState.UNDOING or job.written or not ids:
        return False
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in ITS_OWN or made_by(table, job) is not None:
            db.session.execute(delete(table).where(table.c.enterprise_id.in_(ids)))
    db.session.execute(delete(Enterprise).where(Enterprise.id.in_(ids)))
    outbox.send(SEARCH_TOPIC, ids=list(ids))
    audit.record(audit.SYSTEM, "undo_batch", job, {"rows": (len(ids), 0)})
    return True


@action
def finish_undo(job_id: int) -> bool:
    """Say that an import is undone; False when it was not and its records are to be seen again."""
    job = get_job(job_id)
    if job.state == ImportState.UNDOING and not job.written:
        job.state, job.undone_at = ImportState.UNDONE, clock.now()
        job.rows_written = 0
        audit.record(audit.SYSTEM, "import_undone", job)
    return job.state == ImportState.UNDONE
