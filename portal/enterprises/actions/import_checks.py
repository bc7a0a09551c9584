"""Keeping what was found in a sheet, batch by batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from portal import audit, clock, files
from portal.chinese import sort_key
from portal.database import action
from portal.enterprises.importing.checking import CheckedRow
from portal.enterprises.importing.columns import FIGURES
from portal.enterprises.importing.comparing import Comparison
from portal.enterprises.models import ImportFinding, ImportJob, ImportRow
from portal.enterprises.names import name_key
from portal.enterprises.queries.imports import get_job
from portal.enterprises.rules.figure_values import write
from portal.enterprises.terms.record import ImportState, RowAct
from portal.extensions import db
from portal.sheets.findings import Finding, Totals
from portal.sheets.terms import Level

KEPT_WITH_CARDS = timedelta(days=3)


@action
def keep_checked(
    job_id: int,
    before: int,
    reached: int,
    rows: Sequence[CheckedRow],
    passed: Sequence[Finding],
    comparison: Comparison,
) -> bool:
    """Keep a batch that was read behind row `before`; False when another process has done so."""
    job = get_job(job_id)
    if job.state != ImportState.CHECKING or job.reached != before:
        return False
    known = comparison.judge(rows)
    kept = [row_values(job, row, known.get(row.row)) for row in rows if row.is_accepted]
    kept += [
        row_values(job, row, known[row.row]) | {"act": RowAct.NONE}
        for row in rows
        if row.level is Level.SKIPPED and row.row in known
    ]
    if kept:
        db.session.execute(insert(ImportRow), kept)
    found = [*passed, *(finding for row in rows for finding in row.findings)]
    if found:
        db.session.execute(insert(ImportFinding), [finding_values(job, each) for each in found])
    job.totals = counted(job.totals, [row.level for row in rows], passed)
    job.to_write += sum(1 for values in kept if values["act"] != RowAct.NONE)
    job.reached = reached
    return True


@action
def finish_check(job_id: int, notes: Sequence[Finding], *, holds_cards: bool = False) -> None:
    """Say that the whole sheet is checked; `notes` are about the file, at its row of titles.

    A file with identity-card numbers waits a few days for its confirmation only, and goes at once
    when nothing is to be written.
    """
    job = get_job(job_id)
    if job.state != ImportState.CHECKING:
        return
    if notes:
        db.session.execute(insert(ImportFinding), [finding_values(job, each) for each in notes])
        job.totals = counted(job.totals, [Level.SKIPPED], ())
    job.state = ImportState.CHECKED
    job.checked_at = clock.now()
    job.holds_cards = holds_cards
    if holds_cards and job.file is not None:
        job.file.keep_until = clock.today() + KEPT_WITH_CARDS
        if not job.to_write:
            let_file_go(job)
    audit.record(audit.SYSTEM, "sheet_checked", job, {"rows": (None, job.to_write)})


def let_file_go(job: ImportJob) -> None:
    """Remove a file in which identity-card numbers stand: its import is settled."""
    if job.holds_cards and job.file is not None:
        files.remove(audit.SYSTEM, job.file, note="identity-card numbers")


@action
def fail(job_id: int, message: str) -> None:
    """Say why a sheet could not be read to its end."""
    job = get_job(job_id)
    job.state, job.failure = ImportState.FAILED, message
    audit.record(audit.SYSTEM, "sheet_failed", job)


def counted(
    totals: Mapping[str, int], levels: Sequence[Level], passed: Sequence[Finding]
) -> dict[str, int]:
    """Return the totals with more rows counted, each passed-over line once."""
    found = Totals({level: totals.get(str(level), 0) for level in Level})
    for level in levels:
        found.add(level)
    found.add(Level.SKIPPED, len(passed))
    return found.as_json()


def row_values(
    job: ImportJob, row: CheckedRow, known: tuple[RowAct, int, dict[str, Any]] | None
) -> dict[str, Any]:
    """Return a row as it is kept."""
    facts = dict(vars(row.facts))
    act, enterprise_id, fills = known or (RowAct.CREATE, None, {})
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    figures = {key: "" if facts[key] is None else write(facts[key]) for key in FIGURES}
    return {
        **facts,
        **figures,
        "job_id": job.id,
        "row_no": row.row,
        "ref": row.ref,
        "level": row.level,
        "act": act,
        "enterprise_id": enterprise_id,
        "fills": {name: plain(value) for name, value in fills.items()},
        "name_key": name_key(row.facts.name)[:120],
        "sort_key": sort_key(row.facts.name),
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    return value if isinstance(value, str | int | list) else str(value)


def finding_values(job: ImportJob, finding: Finding) -> dict[str, Any]:
    """Return a finding as it is kept."""
    return {
        "job_id": job.id,
        "row_no": finding.row,
        "ref": finding.ref,
        "level": finding.level,
        "column": finding.column,
        "message": finding.message,
    }
