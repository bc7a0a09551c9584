"""The worker is killed again and again while releases come due.

    python -m benchmarks.interrupted_releases [--releases 6] [--entries 100] [--postgresql]

Each release is scheduled a moment ahead; the worker is started and killed at random until the
release is out. After every kill all of it is public or nothing: entries, numbers, version, counts.
Prints how often the worker was killed, what was seen after each, and what stands at the end: every
entry once, one version and one line of the trail per release, the same entries in the search.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter

from benchmarks.interrupted_imports import database
from benchmarks.running import Running, kill, run_python, running, start
from portal.cli.supervisor import FLASK

PREPARE = """
from portal import create_app
from tests.lists.factories import make_signed_release, let_go_on
app = create_app()
with app.test_request_context():
    release = make_signed_release(entries={entries}, year={year})
    let_go_on(release)
    print(release.id)
"""
SCHEDULE = """
from datetime import timedelta
from portal import clock, create_app
from portal.lists.actions.publication import schedule
from portal.lists.queries.editions import get_release
from portal.lists.terms.editions import EditionState
from tests.lists.factories import make_curator
app = create_app()
with app.test_request_context():
    release = get_release({release})
    if release.state == EditionState.COSIGN:
        schedule(make_curator(), release, release.version, clock.now() + timedelta(seconds=1))
"""
LOOK = """
import json
from sqlalchemy import func, select
from portal import audit, create_app
from portal.audit.models import AuditEvent
from portal.directory.queries.entries import published
from portal.extensions import db
from portal.lists.models import Entry, Release, ReleaseVersion
app = create_app()
with app.app_context():
    count = lambda rows: db.session.scalar(select(func.count()).select_from(rows.subquery()))
    own = Entry.release_id == {release}
    lines = select(AuditEvent.id).where(
        AuditEvent.act == "publish_release", AuditEvent.subject_id == {release}
    )
    print(json.dumps([
        str(db.session.get(Release, {release}).state),
        count(published().where(own)),
        count(select(Entry.id).where(own, Entry.snapshot.is_not(None))),
        count(select(ReleaseVersion.id).where(ReleaseVersion.release_id == {release})),
        count(lines),
        audit.verify() is None,
    ]))
"""
SEARCHED = """
from portal import create_app
from portal.directory.asking.found import find_everywhere
from portal.search.terms import Order
app = create_app()
with app.test_request_context():
    chosen = {"section": ["opportunity"]}
    found = find_everywhere("公交场站储能应用场景", chosen, Order.RELEVANCE, 1, 20)
    print(found.total if found else -1)
"""


def look(portal: Running, release: int) -> tuple[object, ...]:
    """Return state, public entries, snapshots, versions, lines of the trail, trail is whole."""
    return tuple(json.loads(run_python(portal.environ, LOOK.format(release=release))))


def kill_until_public(portal: Running, release: int) -> Counter[tuple[object, ...]]:
    """Start and kill the worker until a release is public; return what was seen after each."""
    seen: Counter[tuple[object, ...]] = Counter()
    ready = 1.5
    while True:
        run_python(portal.environ, SCHEDULE.format(release=release))
        portal.worker = start(portal.environ, (*FLASK, "work"))
        time.sleep(random.uniform(ready, ready + 1.2))
        kill(portal.worker)
        found = look(portal, release)
        seen[found] += 1
        if found[0] == "published":
            return seen
        ready *= 1.25  # it comes to the release at last, however slow the machine


def main() -> None:
    """Prepare, kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=6)
    parser.add_argument("--entries", type=int, default=100)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgresql) as url, running(url) as portal:
        kill(portal.worker)
        kills: Counter[tuple[object, ...]] = Counter()
        for year in range(2026, 2026 + asked.releases):
            prepare = PREPARE.format(entries=asked.entries, year=year)
            kills += kill_until_public(portal, int(run_python(portal.environ, prepare)))
        print(
            f"{asked.releases} releases of {asked.entries} entries; worker killed {kills.total()}"
        )
        print("  state, public entries, snapshots, versions, lines of the trail, trail is whole:")
        for found, times in kills.most_common():
            print(f"  {times} times {found}")
        portal.flask("work", "--once")
        print("  found by search:", run_python(portal.environ, SEARCHED).strip())
        print("  flask lists verify:", portal.flask("lists", "verify").strip().splitlines()[-1])
        portal.worker = start(portal.environ, (*FLASK, "work"))


if __name__ == "__main__":
    main()
