"""Pre-checks: judging every title for many enterprises, and the pages that show it.

    PORTAL_DATA=var DEMO_PASSWORD=… python -m benchmarks.prechecks [--enterprises 10000]

On a copy of the data under PORTAL_DATA, which must hold the demonstration city: writes so many
fictional enterprises with figures, judges them as the worker does, and prints seconds, rows, size
and peak memory; then statements and CPU milliseconds of a member's and an officer's pages.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from portal import clock, create_app
from portal.accounts.models import Person
from portal.accounts.queries.people import find_confirmed
from portal.classification.actions.assessments import AT_ONCE, keep_current
from portal.classification.models.assessments import Assessment, Precheck
from portal.classification.queries.prechecks import enterprises_after
from portal.database import action
from portal.enterprises.models import Enterprise, Figure
from portal.enterprises.queries.figures import metrics
from portal.enterprises.queries.members import memberships_of
from portal.extensions import db
from tests.browser_client import Browser
from tests.factories import make_uscc
from tests.statements import counted_statements

REQUESTS = 50
OWNER, OFFICER = "owner@portal.example", "science-recogniser@portal.example"
YEARS = (2025, 2024, 2023, 2022)
BATCH = 500
AMOUNTS = {"wan": 9000, "person": 200, "item": 6, "ratio": 1, "rank": 5, "year": 12, "level": 4}


@action
def write(count: int, rng: random.Random) -> None:
    """Write fictional enterprises that state about two thirds of what is asked for."""
    known = list(metrics().values())
    like = db.session.scalars(select(Enterprise).where(Enterprise.district_id.is_not(None))).first()
    assert like is not None
    shared = {
        name: getattr(like, name) for name in ("state", "district_id", "industry_id", "created_at")
    }
    for start in range(0, count, BATCH):
        some = range(start, min(start + BATCH, count))
        rows = [enterprise(serial, shared) for serial in some]
        ids = db.session.scalars(insert(Enterprise).returning(Enterprise.id), rows).all()
        figures = [one for each in ids for one in figures_of(each, known, rng)]
        db.session.execute(insert(Figure), figures)


def enterprise(serial: int, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a fictional enterprise."""
    return shared | {
        "uscc": make_uscc(serial + 1_000_000),
        "name": f"眉山测算{serial:05d}有限公司（示例）",
        "name_key": f"测算{serial:05d}",
        "sort_key": f"cesuan{serial:05d}",
        "established_on": date(2008 + serial % 17, 3, 1),
        "is_sample": True,
        "updated_at": shared["created_at"],
    }


def figures_of(enterprise_id: int, known: list[Any], rng: random.Random) -> list[dict[str, Any]]:
    """Return rows of figures of one enterprise."""
    rows = []
    for metric in known:
        for year in YEARS[: metric.years] or (None,):
            if rng.random() < 2 / 3:
                rows.append(
                    {
                        "enterprise_id": enterprise_id,
                        "metric": metric.code,
                        "year": year,
                        "value": value(metric, rng),
                        "source": "self_declared",
                        "as_of": date(2025, 12, 31),
                        "recorded_at": clock.now(),
                    }
                )
    return rows


def value(metric: Any, rng: random.Random) -> str:
    """Return a value the metric may have."""
    if metric.kind == "bool":
        return rng.choice(("true", "false"))
    if metric.kind == "enum":
        return str(rng.choice(metric.choices)["slug"])
    if metric.kind == "code":
        return rng.choice(("3841", "6510", "2710"))
    whole = rng.randint(0 if metric.minimum != "1" else 1, AMOUNTS.get(metric.unit, 4))
    return str(whole) if metric.kind == "int" or metric.unit != "ratio" else f"0.{whole}"


def judge() -> int:
    """Judge everybody as the worker does; return how many results were stored."""
    after, stored = 0, 0
    while ids := list(enterprises_after(after, AT_ONCE)):
        stored += keep_current(ids)
        after = ids[-1]
        db.session.remove()
    return stored


def measure(app: Flask, client: FlaskClient, path: str) -> str:
    """Return one line of figures for a page."""
    answer = client.get(path)
    with app.app_context(), counted_statements() as sent:
        client.get(path)
    before = time.process_time()
    for _ in range(REQUESTS):
        client.get(path)
    spent = (time.process_time() - before) / REQUESTS * 1000
    size = len(answer.get_data()) / 1024
    return (
        f"{answer.status_code}  {len(sent):3d} statements  {spent:6.2f} ms  {size:6.1f} KB  {path}"
    )


def pages(app: Flask) -> None:
    """Print the pages' figures, as a member and as an officer of the demonstration."""
    password = os.environ["DEMO_PASSWORD"]
    with app.app_context():
        own = f"/my/enterprises/{memberships_of(person(OWNER))[0].enterprise_id}/passport"
    near = "/bureau/titles/near-misses?title=high_tech"
    for mail, paths in (
        (OWNER, (own, f"{own}/hte", f"{own}/zjtx", f"{own}/hte/fields")),
        (OFFICER, (near, f"{near}&gap=data&district=dongpo&page=20")),
    ):
        with app.app_context():  # of its own: who is signed in is kept in it
            browser = Browser(app).sign_in(person(mail), password)
        for path in paths:
            print(measure(app, browser.client, path))


def person(mail: str) -> Person:
    """Return a person of the demonstration."""
    found = find_confirmed(mail)
    if found is None:
        raise SystemExit("PORTAL_DATA does not hold the demonstration city")
    return found.person


def main() -> None:
    """Copy the data, write, judge and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--enterprises", type=int, default=10_000)
    count = asked.parse_args().enterprises
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.environ.get("PORTAL_DATA", "var"), folder, dirs_exist_ok=True)
        app = create_app(
            dict(os.environ) | {"PORTAL_DATA": folder, "DATABASE_URL": ""},
            TRUSTED_HOSTS=["localhost"],
            RATELIMIT_ENABLED=False,
        )
        with app.app_context():
            database = Path(folder) / "portal.db"
            write(count, random.Random(20220017))
            before = database.stat().st_size
            began, cpu = time.perf_counter(), time.process_time()
            stored = judge()
            seconds, spent = time.perf_counter() - began, time.process_time() - cpu
            kept = db.session.scalar(select(func.count(Precheck.id)))
            rows = db.session.scalar(select(func.count(Assessment.id)))
            began = time.perf_counter()
            again = judge()
            repeat = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        grown = (database.stat().st_size - before) / 1024 / 1024
        print(f"{count} enterprises: {stored} results in {seconds:.1f} s ({spent:.1f} s CPU)")
        print(f"{kept} pre-checks, {rows} assessments, {grown:.0f} MB, peak {peak:.0f} MB")
        print(f"again without a change: {again} stored in {repeat:.1f} s")
        pages(app)


if __name__ == "__main__":
    main()
