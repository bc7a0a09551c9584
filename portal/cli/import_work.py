"""What the worker does for imports: by the slice, so that mails and search do not wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import current_app

from portal import outbox
from portal.classification.actions.assessments import owe_these
from portal.classification.actions.claims import claim_titles
from portal.classification.queries.claims import title_words
from portal.database import transaction
from portal.enterprises.actions.import_writes import SEARCH_TOPIC, TITLES_TOPIC
from portal.enterprises.actions.imports import TOPIC
from portal.enterprises.importing.running import run_slice
from portal.enterprises.queries.imports import get_job, written_records
from portal.enterprises.terms.record import ImportState
from portal.extensions import db
from portal.outbox import Handlers
from portal.search import indexer
from portal.search.documents_from_rows import load

Payloads = Sequence[Mapping[str, Any]]
AT_ONCE = 2000  # records a slice hands to titles
TO_SEARCH = 5000  # and to search, in one commit: a small part of a commit's work grows with it


def handlers() -> Handlers:
    """Return the handlers of the topics imports use."""
    return {TOPIC: run, TITLES_TOPIC: claim, SEARCH_TOPIC: index}


def run(payloads: Payloads) -> None:
    """Do a slice of each import; what is not finished is owed again."""
    folder, words = Path(current_app.config["FILES"]), title_words()
    for job_id in dict.fromkeys(payload["job"] for payload in payloads):
        if run_slice(job_id, folder, words):
            owe(TOPIC, job=job_id)


def index(payloads: Payloads) -> None:
    """Bring the index to what the next written records, or those named, say now; the rest is
    owed."""
    for payload in payloads:
        if "ids" in payload:
            bring_to_index(payload["ids"])
            continue
        rows = written_records(payload["job"], payload["after"], TO_SEARCH)
        bring_to_index([row.enterprise_id for row in rows])
        if len(rows) == TO_SEARCH:
            owe(SEARCH_TOPIC, job=payload["job"], after=rows[-1].row_no)


def bring_to_index(enterprise_ids: Sequence[int]) -> None:
    """Bring the index to what these records say now."""
    keys = [f"enterprise:{number}" for number in enterprise_ids]
    index = current_app.extensions["search"].index
    indexer.apply_outbox(index, load, keys, per_commit=TO_SEARCH)
    db.session.rollback()


def claim(payloads: Payloads) -> None:
    """Turn the titles rows name into claims to be verified, while the import stands, and owe the
    judgement of the records, whose rows were copied past every action. Records given by `ids` are
    judged alone."""
    for payload in payloads:
        if "ids" in payload:
            owe_these(payload["ids"])
            continue
        job = get_job(payload["job"])
        if job.state != ImportState.DONE:
            continue
        rows = written_records(job.id, payload["after"], AT_ONCE)
        named = {row.enterprise_id: row.titles for row in rows if row.titles}
        if named:
            claim_titles(named, job.id)
        owe_these([row.enterprise_id for row in rows])
        if len(rows) == AT_ONCE:
            owe(TITLES_TOPIC, job=payload["job"], after=rows[-1].row_no)


def owe(topic: str, **payload: Any) -> None:
    """Owe the worker another slice."""
    with transaction():
        outbox.send(topic, **payload)
