"""Rows per second and memory of an import, on SQLite and PostgreSQL.

    python -m benchmarks.imports [100000]

Makes the sheet (`benchmarks.sheets`), a fresh database per kind with the reference data, and runs
the very steps of the worker: dry run, check, write, search. PostgreSQL is measured when
TEST_POSTGRESQL_URL names a server where databases may be created. Memory is the peak resident set
above what the process held before the step; figures of CPU leave out what other processes take.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from flask_migrate import upgrade
from sqlalchemy import func, select

from benchmarks import sheets
from config import ROOT
from portal import audit, create_app, outbox
from portal.cli import import_work, imports
from portal.cli.seed.reference import load_reference
from portal.cli.work import compose_handlers
from portal.directory.queries import registry
from portal.directory.queries.vocabulary import vocabulary
from portal.enterprises.actions.imports import confirm
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.imports import get_job
from portal.enterprises.terms.record import PUBLIC
from portal.extensions import db
from tests.prerequisites import postgresql, throwaway_database

MEGABYTE = 1024


def peak() -> int:
    """Return the largest resident set so far in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measured(what: str, rows: int, step: Callable[[], Any]) -> Any:
    """Run a step and print rows per second, by the clock and by its own CPU, and memory."""
    before, clock, cpu = peak(), time.perf_counter(), time.process_time()
    answer = step()
    spent, own = time.perf_counter() - clock, time.process_time() - cpu
    print(
        f"  {what:<22} {rows / spent:9,.0f} rows/s {rows / own:9,.0f} rows/CPU-s"
        f" {spent:7.1f} s  peak {(peak() - before) / MEGABYTE:+6.1f} MB",
        flush=True,
    )
    return answer


def run(url: str, path: Path, rows: int) -> None:
    """Measure one database with one sheet."""
    with tempfile.TemporaryDirectory() as data:
        app = create_app({"DATABASE_URL": url, "PORTAL_DATA": data, "SECRET_KEY": "benchmark" * 5})
        with app.app_context(), force_locale("zh_Hans_CN"):
            upgrade()
            load_reference(ROOT / "fixtures")
            app.extensions["search"].index.rebuild(iter(()))
            while outbox.drain(compose_handlers()):
                pass
            steps(path, rows)
            db.session.remove()
            db.engine.dispose()


def steps(path: Path, rows: int) -> None:
    """Measure dry run, check, write and search, then say what stands there."""
    with path.open("rb") as source:
        totals = measured(
            "dry run", rows, lambda: imports.check_only(source, path.name, None, "keep", None)
        )
        job_id = imports.opened_job(source, path.name, None, "keep")
    measured("check, kept", rows, lambda: imports.run(job_id))
    job = get_job(job_id)
    confirm(audit.SYSTEM, job, job.version)
    db.session.expunge_all()
    measured("write", rows, lambda: imports.run(job_id))
    measured("titles, search", rows, lambda: list(iter_drain()))
    db.session.expunge_all()
    in_registry = db.session.scalar(
        select(func.count()).select_from(Enterprise).where(Enterprise.state.in_(PUBLIC))
    )
    listed = registry.source(vocabulary()).total({})
    print(f"  totals {totals}; in the registry {in_registry}; public list {listed}")


def iter_drain() -> Iterator[int]:
    """Let the worker do what it owes imports; what other domains do with new records is theirs."""
    while done := outbox.drain(import_work.handlers()):
        yield done


def in_own_process(url: str, path: Path, rows: int) -> None:
    """Measure in a process of its own, so that memory begins low each time."""
    process = multiprocessing.get_context("spawn").Process(target=run, args=(url, path, rows))
    process.start()
    process.join()


def main(rows: int) -> None:
    """Measure every database with both kinds of sheet."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        paths = [Path(folder) / f"rows.{ending}" for ending in ("csv", "xlsx")]
        for path in paths:
            sheets.write(rows, path)
        for path in paths:
            print(f"SQLite, {rows:,} rows, {path.name} ({path.stat().st_size >> 20} MB)")
            in_own_process(f"sqlite:///{folder}/{path.suffix[1:]}.db", path, rows)
        server = postgresql()
        if server:
            for path in paths:
                print(f"PostgreSQL, {rows:,} rows, {path.name}")
                in_own_process(stack.enter_context(throwaway_database(server)), path, rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
