"""What the worker does at the city's midnight: one line a job, each on its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from flask import current_app

from portal import clock, files, outbox
from portal.accounts.actions.forgetting import forget_expired
from portal.classification.queries.counts import turning_on
from portal.cli.precheck_work import begin_due_judgements
from portal.database import action, mark_public_change
from portal.enterprises.actions.claim_nights import attend_to_claims
from portal.enterprises.actions.confirmation import ask_for_confirmations
from portal.enterprises.actions.duplicates import find_duplicates
from portal.enterprises.actions.evidence import date_identity_papers
from portal.enterprises.actions.invitations import forget_expired_invitations
from portal.extensions import db

logger = logging.getLogger(__name__)
Job = Callable[[], object]


def run_all() -> None:
    """Run every job; one that fails is logged and tried again the next night."""
    for job in JOBS:
        try:
            job()
        except Exception:
            logger.exception("nightly job %s failed", job.__name__)
        finally:
            db.session.remove()


@action
def new_day() -> None:
    """Move the content version on and reindex whose titles begin or lapse with the day."""
    mark_public_change()
    for enterprise_id in turning_on(clock.today()):
        outbox.send("search", key=f"enterprise:{enterprise_id}")


def date_papers() -> None:
    """Say of scans of identity papers until when they are kept, now that their case is decided."""
    date_identity_papers(current_app.config["IDENTITY_PAPER_DAYS"])


def forget_files() -> None:
    """Remove files kept long enough."""
    while files.forget_due(clock.today()):
        pass


def sweep_files() -> None:
    """Delete what killed uploads left in the folder of files."""
    files.sweep(Path(current_app.config["FILES"]))


JOBS: tuple[Job, ...] = (
    new_day,
    begin_due_judgements,
    date_papers,
    ask_for_confirmations,
    attend_to_claims,
    forget_expired_invitations,
    find_duplicates,
    forget_expired,
    forget_files,
    sweep_files,
)
