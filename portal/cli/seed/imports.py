"""The demonstration's sheets: one written, one that waits for its confirmation."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal import files
from portal.accounts.models import Person
from portal.classification.queries.claims import title_words
from portal.cli.seed.history import History
from portal.enterprises.actions.imports import confirm, hand_in, start_check
from portal.enterprises.importing.running import check_slice, write_slice
from portal.enterprises.queries.imports import get_job
from portal.enterprises.terms.record import Existing
from portal.extensions import db


def plan_sheets(
    history: History, sheets: list[dict[str, Any]], people: Mapping[str, Person], kept: Path
) -> None:
    """Have each sheet handed in and checked on its day, and written where it says so."""
    for sheet in sheets:
        officer = people[sheet["officer"]]
        history.on(sheet["day"], lambda s=sheet, o=officer: hand_in_and_check(o, s, kept))  # type: ignore[misc]


def hand_in_and_check(officer: Person, sheet: Mapping[str, Any], kept: Path) -> None:
    """Hand one sheet in, check it, and confirm it when it is one that was written."""
    source = io.BytesIO(sheet["text"].encode("utf-8-sig"))
    with files.receiving(
        kept, source, sheet["name"], field="file", allowed=files.SHEETS
    ) as received:
        job = hand_in(officer, received, existing=Existing.KEEP, is_sample=True)
        start_check(officer, job, job.version, header_row=None, in_worker=False)
        db.session.flush()
        work_on(job.id, kept)
        if sheet["written"]:
            job = get_job(job.id)
            confirm(officer, job, job.version)
            db.session.flush()
            while write_slice(job.id):
                pass


def work_on(job_id: int, kept: Path) -> None:
    """Check a sheet to its end."""
    words = title_words()
    while check_slice(job_id, kept, words):
        pass
