"""What officers do with an import: hand a sheet in, have it checked, confirm, undo."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete

from portal import audit, clock, files, outbox
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right, rights_of
from portal.accounts.queries.reach import districts_for
from portal.accounts.terms import Right
from portal.audit import Actor
from portal.database import action
from portal.enterprises.actions.import_undo import check_undoable
from portal.enterprises.models import ImportFinding, ImportJob, ImportRow
from portal.enterprises.terms.record import Existing, ImportState
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received, StoredFile

TOPIC = "import"
OWNER = "import_job"
KEPT = timedelta(days=30)
STARTABLE = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED})


def check_importer(actor: Actor) -> None:
    """Raise NotAllowed without the right to review enterprises; the command line may always."""
    if isinstance(actor, Person) and not any(
        held.right == Right.REVIEW_ENTERPRISES for held in rights_of(actor)
    ):
        raise NotAllowed(_("Only officers who review enterprises may import them"))


def may_see(person: Person, job: ImportJob) -> bool:
    """Say whether an officer may see an import: their own, or any with the right city-wide."""
    if job.created_by_id == person.id:
        return any(held.right == Right.REVIEW_ENTERPRISES for held in rights_of(person))
    return has_right(person, Right.REVIEW_ENTERPRISES, district_id=-1)


@files.reader_of(OWNER)
def may_read_sheet(person: Person, file: StoredFile) -> bool:
    """Say whether an officer may read the sheet of an import."""
    job = db.session.get(ImportJob, file.owner_id)
    return job is not None and may_see(person, job)


@action
def hand_in(
    actor: Actor, received: Received, *, existing: str, is_sample: bool = False
) -> ImportJob:
    """Keep an uploaded sheet for thirty days and open its import; call it inside `receiving`."""
    check_importer(actor)
    districts = None
    if isinstance(actor, Person):
        limits = districts_for(actor, Right.REVIEW_ENTERPRISES)
        districts = None if limits is None else sorted(limits)
    job = ImportJob(
        state=ImportState.UPLOADED,
        file_name=received.original_name,
        digest=received.digest,
        size=received.size,
        is_sample=is_sample,
        districts=districts,
        existing=Existing(existing),
        created_at=clock.now(),
        created_by_id=actor.actor_id,
    )
    db.session.add(job)
    db.session.flush()
    kept = files.keep(actor, received, OWNER, job.id, keep_until=clock.today() + KEPT)
    job.file_id = kept.id
    audit.record(actor, "hand_in_sheet", job, {"sha256": (None, job.digest)})
    return job


@action
def start_check(
    actor: Actor,
    job: ImportJob,
    version: int,
    *,
    header_row: int | None,
    sheet: str = "",
    rows_expected: int = 0,
    in_worker: bool = True,
) -> None:
    """Have the sheet checked, from the row of titles that was found (None) or chosen; what an
    earlier check found is dropped. Raises Refused once it is confirmed."""
    check_importer(actor)
    check_version(job, version)
    if job.state not in STARTABLE:
        raise Refused(_("This import is running or written: it cannot be checked again"))
    db.session.execute(delete(ImportFinding).where(ImportFinding.job_id == job.id))
    db.session.execute(delete(ImportRow).where(ImportRow.job_id == job.id))
    job.state = ImportState.CHECKING
    job.sheet, job.header_row, job.rows_expected = sheet[:40], header_row, rows_expected
    job.reached, job.to_write, job.totals, job.failure = 0, 0, {}, ""
    audit.record(actor, "check_sheet", job, {"header_row": (None, header_row)})
    if in_worker:
        outbox.send(TOPIC, job=job.id)


@action
def confirm(actor: Actor, job: ImportJob, version: int) -> None:
    """Let the accepted rows be written. Raises Refused when nothing was accepted."""
    check_importer(actor)
    check_version(job, version)
    if job.state != ImportState.CHECKED:
        raise Refused(_("This import is not waiting for confirmation: open it again"))
    if not job.to_write:
        raise Refused(_("No row of this sheet is to be written"))
    job.state = ImportState.CONFIRMED
    job.confirmed_at, job.confirmed_by_id = clock.now(), actor.actor_id
    audit.record(actor, "confirm_import", job, {"rows": (None, job.to_write)})
    outbox.send(TOPIC, job=job.id)


@action
def undo(actor: Actor, job: ImportJob, version: int) -> None:
    """Take a whole import back: its records disappear at once, by this one row, and are deleted.

    Raises Refused, naming it, when something has been built on them since.
    """
    check_importer(actor)
    check_version(job, version)
    if job.state != ImportState.DONE:
        raise Refused(_("Only an import that is written can be undone"))
    check_undoable(job)
    job.state, job.failure = ImportState.UNDOING, ""
    job.undone_by_id = actor.actor_id
    audit.record(actor, "undo_import", job, {"rows": (job.rows_written, 0)})
    outbox.send(TOPIC, job=job.id)


def check_version(job: ImportJob, version: int) -> None:
    """Raise ChangedSinceOpened when the form was opened on another state of the import."""
    if job.version != version:
        raise ChangedSinceOpened(_("This import went on since you opened it: open it again"))
