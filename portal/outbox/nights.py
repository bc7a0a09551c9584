"""The night's jobs, each once a day of the city: who begins one, and when it may be tried again."""

from __future__ import annotations

from datetime import date, timedelta

from portal import clock
from portal.database import action
from portal.extensions import db
from portal.outbox.models import NightlyJob

LEASE = timedelta(minutes=30)  # after which a job is taken for dead with the worker that began it
RETRY = timedelta(minutes=10)  # after which a job that failed is tried again


@action
def begin(name: str, today: date) -> bool:
    """Say whether the caller is to do today's job now: nobody has done it, begun it within the
    lease, or failed in it just before."""
    job = db.session.get(NightlyJob, name, with_for_update=True)
    if job is None:
        job = NightlyJob(name=name)
        db.session.add(job)
    if job.done_on is not None and job.done_on >= today:
        return False
    if job.not_before is not None and clock.now() < job.not_before:
        return False
    job.not_before = clock.now() + LEASE
    return True


@action
def finish(name: str, today: date) -> None:
    """Note that a job is done for the day it was begun on."""
    job = db.session.get_one(NightlyJob, name)
    job.done_on, job.not_before = today, None


@action
def fail(name: str) -> None:
    """Let a job that failed be tried again in a while."""
    db.session.get_one(NightlyJob, name).not_before = clock.now() + RETRY


def last_done(name: str) -> date | None:
    """Return the last day a job was done for, None before the first."""
    job = db.session.get(NightlyJob, name)
    return job.done_on if job is not None else None
