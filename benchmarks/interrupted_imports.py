"""The worker is killed again and again while it checks and writes an import.

    python -m benchmarks.interrupted_imports [--rows 20000] [--seconds 1.5] [--postgresql]

Prints how often it was killed and what stands in the registry afterwards: every row once, nothing
public before the whole import is, and the trail whole. Uses SQLite in a temporary folder, or a
throwaway database on PostgreSQL.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import sheets
from benchmarks.running import Running, kill, run_python, running, start
from portal.cli.supervisor import FLASK
from tests.prerequisites import postgresql, throwaway_database

HAND_IN = """
from pathlib import Path
from portal import create_app, files
from portal.audit import SYSTEM
from portal.database import transaction
from portal.enterprises.actions.imports import hand_in, start_check
app = create_app()
with app.test_request_context(), open({path!r}, "rb") as stream:
    folder = Path(app.config["FILES"])
    with files.receiving(
        folder, stream, "a.csv", field="file", allowed=files.SHEETS
    ) as received, transaction():
        job = hand_in(SYSTEM, received, existing="keep")
        start_check(SYSTEM, job, job.version, header_row=None)
"""
CONFIRM = """
from portal import create_app
from portal.audit import SYSTEM
from portal.enterprises.actions.imports import confirm
from portal.enterprises.queries.imports import get_job
app = create_app()
with app.test_request_context():
    confirm(SYSTEM, get_job(1), get_job(1).version)
"""
LOOK = """
from sqlalchemy import func, select
from portal import create_app
from portal.extensions import db
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.imports import get_job
from portal.enterprises.models.record import is_listed
app = create_app()
with app.app_context():
    public = select(func.count()).select_from(Enterprise).where(is_listed())
    print(get_job(1).state, db.session.scalar(public))
"""
CHECK = """
from sqlalchemy import func, select
from portal import audit, create_app
from portal.extensions import db
from portal.enterprises.models import Enterprise, EnterprisePeriod, Figure
app = create_app()
with app.app_context():
    codes = db.session.scalars(select(Enterprise.uscc)).all()
    periods = db.session.scalar(select(func.count()).select_from(EnterprisePeriod))
    figures = db.session.execute(
        select(Figure.enterprise_id, Figure.metric, Figure.year)
    ).all()
    chain = "whole" if audit.verify() is None else "broken"
    print(len(codes), len(set(codes)), periods, len(figures), len(set(figures)), chain)
"""


def look(portal: Running) -> tuple[str, int]:
    """Return the state of the import and how many enterprises are public."""
    state, public = run_python(portal.environ, LOOK).split()
    return state, int(public)


def kill_until(portal: Running, state: str, longest: float) -> tuple[int, set[int]]:
    """Kill the worker and start it again until the import has come to a state; return how often,
    and how many enterprises were public at each look."""
    kills, seen = 0, set[int]()
    while True:
        time.sleep(random.uniform(0.5, 1) * longest)
        kill(portal.worker)
        now, public = look(portal)
        seen.add(public)
        portal.worker = start(portal.environ, (*FLASK, "work"))
        if now == state:
            return kills, seen
        kills += 1
        longest *= 1.1  # so that a batch gets done at last, however slow the machine


@contextmanager
def database(on_postgresql: bool) -> Iterator[str]:
    """Give the address of a fresh database; none for the portal's own SQLite."""
    server = postgresql() if on_postgresql else None
    if server is None:
        yield ""
    else:
        with throwaway_database(server) as url:
            yield url


def main() -> None:
    """Import, kill, restart, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with (
        database(asked.postgresql) as url,
        running(url) as portal,
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder) / "rows.csv"
        sheets.write(asked.rows, path)
        run_python(portal.environ, HAND_IN.format(path=str(path)))
        in_check, before = kill_until(portal, "checked", asked.seconds)
        run_python(portal.environ, CONFIRM)
        in_write, during = kill_until(portal, "done", asked.seconds / 3)
        print(f"{asked.rows} rows; killed {in_check} times in the check, {in_write} in the write")
        print(f"  public at each look: {sorted(before | during)}")
        enterprises, codes, periods, figures, different, chain = run_python(
            portal.environ, CHECK
        ).split()
        print(f"  enterprises {enterprises}, different codes {codes}, periods {periods}")
        print(f"  figures {figures}, different {different}; trail {chain}")


if __name__ == "__main__":
    main()
