"""`flask enterprises import`: a sheet of enterprises, checked and written from the command line."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale

from portal import audit, files
from portal.classification.queries.claims import title_words
from portal.database import transaction
from portal.enterprises.actions.imports import confirm, hand_in, start_check
from portal.enterprises.importing.checking import RowChecker
from portal.enterprises.importing.columns import FORM
from portal.enterprises.importing.comparing import Comparison
from portal.enterprises.importing.running import batches, run_slice
from portal.enterprises.importing.vocabulary import load_vocabulary
from portal.enterprises.queries.imports import every_finding, get_job, kept_totals
from portal.enterprises.terms.record import Existing, ImportState
from portal.errors import PortalError
from portal.extensions import db
from portal.files.terms import MEGABYTE
from portal.sheets.findings import Finding, Totals, Unreadable
from portal.sheets.reading import reading
from portal.sheets.report import in_order, json_report
from portal.sheets.terms import LEVEL_NAMES, Level

LANGUAGE = "zh_Hans_CN"
LARGEST = 1024 * MEGABYTE

enterprises = AppGroup("enterprises", help="The registry in bulk.")


@enterprises.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check only, write nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="A JSON file.")
@click.option("--header-row", type=int, default=None, help="The row that names the columns.")
@click.option(
    "--existing", type=click.Choice([str(each) for each in Existing]), default=str(Existing.KEEP)
)
@click.option("--language", type=click.Choice([LANGUAGE, "en"]), default=LANGUAGE)
def import_sheet(
    file: Path,
    dry_run: bool,
    report: Path | None,
    header_row: int | None,
    existing: str,
    language: str,
) -> None:
    """Import a sheet of enterprises (.xlsx or .csv); the report lists what was found."""
    with force_locale(language), file.open("rb") as source:
        try:
            if dry_run:
                totals = check_only(source, file.name, header_row, existing, report)
            else:
                totals = write(source, file.name, header_row, existing, report)
        except PortalError as refusal:
            raise click.ClickException(refusal.message) from refusal
        for level in Level:
            click.echo(f"{LEVEL_NAMES[level]}\t{totals[str(level)]}")


def check_only(
    source: BinaryIO, name: str, header_row: int | None, existing: str, report: Path | None
) -> Mapping[str, int]:
    """Check a sheet without writing anything to the database; return the totals."""
    totals, comparison = Totals(), Comparison(existing, None)
    with (
        reading(source, name, FORM, header_row=header_row) as found,
        tempfile.TemporaryFile("w+", encoding="utf-8") as kept,
    ):
        checker = RowChecker(found.walk, load_vocabulary(title_words()), None, {})
        for batch in batches(checker, 0):
            comparison.judge(batch.rows)
            totals.add(Level.SKIPPED, len(batch.passed))
            items = batch.passed
            for row in batch.rows:
                totals.add(row.level)
                items += row.findings or [Finding(row.row, row.ref, Level.OK, "", in_order())]
            keep(kept, items)
            db.session.rollback()
        notes = found.notes()
        totals.add(Level.SKIPPED, bool(notes))
        if report:
            save(report, totals.as_json(), chain(notes, kept_findings(kept)))
    return totals.as_json()


def keep(kept: IO[str], items: Sequence[Finding]) -> None:
    """Put the findings of a batch aside in the order of the sheet, one line each."""
    for item in sorted(items, key=lambda finding: finding.row):
        kept.write(json.dumps(item.as_json(), ensure_ascii=False) + "\n")


def kept_findings(kept: IO[str]) -> Iterator[Finding]:
    """Yield the findings put aside."""
    kept.seek(0)
    for line in kept:
        item = json.loads(line)
        yield Finding(**{**item, "level": Level(item["level"])})


def save(report: Path, totals: Mapping[str, int], found: Iterable[Finding]) -> None:
    """Write the report beside its place, then put it there whole."""
    draft = report.with_name(report.name + ".part")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(json_report(totals, found))
    draft.replace(report)


def write(
    source: BinaryIO, name: str, header_row: int | None, existing: str, report: Path | None
) -> Mapping[str, int]:
    """Check a sheet and write what is accepted, as the portal itself; return the totals."""
    job_id = opened_job(source, name, header_row, existing)
    run(job_id)
    job = get_job(job_id)
    if job.state == ImportState.FAILED:
        raise Unreadable(job.failure)
    if job.to_write:
        confirm(audit.SYSTEM, job, job.version)
        run(job_id)
        job = get_job(job_id)
        click.echo(
            f"Import {job_id}: {job.rows_written} rows written. The worker brings them into the"
            " search."
        )
    if report:
        save(report, kept_totals(job), every_finding(job_id, in_order()))
    return kept_totals(job)


def opened_job(source: BinaryIO, name: str, header_row: int | None, existing: str) -> int:
    """Keep the sheet and open its import; return its number."""
    folder = Path(current_app.config["FILES"])
    with reading(source, name, FORM, header_row=header_row):
        source.seek(0)
    with (
        files.receiving(
            folder, source, name, field="file", allowed=files.SHEETS, largest=LARGEST
        ) as received,
        transaction(),
    ):
        job = hand_in(audit.SYSTEM, received, existing=existing)
        start_check(audit.SYSTEM, job, job.version, header_row=header_row, in_worker=False)
        db.session.flush()
        return job.id


def run(job_id: int) -> None:
    """Work on an import until nothing is left to do; the worker may help."""
    words, folder = title_words(), Path(current_app.config["FILES"])
    db.session.rollback()
    while run_slice(job_id, folder, words):
        pass
