"""What the public's files of a large list cost: CPU, first byte, memory, size.

    python -m benchmarks.exports [ENTRIES]

Fills a database of its own (SQLite, or DATABASE_URL) with copies of one published entry of usual
length, then asks for each file in a process of its own, before and after the worker has worded
the entries ahead (docs/decisions/worded-ahead.md). CPU is that of the portal's process; memory the
largest resident set above that before the request; nothing of the answer is kept.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta

from sqlalchemy import insert, select

from benchmarks.running import flask, run_python
from portal import create_app
from portal.cli.line_work import Catching
from portal.extensions import db
from portal.lists.models import Entry
from tests.lists.factories import make_published_release

FILES = ("csv", "xlsx", "json")
SUMMARY = "14座公交场站开放储能应用，拟由一家运营方统一投资、建设和运营，收益按约定分成。"


def fill(count: int) -> None:
    """Publish a list of so many entries: one through its actions, the others its copies."""
    with create_app().app_context():
        first = make_published_release(entries=1).entries[0]
        row = dict(db.session.execute(select(*Entry.__table__.columns).limit(1)).mappings().one())
        snapshot = dict(first.snapshot or {}) | {"summary_zh": SUMMARY}
        del row["id"]
        for start in range(1, count, 10_000):
            rows = (copied(row, snapshot, n) for n in range(start, min(start + 10_000, count)))
            db.session.execute(insert(Entry), list(rows))
        db.session.commit()


def copied(row: dict[str, object], snapshot: dict[str, object], serial: int) -> dict[str, object]:
    """Return the values of one copy: its own number, title and closing date."""
    number, title = f"MS-JH-2026-01-{serial + 1:06d}", f"第{serial}处公交场站储能应用场景"
    closes = date(2026, 12, 1) + timedelta(days=serial % 365)
    said = {**snapshot, "number": number, "title_zh": title, "closes_on": closes.isoformat()}
    own = {"number": number, "title": title, "position": serial + 1, "closes_on": closes}
    return {**row, **own, "snapshot": said}


def word() -> None:
    """Word all entries ahead, as the worker does, and print what that took."""
    with create_app().app_context():
        started, worker = time.process_time(), Catching()
        while worker.up():
            db.session.remove()
        print(f"worded ahead in {time.process_time() - started:.1f} CPU s")


def measure(form: str) -> None:
    """Print the figures of one file as JSON."""
    app = create_app(TRUSTED_HOSTS=["localhost"], RATELIMIT_ENABLED=False)
    client = app.test_client()
    client.get("/lists/opportunity?q=&page=2").get_data()
    before, started = peak(), time.process_time()
    answer = client.get(f"/lists/opportunity.{form}")
    pieces = iter(answer.response)
    size = len(next(pieces))
    first = time.process_time() - started
    size += sum(map(len, pieces))
    spent = time.process_time() - started
    figures = {"status": answer.status_code, "cpu_s": round(spent, 2)}
    figures |= {"first_byte_cpu_s": round(first, 2), "extra_mb": round(peak() - before, 1)}
    print(json.dumps(figures | {"size_mb": round(size / 1e6, 1)}))


def peak() -> float:
    """Return the largest resident set so far, in MB (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Fill once, then measure each file in a fresh process."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="portal-measured-") as folder:
        environ = os.environ | {"PORTAL_DATA": folder, "PORTAL_DEMO": "0"}
        for command in (("db", "upgrade"), ("seed",)):
            flask(environ, *command)
        run_python(environ, f"from benchmarks.exports import fill; fill({count})")
        show(environ, f"{count} entries worded while they are sent")
        print(run_python(environ, "from benchmarks.exports import word; word()").strip())
        show(environ, f"{count} entries worded ahead")


def show(environ: dict[str, str], what: str) -> None:
    """Print the figures of every file, each from a fresh process."""
    for form in FILES:
        code = f"from benchmarks.exports import measure; measure({form!r})"
        print(f"{what}, {form}: {run_python(environ, code).strip()}", flush=True)


if __name__ == "__main__":
    main()
