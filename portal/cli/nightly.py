"""What the worker does once a day, at the city's midnight or as soon after as it can."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import current_app

from portal import clock, counts, files, outbox
from portal.accounts.actions.forgetting import forget_expired
from portal.alerts.actions import forget_spent
from portal.classification.actions.list_rows import look_again
from portal.classification.actions.reminders import remind_of_titles
from portal.classification.actions.trials import forget_trials
from portal.classification.queries.counts import turning_between
from portal.cli.precheck_work import begin_due_judgements
from portal.database import action, mark_public_change, refresh_statistics
from portal.enterprises.actions.claim_nights import attend_to_claims
from portal.enterprises.actions.confirmation import ask_for_confirmations
from portal.enterprises.actions.duplicates import find_duplicates
from portal.enterprises.actions.evidence import date_identity_papers
from portal.enterprises.actions.invitations import forget_expired_invitations
from portal.extensions import db
from portal.lists.actions.calls import remind_of_drafts
from portal.lists.actions.life import tend_ledger
from portal.lists.actions.opinions import remind_of_opinions
from portal.notices.queries import appearing_between
from portal.outbox import nights
from portal.recognition.actions.reviews import lapse_missed
from portal.search import indexer
from portal.search.actions import forget_needs
from portal.search.documents_from_rows import all_documents, load
from portal.search.errors import IndexUnavailable

logger = logging.getLogger(__name__)
Job = Callable[[], object]
LISTED = ("enterprise", "enterprise_pillar", "title", "entry", "release", "edition")


def run_due() -> datetime:
    """Do each job not done today; return when to look again.

    One that fails, or died with its worker, is tried again later the same day: hence every job
    may be repeated and does what nights before it left undone.
    """
    today, midnight = clock.today(), clock.next_midnight()
    for job in JOBS:
        run(job.__name__, job)
    undone = [job for job in JOBS if nights.last_done(job.__name__) != today]
    return min(midnight, clock.now() + nights.RETRY) if undone else midnight


def run(name: str, job: Job) -> None:
    """Do one job unless somebody has done or begun it."""
    today = clock.today()
    try:
        if nights.begin(name, today):
            job()
            nights.finish(name, today)
    except Exception:
        logger.exception("nightly job %s failed", name)
        db.session.rollback()
        nights.fail(name)
    finally:
        db.session.remove()


@action
def new_day() -> None:
    """Move the content version on, recount and reindex what time alone changed since: whose
    titles began or lapsed, which policies appeared. Entries that closed are the ledger's."""
    mark_public_change()
    counts.turn_day()
    since, today = nights.last_done("new_day"), clock.today()
    turned = {
        "enterprise": turning_between(since, today),
        "policy": appearing_between(since, today),
    }
    for kind, ids in turned.items():
        for ref in ids:
            outbox.send("search", key=f"{kind}:{ref}")


def check_counts() -> None:
    """Count anew what is kept wrongly, which no action should bring about, or not yet at all."""
    if counts.is_wanting() or counts.check():
        for one in counts.repair():
            logger.error("kept %s of %s %s, counted %s", one.kept, one.kind, one.key, one.counted)


def look_at_tables() -> None:
    """Have the database look anew at the tables it plans the public's pages by."""
    refresh_statistics(*LISTED)


def date_papers() -> None:
    """Say of scans of identity papers until when they are kept, now that their case is decided."""
    date_identity_papers(current_app.config["IDENTITY_PAPER_DAYS"])


def forget_old_trials() -> None:
    """Delete trials of rule versions that were kept long enough."""
    forget_trials(current_app.config["RULE_TRIAL_DAYS"])


def forget_old_needs() -> None:
    """Delete what visitors looked for in vain, told long enough ago."""
    forget_needs(current_app.config["SEARCH_NEED_DAYS"])


def forget_files() -> None:
    """Remove files kept long enough."""
    while files.forget_due(clock.today()):
        pass


def sweep_files() -> None:
    """Delete what killed uploads left in the folder of files."""
    files.sweep(Path(current_app.config["FILES"]))


def tend_index() -> None:
    """Bring what the search index holds otherwise than the database up to date; one that cannot
    be read is built anew."""
    index = current_app.extensions["search"].index
    try:
        found = indexer.check(index, all_documents())
        indexer.apply_outbox(index, load, found.keys)
    except IndexUnavailable as problem:
        logger.warning("the search index is built anew: %s", problem)
        index.rebuild(all_documents())
    else:
        logger.info("search index: %d documents brought up to date", len(found.keys))


JOBS: tuple[Job, ...] = (
    new_day,
    check_counts,
    look_at_tables,
    begin_due_judgements,
    date_papers,
    ask_for_confirmations,
    attend_to_claims,
    forget_expired_invitations,
    find_duplicates,
    look_again,
    remind_of_titles,
    lapse_missed,
    tend_ledger,
    remind_of_drafts,
    remind_of_opinions,
    forget_expired,
    forget_spent,
    forget_old_trials,
    forget_old_needs,
    forget_files,
    sweep_files,
    tend_index,
)
