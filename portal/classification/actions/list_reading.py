"""The worker's part of a dry run: rows are kept as read, then compared, batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, insert, update

from portal import audit, files
from portal.classification.actions.official_lists import FIELDS, source_of
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.official_lists.judging import Judged, judge
from portal.classification.official_lists.reading import Batch, ReadRow
from portal.classification.permits import office_of
from portal.classification.queries import list_jobs as queries
from portal.classification.queries.list_comparison import chunks
from portal.classification.rules.matching import Registry
from portal.classification.rules.official_lists import Clashes
from portal.classification.terms.official_lists import (
    MOST_ROWS,
    PLACE_ON_LIST,
    Finding,
    ListState,
)
from portal.database import action
from portal.extensions import db

AT_ONCE = 500  # rows compared in one transaction
MOST_NOTES = 50


@action
def keep_read(list_id: int, before: int, batch: Batch) -> bool:
    """Keep a batch that was read behind row `before`; False when another process has done so, or
    the list is longer than any may be."""
    official = queries.get_job(list_id)
    if official.state != ListState.READING or official.reached != before:
        return False
    if batch.rows:
        db.session.execute(
            insert(OfficialListRow), [row_values(official, row) for row in batch.rows]
        )
    official.notes = [*official.notes, *batch.passed][:MOST_NOTES]
    official.passed += len(batch.passed)
    official.total += len(batch.rows)
    official.reached = batch.reached
    if official.total > MOST_ROWS:
        fail(list_id, _("A list may have at most %(most)d rows: split it", most=MOST_ROWS))
        return False
    return True


def row_values(official: OfficialList, read: ReadRow) -> dict[str, Any]:
    """Return a row as it is kept before it is compared."""
    fault = read.faults[0][:400] if read.faults else ""
    return {
        "list_id": official.id,
        "row_no": read.row_no,
        "name": read.name[:120],
        "uscc": read.uscc,
        "bad_code": read.bad_code,
        **{name: getattr(read, name) for name in FIELDS},
        "fault": fault,
        "message": fault,
        "finding": Finding.REFUSED if fault else Finding.PENDING,
    }


@action
def finish_reading(list_id: int, notes: Sequence[str], *, holds_cards: bool) -> None:
    """Say that the whole list is read; what it says of the file comes first. A file in which
    identity-card numbers stand goes at once: the rows that are needed are kept."""
    official = queries.get_job(list_id)
    if official.state != ListState.READING:
        return
    said = [*notes, *official.notes]
    if official.passed > MOST_NOTES:
        said.append(_("%(count)d more rows were passed over", count=official.passed - MOST_NOTES))
    if official.total and not queries.is_numbered(list_id):
        number_by_place(list_id)
        said.append(_("The list gives no numbers: each row’s place on it was taken"))
    official.notes = said
    official.state, official.reached = ListState.JUDGING, 0
    if holds_cards and official.file is not None:
        files.remove(audit.SYSTEM, official.file, note="identity-card numbers")


def number_by_place(list_id: int) -> None:
    """Number the rows of a list without numbers by their place."""
    ids = queries.ids_in_order(list_id)
    db.session.connection().execute(
        update(OfficialListRow.__table__)  # type: ignore[arg-type]
        .where(OfficialListRow.__table__.c.id == bindparam("row"))
        .values(number=bindparam("place")),
        [{"row": number, "place": PLACE_ON_LIST % at} for at, number in enumerate(ids, 1)],
    )


@action
def judge_batch(list_id: int, registry: Registry) -> bool:
    """Compare the next rows with the registry, the record and other lists; False when none is
    left. Nothing but what was found is written."""
    official = queries.get_job(list_id)
    if official.state != ListState.JUDGING:
        return False
    rows = queries.rows_after(list_id, official.reached, AT_ONCE)
    if not rows:
        return False
    judge_rows(official, [row for row in rows if not row.fault], registry)
    official.reached = rows[-1].row_no
    return True


def judge_rows(official: OfficialList, rows: Sequence[OfficialListRow], registry: Registry) -> None:
    """Write at each row what was found, its facts completed."""
    read = [read_again(row) for row in rows]
    source = source_of(official)
    judged = judge(official.read_by, official.kind, source, read, registry, official.id)
    for row, found in zip(rows, judged, strict=True):
        write_down(row, found)


def read_again(row: OfficialListRow) -> ReadRow:
    """Return a kept row as it was read."""
    facts = {name: getattr(row, name) for name in FIELDS}
    return ReadRow(row.row_no, row.name, row.uscc, row.bad_code, **facts)


def write_down(row: OfficialListRow, found: Judged) -> None:
    """Write at a row what was found."""
    for name in FIELDS:
        setattr(row, name, getattr(found.facts, name))
    row.name_key, row.fault = found.name_key, found.fault
    row.finding, row.message = found.finding, found.message
    row.enterprise_id = found.enterprise_id


@action
def finish_judging(list_id: int, found: Clashes) -> None:
    """Name the rows that repeat or contradict another, both with their numbers, and say that the
    whole list is checked."""
    official = queries.get_job(list_id)
    if official.state != ListState.JUDGING:
        return
    for some in chunks(found.contradictory.keys() | found.repeated.keys()):
        for row in queries.rows_numbered(list_id, some):
            if row.finding != Finding.REFUSED:
                name_clash(row, found)
    official.state = ListState.CHECKED
    audit.record(
        audit.SYSTEM,
        "list_checked",
        official,
        {"rows": (0, official.total)},
        office=office_of(official.kind),
    )


def name_clash(row: OfficialListRow, found: Clashes) -> None:
    """Say at a row what it is to another."""
    one, other = row.row_no, found.contradictory.get(row.row_no)
    if other is not None:
        row.finding, row.other_row = Finding.CONTRADICTORY, other
        row.message = _("Rows %(one)d and %(other)d contradict each other", one=one, other=other)
        return
    first = found.repeated[one]
    row.finding, row.other_row = Finding.REPEATED, first
    row.message = _("Row %(row)d repeats row %(other)d", row=one, other=first)


@action
def fail(list_id: int, message: str) -> None:
    """Say why a list could not be read to its end; its rows are dropped."""
    official = queries.get_job(list_id)
    official.state, official.failure = ListState.FAILED, message[:500]
    db.session.execute(delete(OfficialListRow).where(OfficialListRow.list_id == list_id))
    audit.record(audit.SYSTEM, "list_failed", official, office=office_of(official.kind))
