"""How long every title takes for a whole registry, and how much memory.

    python -m benchmarks.assessments [ENTERPRISES]

Fills a database of its own (SQLite, or DATABASE_URL) with made-up enterprises that state most
figures of four years, then measures, each in a process of its own: judging every title, storing
the results as the worker does from nothing and again with nothing changed, and trying a version
of the rules beside another.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from benchmarks.running import flask, run_python
from portal import clock, create_app
from portal.classification import parsed_rules
from portal.classification.actions import trials
from portal.classification.actions.assessments import AT_ONCE, keep_current
from portal.classification.criteria.vocabulary import Metric, Type
from portal.classification.models.trials import RuleTrial
from portal.classification.queries.facts import registered
from portal.classification.queries.prechecks import Rules, enterprises_after
from portal.classification.queries.version_pages import get_version_page
from portal.database import transaction
from portal.enterprises.models import Enterprise, Figure
from portal.enterprises.queries.figures import metrics
from portal.extensions import db
from tests.factories import make_uscc

TOP = {"person": 600, "wan": 3000, "item": 6, "rank": 6, "point": 15, "year": 12, "level": 4}
STATED = 0.8  # of all figures
SOME = 500  # enterprises filled in at a time


def main() -> None:
    """Fill a registry and print one line for each measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="portal-measured-") as folder:
        environ = os.environ | {
            "PORTAL_DATA": folder,
            "PORTAL_DEMO": "0",
            "SECRET_KEY": "for a measurement only",
            "PYTHONPATH": str(Path.cwd()),
        }
        for command in (("db", "upgrade"), ("seed",)):
            flask(environ, *command)
        run_python(environ, f"from benchmarks import assessments as it; it.fill({count})")
        for name in MEASURES:
            code = f"from benchmarks import assessments as it; it.measure({name!r})"
            print(run_python(environ, code), end="", flush=True)


def fill(count: int) -> None:
    """Put so many enterprises with figures into the registry, the same at each run."""
    chance = random.Random(20220017)
    with create_app().app_context():
        known = parsed_rules.vocabulary().metrics
        stated = [known[code] for code in metrics() if code in known]
        for first in range(1, count + 1, SOME):
            numbers = range(first, min(first + SOME, count + 1))
            with transaction():
                db.session.execute(insert(Enterprise), [record(n, chance) for n in numbers])
                figures = [row for n in numbers for row in figures_of(n, stated, chance)]
                db.session.execute(insert(Figure), figures)


def record(number: int, chance: random.Random) -> dict[str, object]:
    """Return an enterprise in the registry."""
    return {
        "id": number,
        "state": "active",
        "uscc": make_uscc(number),
        "name": f"示例企业{number}",
        "name_key": f"示例企业{number}",
        "established_on": date(chance.randint(2000, 2024), chance.randint(1, 12), 1),
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }


def figures_of(
    number: int, stated: list[Metric], chance: random.Random
) -> Iterator[dict[str, object]]:
    """Yield the figures an enterprise states."""
    last = clock.today().year - 1
    for metric in stated:
        for year in [last - back for back in range(metric.years)] or [None]:
            if chance.random() < STATED:
                yield {
                    "enterprise_id": number,
                    "metric": metric.id,
                    "year": year,
                    "value": value(metric, chance),
                    "source": "self_declared",
                    "as_of": clock.today(),
                    "recorded_at": clock.now(),
                }


def value(metric: Metric, chance: random.Random) -> str:
    """Return a value that meets a threshold now and then, as it is kept."""
    if metric.type == Type.BOOL:
        return chance.choice(("true", "false"))
    if metric.type == Type.ENUM:
        return chance.choice(metric.choices)
    if metric.type == Type.CODE:
        return chance.choice(("3841", "2651", "6513", "7340"))
    if metric.type == Type.DATE:
        return f"{chance.randint(2005, 2024)}-05-01"
    if metric.unit == "ratio":
        return str(chance.randint(0, 100) / 100)
    low = int(metric.least or 0)
    return str(chance.randint(max(low, 0), min(TOP.get(metric.unit, 10**9), _most(metric))))


def _most(metric: Metric) -> int:
    return int(metric.most.partition(".")[0]) if metric.most else 10**9


def batches() -> Iterator[list[int]]:
    """Yield the enterprises as many at a time as the worker takes."""
    last = 0
    while ids := list(enterprises_after(last, AT_ONCE)):
        yield ids
        last = ids[-1]
        db.session.rollback()


def judge_all() -> int:
    """Judge every title for every enterprise, nothing stored; return how many results."""
    today, found = clock.today(), 0
    rules = Rules(today)
    for ids in batches():
        for known in registered(ids, today).values():
            found += sum(1 for standing in rules.standings(known) if standing.judged.verdict)
    return found


def store_all() -> int:
    """Bring the stored results of every enterprise up to today; return how many changed."""
    return sum(keep_current(ids) for ids in batches())


def try_version() -> int:
    """Try the conditions of 2026 for specialised SMEs beside those before; return how many."""
    row, against = (get_version_page(slug).row for slug in ("zjtx.2026", "zjtx.63"))
    with transaction():
        trial = RuleTrial(
            rule_version=row,
            digest=row.digest,
            against=against,
            on_day=clock.today(),
            counts={},
            created_at=clock.now(),
        )
        db.session.add(trial)
    while trials.run_batch(trial.id):
        pass
    return trial.judged


MEASURES: dict[str, Callable[[], int]] = {
    "judged": judge_all,
    "stored": store_all,
    "stored again": store_all,
    "tried": try_version,
}


def measure(name: str) -> None:
    """Print seconds, results and the process's peak memory of one measure."""
    with create_app().app_context():
        started, busy = time.perf_counter(), time.process_time()
        found = MEASURES[name]()
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<13} {found:>8}  {seconds:7.1f} s  {busy:7.1f} s CPU  {peak} MB peak")


if __name__ == "__main__":
    main()
