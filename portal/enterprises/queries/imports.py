"""Named selects over imports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.enterprises.models import (
    Enterprise,
    ImportFinding,
    ImportJob,
    ImportRow,
    enterprise_pillar,
    is_held_back,
)
from portal.enterprises.terms.record import TAKES_THE_CODE, ImportState, RowAct
from portal.errors import NotFound
from portal.extensions import db
from portal.sheets.findings import Finding
from portal.sheets.terms import Level

AT_ONCE = 1000
COMPARED = (
    "name",
    "district_id",
    "zone_id",
    "industry_id",
    "key_industry_id",
    "node_id",
    "established_on",
    "registered_capital",
    "products",
    "website",
)


def get_job(job_id: int) -> ImportJob:
    """Return an import with who handed it in; raises NotFound."""
    found = db.session.get(ImportJob, job_id, options=[joinedload(ImportJob.created_by)])
    if found is None:
        raise NotFound
    return found


def jobs(owner_id: int | None) -> Select[ImportJob]:
    """Return a select of the imports of one person, of everybody for None."""
    found = select(ImportJob)
    return found if owner_id is None else found.where(ImportJob.created_by_id == owner_id)


def count_jobs(narrowed: Select[ImportJob]) -> int:
    """Return how many imports a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def page_of_jobs(narrowed: Select[ImportJob], offset: int, limit: int) -> Sequence[ImportJob]:
    """Return one page of imports, newest first."""
    newest = narrowed.options(joinedload(ImportJob.created_by)).order_by(ImportJob.id.desc())
    return db.session.scalars(newest.offset(offset).limit(limit)).all()


def find_same_file(job: ImportJob) -> ImportJob | None:
    """Return the newest other import of the same file that was written, or None."""
    return db.session.scalar(
        select(ImportJob)
        .where(
            ImportJob.digest == job.digest,
            ImportJob.id != job.id,
            ImportJob.state == ImportState.DONE,
        )
        .order_by(ImportJob.id.desc())
        .limit(1)
    )


def records_by_code(codes: Collection[str]) -> dict[str, Any]:
    """Return the records that hold these codes, with what is compared and their pillars."""
    if not codes:
        return {}
    columns = [getattr(Enterprise, name) for name in COMPARED]
    rows = db.session.execute(
        select(
            Enterprise.id,
            Enterprise.uscc,
            Enterprise.state,
            is_held_back().label("is_held_back"),
            *columns,
        ).where(Enterprise.uscc.in_(codes), Enterprise.state.in_(TAKES_THE_CODE))
    ).all()
    return {row.uscc: row for row in rows}


def pillars_of(enterprise_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the pillars of records by id."""
    found: dict[int, set[int]] = {}
    owner, term = enterprise_pillar.c.enterprise_id, enterprise_pillar.c.term_id
    for row in db.session.execute(select(owner, term).where(owner.in_(enterprise_ids))):
        found.setdefault(row[0], set()).add(row[1])
    return found


def codes_accepted(job_id: int) -> dict[str, int]:
    """Return the codes of the rows accepted so far with their rows."""
    rows = db.session.execute(
        select(ImportRow.uscc, ImportRow.row_no).where(ImportRow.job_id == job_id)
    )
    return {row.uscc: row.row_no for row in rows}


def findings(job_id: int, level: str) -> Select[ImportFinding]:
    """Return a select of the findings of an import, of one level or of all."""
    found = select(ImportFinding).where(ImportFinding.job_id == job_id)
    return found.where(ImportFinding.level == level) if level else found


def count_findings(job_id: int) -> dict[str, int]:
    """Return how many findings there are by level."""
    rows = db.session.execute(
        select(ImportFinding.level, func.count())
        .where(ImportFinding.job_id == job_id)
        .group_by(ImportFinding.level)
    )
    return {row[0]: row[1] for row in rows}


def page_of_findings(
    narrowed: Select[ImportFinding], offset: int, limit: int
) -> Sequence[ImportFinding]:
    """Return one page of findings in the order of the sheet."""
    ordered = narrowed.order_by(ImportFinding.row_no, ImportFinding.id)
    return db.session.scalars(ordered.offset(offset).limit(limit)).all()


def every_finding(job_id: int, in_order: str) -> Iterator[Finding]:
    """Yield every finding in the order of the sheet; a row without any is one that says so."""
    said = (
        Finding(row.row_no, row.ref, Level(row.level), row.column, row.message)
        for row in by_row(
            ImportFinding,
            job_id,
            (ImportFinding.ref, ImportFinding.level, ImportFinding.column, ImportFinding.message),
        )
    )
    good = (
        Finding(row.row_no, row.ref, Level.OK, "", in_order)
        for row in by_row(ImportRow, job_id, (ImportRow.ref, ImportRow.level))
        if row.level == Level.OK
    )
    return merge(said, good, key=lambda finding: finding.row)


def by_row(model: Any, job_id: int, columns: Sequence[Any]) -> Iterator[Any]:
    """Yield rows of an import in the order of the sheet, AT_ONCE at a time."""
    last = (0, 0)
    while True:
        rows = db.session.execute(
            select(model.id, model.row_no, *columns)
            .where(
                model.job_id == job_id,
                or_(
                    model.row_no > last[0],
                    (model.row_no == last[0]) & (model.id > last[1]),
                ),
            )
            .order_by(model.row_no, model.id)
            .limit(AT_ONCE)
        ).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = (rows[-1].row_no, rows[-1].id)


def written_records(job_id: int, after: int, limit: int) -> Sequence[Any]:
    """Return (row, record id, titles claimed) of the next rows that were written."""
    holds_code = (Enterprise.uscc == ImportRow.uscc) & Enterprise.state.in_(TAKES_THE_CODE)
    return db.session.execute(
        select(ImportRow.row_no, Enterprise.id.label("enterprise_id"), ImportRow.titles)
        .join(Enterprise, holds_code)
        .where(
            ImportRow.job_id == job_id,
            ImportRow.act != RowAct.NONE,
            ImportRow.row_no > after,
        )
        .order_by(ImportRow.row_no)
        .limit(limit)
    ).all()


def kept_totals(job: ImportJob) -> Mapping[str, int]:
    """Return the totals of an import by level, zeros where nothing was counted."""
    return {"rows": 0} | dict.fromkeys(map(str, Level), 0) | dict(job.totals)
