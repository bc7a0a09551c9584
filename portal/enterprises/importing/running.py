"""Running an import: slices of a few seconds, each of which goes on where the last one ended."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from portal import files
from portal.database import refresh_statistics, room_for_bulk
from portal.enterprises.actions import import_checks, import_undo, import_writes
from portal.enterprises.importing.checking import CheckedRow, RowChecker
from portal.enterprises.importing.columns import FORM
from portal.enterprises.importing.comparing import Comparison
from portal.enterprises.importing.vocabulary import TitleWord, load_vocabulary
from portal.enterprises.models import ImportJob
from portal.enterprises.queries.imports import codes_accepted, get_job
from portal.enterprises.terms.record import ImportState
from portal.extensions import db
from portal.sheets.findings import Finding, Unreadable
from portal.sheets.reading import reading
from portal.wording import gettext as _

ROWS = 1000  # of a checked batch
WRITTEN = ("enterprise", "enterprise_period", "enterprise_pillar", "figure")
SLICE = 8.0  # seconds after which others get their turn


@dataclass
class Batch:
    """Rows read one after the other; `reached` is the last row of the sheet among them."""

    reached: int = 0
    rows: list[CheckedRow] = field(default_factory=list)
    passed: list[Finding] = field(default_factory=list)


def batches(checker: RowChecker, after: int, size: int = ROWS) -> Iterator[Batch]:
    """Yield the rows behind row `after` of the sheet, checked, by the batch."""
    batch = Batch()
    for row, passed in checker.walk.steps(after):
        if passed is None:
            batch.rows.append(checker.check(row))
        else:
            batch.passed.append(passed.finding())
        batch.reached = row.number
        if len(batch.rows) + len(batch.passed) >= size:
            yield batch
            batch = Batch()
    if batch.reached:
        yield batch


def run_slice(job_id: int, folder: Path, title_words: Sequence[TitleWord]) -> bool:
    """Do a few seconds' work on an import; True while there is more to do."""
    state = get_job(job_id).state
    db.session.rollback()
    if state == ImportState.CHECKING:
        return check_slice(job_id, folder, title_words)
    if state in (ImportState.CONFIRMED, ImportState.WRITING):
        with room_for_bulk():
            return write_slice(job_id) or look_anew()
    if state == ImportState.UNDOING:
        with room_for_bulk():
            return undo_slice(job_id) or look_anew()
    return False


def look_anew() -> bool:
    """Let the database know that many rows came or went; then nothing is left to do."""
    refresh_statistics(*WRITTEN)
    return False


def check_slice(job_id: int, folder: Path, title_words: Sequence[TitleWord]) -> bool:
    """Check rows until the slice is over or the sheet ends; what cannot be read ends it."""
    job = get_job(job_id)
    try:
        with open_file(job, folder) as source:
            return check_some(job, source, title_words)
    except Unreadable as why:
        import_checks.fail(job_id, why.message)
        return False


@contextmanager
def open_file(job: ImportJob, folder: Path) -> Iterator[BinaryIO]:
    """Open the kept sheet of an import; raises Unreadable once it is deleted."""
    if job.file is None or job.file.removed_at is not None:
        raise Unreadable(_("The file is no longer kept: upload it again"))
    with files.path_of(folder, job.file.name).open("rb") as source:
        yield source


def check_some(job: ImportJob, source: BinaryIO, title_words: Sequence[TitleWord]) -> bool:
    """Check batches for one slice; True while the sheet has more."""
    end = time.monotonic() + SLICE
    limits = None if job.districts is None else set(job.districts)
    job_id, reached, name = job.id, job.reached, job.file_name
    comparison = Comparison(job.existing, limits)
    with reading(source, name, FORM, sheet=job.sheet, header_row=job.header_row) as found:
        vocabulary = load_vocabulary(title_words)
        checker = RowChecker(found.walk, vocabulary, limits, codes_accepted(job_id))
        for batch in batches(checker, reached):
            kept = import_checks.keep_checked(
                job_id, reached, batch.reached, batch.rows, batch.passed, comparison
            )
            if not kept:
                return False
            reached = batch.reached
            if time.monotonic() > end:
                return True
        cards = found.walk.card_rows > 0
        import_checks.finish_check(job_id, found.notes(), holds_cards=cards)
    return False


def write_slice(job_id: int) -> bool:
    """Write batches for one slice, then let them be seen; True while there is more."""
    end = time.monotonic() + SLICE
    while import_writes.write_batch(job_id):
        if time.monotonic() > end:
            return True
    while import_undo.restore_batch(job_id):
        if time.monotonic() > end:
            return True
    import_writes.finish(job_id)
    return False


def undo_slice(job_id: int) -> bool:
    """Close records, then delete them, for one slice; True while there is more."""
    end = time.monotonic() + SLICE
    for step in (import_undo.withdraw_batch, import_undo.delete_batch):
        while step(job_id):
            if time.monotonic() > end:
                return True
    return not import_undo.finish_undo(job_id)
