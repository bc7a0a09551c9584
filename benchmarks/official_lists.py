"""Official lists: read, compared, recorded and undone, as the worker does it.

    PORTAL_DATA=var python -m benchmarks.official_lists [--rows 50000] [--enterprises 10000]

On a copy of the data under PORTAL_DATA, which must hold the demonstration city: adds so many
fictional enterprises, hands in a list of so many rows of which half the enterprises are found, and
prints for each step seconds, the longest time one transaction held the write lock, and the peak
memory of the process.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event, insert, select

from portal import create_app, files
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.classification.actions import list_undo
from portal.classification.actions import official_lists as actions
from portal.classification.models.official_lists import OfficialList
from portal.classification.official_lists.judging import Source
from portal.classification.official_lists.running import run_slice
from portal.classification.queries.official_lists import get_list, totals_of
from portal.classification.queries.titles import get_title_kind
from portal.clock import today
from portal.database import action, transaction
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.factories import make_uscc

OFFICER = "science-recogniser@portal.example"
HEAD = "序号,企业名称,统一社会信用代码,证书编号"


class Locks:
    """The longest time a transaction held the write lock."""

    def __init__(self) -> None:
        self.since, self.longest = 0.0, 0.0
        event.listen(db.engine, "before_cursor_execute", self.begun)
        event.listen(db.engine, "commit", self.ended)
        event.listen(db.engine, "rollback", self.ended)

    def begun(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not self.since and statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self.since = time.perf_counter()

    def ended(self, _connection: object) -> None:
        if self.since:
            self.longest = max(self.longest, time.perf_counter() - self.since)
        self.since = 0.0


@action
def write(count: int) -> None:
    """Write fictional enterprises that are found by name or code."""
    like = db.session.scalars(select(Enterprise).where(Enterprise.district_id.is_not(None))).first()
    assert like is not None
    shared = {name: getattr(like, name) for name in ("state", "district_id", "created_at")}
    rows = [
        shared
        | {
            "uscc": make_uscc(100_000 + serial),
            "name": f"示例测算{serial:05d}有限公司",
            "name_key": f"示例测算{serial:05d}",
            "sort_key": f"cesuan{serial:05d}",
            "is_sample": True,
            "updated_at": shared["created_at"],
        }
        for serial in range(count)
    ]
    db.session.execute(insert(Enterprise), rows)


def hand_in(officer: Person, rows: int, found: int, folder: Path) -> OfficialList:
    """Hand in a list of so many rows, the first of which are of the enterprises written."""
    lines = [HEAD]
    for serial in range(rows):
        known = serial < found
        name = f"示例测算{serial:05d}有限公司" if known else f"外地示例{serial:05d}公司"
        code = make_uscc(100_000 + serial) if known else ""
        lines.append(f"{serial + 1},{name},{code},GR2024{serial:08d}")
    content = io.BytesIO("\n".join(lines).encode())
    source = Source("示例：名单", today(), "示例〔2024〕00号")
    allowed, language = files.SHEETS, officer.language
    with (
        files.receiving(folder, content, "list.csv", field="file", allowed=allowed) as received,
        transaction(),
    ):
        kind = get_title_kind("high_tech")
        return actions.hand_in(officer, kind, source, received, language=language)


def measured(what: str, locks: Locks, work: Callable[[], object]) -> None:
    """Do a step and print what it took."""
    locks.longest = 0.0
    begin, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{what:10} {seconds:6.1f} s, {cpu:6.1f} s of CPU,"
        f" longest transaction {locks.longest * 1000:6.0f} ms, peak {peak} MB"
    )


def work_through(list_id: int, folder: Path) -> None:
    """Do the worker's part."""
    while run_slice(list_id, folder):
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--enterprises", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        shutil.copytree(os.environ["PORTAL_DATA"], data)
        app = create_app({"PORTAL_DATA": str(data), "SECRET_KEY": "for measuring only"})
        with app.app_context():
            measure(asked.rows, asked.enterprises, Path(app.config["FILES"]))


def measure(rows: int, enterprises: int, folder: Path) -> None:
    """Measure every step of one list."""
    write(enterprises)
    found = find_confirmed(OFFICER)
    assert found is not None
    officer, locks = found.person, Locks()
    official = hand_in(officer, rows, enterprises // 2, folder)
    number = official.id
    measured("check", locks, lambda: work_through(number, folder))
    print("          ", totals_of([number])[number])
    actions.record_list(officer, get_list(number), get_list(number).version)
    measured("record", locks, lambda: work_through(number, folder))
    list_undo.undo_list(officer, get_list(number), get_list(number).version)
    measured("undo", locks, lambda: work_through(number, folder))


if __name__ == "__main__":
    main()
