"""Rows per second and memory of an import, on SQLite and PostgreSQL.

    python -m benchmarks.imports [100000] [--database sqlite postgresql] [--kind csv xlsx]
        [--no-search]

Makes the sheet (`benchmarks.sheets`), a fresh database per kind with the reference data, and runs
the very steps of the worker: dry run, check, write, search. PostgreSQL is measured when
TEST_POSTGRESQL_URL names a server where databases may be created. Memory is the largest resident
set during a step above what the process held when it was idle: started, connected, nothing read
yet (Linux). Figures of CPU, the database server's included, leave out what other processes take.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_migrate import upgrade
from sqlalchemy import func, select, text

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
STATUS, FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
TICKS = os.sysconf("SC_CLK_TCK")


def memory(which: str) -> int:
    """Return a figure of this process's memory in KB: VmRSS now, VmHWM at most, RssAnon its own."""
    found = re.search(rf"{which}:\s+(\d+) kB", STATUS.read_text())
    return int(found.group(1)) if found else 0


def server_cpu() -> float:
    """Return the CPU seconds of the PostgreSQL process this one is connected to; 0 elsewhere."""
    if db.engine.dialect.name == "sqlite":
        return 0.0
    pid = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.rollback()
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(times[11]) + int(times[12])) / TICKS


def measured(what: str, rows: int, idle: int, step: Callable[[], Any]) -> Any:
    """Run a step and print rows per second, by the clock and by CPU, and memory above idle."""
    FORGET_PEAK.write_text("5")
    server, clock, cpu = server_cpu(), time.perf_counter(), time.process_time()
    answer = step()
    spent, own = time.perf_counter() - clock, time.process_time() - cpu
    served = server_cpu() - server
    print(
        f"  {what:<14} {rows / spent:8,.0f} rows/s {rows / (own + served):8,.0f} rows/CPU-s"
        f" {spent:7.1f} s (CPU {own:.1f}, server {served:.1f})"
        f"  peak {(memory('VmHWM') - idle) / MEGABYTE:+6.1f} MB above idle",
        flush=True,
    )
    return answer


@contextlib.contextmanager
def portal(url: str, data: str) -> Iterator[None]:
    """Give a portal over a database and a data folder."""
    app = create_app({"DATABASE_URL": url, "PORTAL_DATA": data, "SECRET_KEY": "benchmark" * 5})
    with app.app_context(), force_locale("zh_Hans_CN"):
        yield
        db.session.remove()
        db.engine.dispose()


def prepare(url: str, data: str) -> None:
    """Make the tables, the reference data and an empty index."""
    with portal(url, data):
        upgrade()
        load_reference(ROOT / "fixtures")
        current_app.extensions["search"].index.rebuild(iter(()))
        while outbox.drain(compose_handlers()):
            pass


def run(url: str, data: str, path: Path, rows: int, with_search: bool) -> None:
    """Measure one database with one sheet."""
    with portal(url, data):
        outbox.drain(compose_handlers())
        idle = memory("VmRSS")
        print("  totals", steps(path, rows, idle))
        if with_search:
            measured("titles, search", rows, idle, lambda: list(iter_drain()))
        look(rows)


def steps(path: Path, rows: int, idle: int) -> Any:
    """Measure dry run, check and write; return the totals of the dry run."""
    with path.open("rb") as source:
        check = partial(imports.check_only, source, path.name, None, "keep", None)
        totals = measured("dry run", rows, idle, check)
        job_id = imports.opened_job(source, path.name, None, "keep")
    measured("check, kept", rows, idle, partial(imports.run, job_id))
    job = get_job(job_id)
    confirm(audit.SYSTEM, job, job.version)
    db.session.expunge_all()
    measured("write", rows, idle, partial(imports.run, job_id))
    return totals


def look(rows: int) -> None:
    """Say what stands in the registry, in its public list and in the search."""
    db.session.expunge_all()
    in_registry = db.session.scalar(
        select(func.count()).select_from(Enterprise).where(Enterprise.state.in_(PUBLIC))
    )
    listed = registry.source(vocabulary()).total({})
    documents = current_app.extensions["search"].index.stats().documents
    print(f"  in the registry {in_registry}; public list {listed}; documents {documents};")
    print(f"  found by the last name: {found(f'{rows:06d}')}", flush=True)


def found(words: str) -> int:
    """Return how many enterprises a search for these words finds."""
    searcher = current_app.extensions["search"]
    return len(searcher.matching_refs(words, "enterprise", public_releases=frozenset()))


def iter_drain() -> Iterator[int]:
    """Let the worker do what it owes imports; what other domains do with new records is theirs."""
    while done := outbox.drain(import_work.handlers()):
        yield done


def in_own_process(url: str, path: Path, rows: int, with_search: bool) -> None:
    """Prepare and measure in processes of their own, so that memory begins low each time."""
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as data:
        for target, given in ((prepare, (url, data)), (run, (url, data, path, rows, with_search))):
            process = spawn.Process(target=target, args=given)
            process.start()
            process.join()


def addresses(databases: Sequence[str], folder: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (name, address) of a fresh database of each kind there is."""
    if "sqlite" in databases:
        yield "SQLite", f"sqlite:///{folder}/{kind}.db"
    server = postgresql() if "postgresql" in databases else None
    if server:
        with throwaway_database(server) as url:
            yield "PostgreSQL", url


def main() -> None:
    """Measure every database with every kind of sheet."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--search", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--kind", nargs="+", default=["csv", "xlsx"])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for kind in asked.kind:
            path = Path(folder) / f"rows.{kind}"
            sheets.write(asked.rows, path)
            for name, url in addresses(asked.database, folder, kind):
                size = path.stat().st_size >> 20
                print(f"{name}, {asked.rows:,} rows, {path.name} ({size} MB)", flush=True)
                in_own_process(url, path, asked.rows, asked.search)


if __name__ == "__main__":
    main()
