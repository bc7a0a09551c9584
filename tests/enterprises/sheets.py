"""Sheets of enterprises and their imports, made through the same actions a clerk uses."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from portal import files
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.classification.queries.claims import title_words
from portal.database import transaction
from portal.enterprises.actions.imports import confirm, hand_in, start_check
from portal.enterprises.importing.checking import RowChecker
from portal.enterprises.importing.columns import COLUMNS, FORM
from portal.enterprises.importing.comparing import Comparison
from portal.enterprises.importing.running import batches, run_slice
from portal.enterprises.importing.vocabulary import load_vocabulary
from portal.enterprises.models import Enterprise, ImportJob, is_listed
from portal.enterprises.queries.imports import get_job
from portal.enterprises.terms.record import Existing
from portal.extensions import db
from portal.sheets.reading import reading
from tests.factories import make_uscc
from tests.scenes import scene
from tests.sheets.files import csv_file

TITLES = [column.title for column in COLUMNS]
GOOD = {
    "企业名称": "示例岷江储能有限公司",
    "统一社会信用代码": make_uscc(1),
    "所属县区": "东坡区",
}
Said = tuple[str, str, str]


def row(**changes: str) -> dict[str, str]:
    """Return a good row with cells changed; a column's name is given without its bracket."""
    full = {title.partition("（")[0]: title for title in TITLES}
    return GOOD | {full[name]: text for name, text in changes.items()}


def sheet(*rows: dict[str, str]) -> io.BytesIO:
    """Return rows as a text file under the titles of all columns."""
    return csv_file([TITLES, *([each.get(title, "") for title in TITLES] for each in rows)])


def firms(count: int, start: int = 1) -> list[dict[str, str]]:
    """Return good rows of different enterprises."""
    return [
        row(序号=str(n), 企业名称=f"示例{n}号有限公司", 统一社会信用代码=make_uscc(n))
        for n in range(start, start + count)
    ]


def said_of(
    source: io.BytesIO,
    name: str = "a.csv",
    district_ids: set[int] | None = None,
    existing: str = Existing.KEEP,
) -> list[Said]:
    """Return (level, column, message) of everything found in a sheet, notes last."""
    with reading(source, name, FORM) as found:
        checker = RowChecker(found.walk, load_vocabulary(title_words()), district_ids, {})
        comparison = Comparison(existing, district_ids)
        said = []
        for batch in batches(checker, 0):
            comparison.judge(batch.rows)
            said += [*batch.passed, *(each for row in batch.rows for each in row.findings)]
        return [(str(each.level), each.column, each.message) for each in [*said, *found.notes()]]


@scene
def hand_in_sheet(
    source: io.BytesIO, actor: Person | None = None, existing: str = Existing.KEEP
) -> ImportJob:
    """Return the import of a sheet, checked."""
    folder = Path(current_app.config["FILES"])
    with (
        files.receiving(folder, source, "企业.csv", field="file", allowed=files.SHEETS) as received,
        transaction(),
    ):
        job = hand_in(actor or SYSTEM, received, existing=existing)
        start_check(actor or SYSTEM, job, job.version, header_row=None, in_worker=False)
        job_id = job.id
    return work_on(job_id)


@scene
def work_on(job_id: int, slices: int = 1000) -> ImportJob:
    """Let an import go on and return it."""
    folder = Path(current_app.config["FILES"])
    while slices and run_slice(job_id, folder, title_words()):
        slices -= 1
    db.session.expire_all()
    return get_job(job_id)


@scene
def import_sheet(
    source: io.BytesIO, actor: Person | None = None, existing: str = Existing.KEEP
) -> ImportJob:
    """Return the import of a sheet, written."""
    job = hand_in_sheet(source, actor, existing)
    confirm(actor or SYSTEM, job, job.version)
    return work_on(job.id)


def in_registry() -> list[str]:
    """Return the names the public finds in the registry, in order."""
    names = select(Enterprise.name).where(is_listed())
    return list(db.session.scalars(names.order_by(Enterprise.id)))


def count(model: type) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def levels(said: Sequence[Said]) -> list[str]:
    """Return the levels alone."""
    return [level for level, _column, _message in said]
