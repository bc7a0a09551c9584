"""Sixteen people register enterprises at once for half a minute, over HTTP.

    python -m benchmarks.registrations [--seconds 30] [--clients 16]

Prints writes per second (each saved step, start and submission is one), what failed and what was
doubled. Uses SQLite in a temporary folder, or DATABASE_URL.
"""

from __future__ import annotations

import argparse
import itertools
import os
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.running import Running, run_python, running
from benchmarks.visitor import Visitor
from tests.enterprises.journey import ANSWERS
from tests.factories import make_uscc

PASSWORD = "bamboo hills 2026"
PEOPLE = """
from portal import create_app
from portal.accounts.actions import create_person
from portal.accounts.actions.consents import accept_current
app = create_app()
with app.app_context():
    for n in range({count}):
        accept_current(create_person(f"member-{{n}}@example.com", {password!r}, "示例"))
"""
CHECK = """
from sqlalchemy import func, select
from portal import audit, create_app
from portal.extensions import db
from portal.enterprises.models import Enterprise, Submission
app = create_app()
with app.app_context():
    codes = db.session.scalars(select(Enterprise.uscc).where(Enterprise.state == "submitted")).all()
    numbers = db.session.scalars(select(Submission.number)).all()
    print(len(codes), len(codes) - len(set(codes)), len(numbers), len(numbers) - len(set(numbers)))
    print("whole" if audit.verify() is None else "broken")
"""


@dataclass
class Tally:
    """What the clients saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    submitted: int = 0
    writes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, status: int, expected: int, what: str) -> None:
        """Count one write."""
        with self.lock:
            self.statuses[status] += 1
            self.writes += status == expected
            if status != expected:
                self.failures.append(f"{what}: {status}")


def register(visitor: Visitor, serial: int, tally: Tally) -> None:
    """Fill in every step of one registration and submit it."""
    visitor.get("/my/enterprises/new")
    answer = visitor.send("/my/enterprises/start")
    tally.count(answer.status, 303, "start")
    base = answer.location.partition("/steps/")[0]
    for step, answers in ANSWERS.items():
        visitor.get(f"{base}/steps/{step}")
        own = {"uscc": make_uscc(serial), "name": f"示例登记企业{serial}有限公司"}
        values = answers | (own if step == "identity" else {})
        answer = visitor.send(f"{base}/steps/{step}/save", **values)
        tally.count(answer.status, 303, step)
    visitor.get(f"{base}/check")
    answer = visitor.send(f"{base}/submit")
    tally.count(answer.status, 303, "submit")
    tally.submitted += answer.status == 303


def work(
    portal: Running, number: int, serials: itertools.count[int], end: float, tally: Tally
) -> None:
    """Register one enterprise after the other until time is up."""
    visitor = Visitor(portal.port)
    visitor.sign_in(f"member-{number}@example.com", PASSWORD)
    while time.monotonic() < end:
        register(visitor, next(serials), tally)


def main() -> None:
    """Run the clients and print what they and the database say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--clients", type=int, default=16)
    asked = parser.parse_args()
    with running(os.environ.get("DATABASE_URL", "")) as portal:
        run_python(portal.environ, PEOPLE.format(count=asked.clients, password=PASSWORD))
        tally, serials, began = Tally(), itertools.count(1), time.monotonic()
        threads = [
            threading.Thread(target=work, args=(portal, n, serials, began + asked.seconds, tally))
            for n in range(asked.clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = time.monotonic() - began
        print(f"{asked.clients} clients, {spent:.1f} s: {tally.writes / spent:.0f} writes/s,")
        print(f"  {tally.submitted} registrations, answers {dict(tally.statuses)},")
        print(f"  failures {len(tally.failures)} {Counter(tally.failures).most_common(5)}")
        found, chain = run_python(portal.environ, CHECK).splitlines()
        print(f"  submitted, doubled codes, numbers, doubled numbers: {found}; trail {chain}")


if __name__ == "__main__":
    main()
