"""The worker's part of a confirmed list: titles are recorded batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal import audit, clock, outbox
from portal.accounts.models import Person
from portal.classification.actions.claims import answers, decide
from portal.classification.actions.list_reading import read_again
from portal.classification.actions.official_lists import (
    FIELDS,
    facts_of_row,
    settle,
    source_of,
)
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.official_lists.judging import judge
from portal.classification.permits import office_of
from portal.classification.queries import list_jobs as queries
from portal.classification.queries.claims import WITH_KIND
from portal.classification.queries.list_comparison import chunks, listed_among
from portal.classification.rules.matching import Registry
from portal.classification.rules.official_lists import digest_of
from portal.classification.terms.official_lists import Finding, ListState, Settled
from portal.classification.terms.titles import ClaimOutcome
from portal.database import action
from portal.extensions import db

AT_ONCE = 200  # titles recorded in one transaction


@action
def record_batch(list_id: int, registry: Registry) -> bool:
    """Record the titles of the next rows that were exact and still are; False when none is left.

    Rows are judged again: what became known or contradicted since the dry run is left out and
    says so; nothing is recorded that the report did not show.
    """
    official = queries.get_job(list_id)
    if official.state != ListState.RECORDING or official.recorded_by is None:
        return False
    rows = queries.exact_after(list_id, official.reached, AT_ONCE)
    if not rows:
        return False
    official.reached = rows[-1].row_no
    actor = official.recorded_by
    record_rows(actor, official, still_exact(actor, official, rows, registry))
    return True


def still_exact(
    actor: Person, official: OfficialList, rows: Sequence[OfficialListRow], registry: Registry
) -> list[OfficialListRow]:
    """Return the rows that still are exact, the others saying why not."""
    read = [read_again(row) for row in rows]
    judged = judge(actor, official.kind, source_of(official), read, registry, official.id)
    listed = listed_among([now.enterprise_id for now in judged if now.enterprise_id])
    exact = []
    for row, now in zip(rows, judged, strict=True):
        if now.enterprise_id is not None and now.enterprise_id not in listed:
            now.leave()  # its record went while the registry was being read
        if now.finding == Finding.EXACT and now.enterprise_id == row.enterprise_id:
            exact.append(row)
        else:
            row.finding, row.message, row.other_row = now.finding, now.message, now.other_row
            row.enterprise_id = now.enterprise_id
    return exact


def record_rows(actor: Person, official: OfficialList, rows: Sequence[OfficialListRow]) -> None:
    """Add the titles of these rows and settle the claims they answer, without lines of their own
    in the trail."""
    source = source_of(official)
    moment = clock.now()
    for row in rows:
        row.title = Title(
            enterprise_id=row.enterprise_id,
            kind_id=official.kind_id,
            list_id=official.id,
            recorded_at=moment,
            recorded_by_id=actor.id,
            **asdict(facts_of_row(source, row)),
        )
        settle(actor, row, Settled.RECORDED)
    db.session.flush()
    settle_claims_of(actor, official, rows)
    announce_all(row.enterprise_id for row in rows)


@action
def finish_recording(list_id: int) -> None:
    """Say that a list is on record: one line in the trail, with a digest of what was recorded."""
    official = queries.get_job(list_id)
    if official.state != ListState.RECORDING:
        return
    recorded = queries.recorded_rows(list_id, FIELDS)
    official.state, official.recorded_at = ListState.RECORDED, clock.now()
    official.digest = digest_of(tuple(row) for row in recorded)
    audit.record(
        audit.SYSTEM,
        "list_recorded",
        official,
        {"titles": (0, len(recorded)), "sha256": (None, official.digest)},
        office=office_of(official.kind),
    )


def announce_all(enterprise_ids: Iterable[int | None]) -> None:
    """Owe the search index the present state of records, each once."""
    for number in dict.fromkeys(enterprise_ids):
        outbox.send("search", key=f"enterprise:{number}")


def settle_claims_of(
    actor: Person, official: OfficialList, rows: Sequence[OfficialListRow]
) -> None:
    """Close the open claims these rows answer, in one statement for all of them."""
    titles = [row.title for row in rows if row.title is not None]
    for some in chunks([title.enterprise_id for title in titles]):
        for claim in db.session.scalars(
            select(TitleClaim)
            .where(
                TitleClaim.kind_id == official.kind_id,
                TitleClaim.enterprise_id.in_(some),
                TitleClaim.decided_at.is_(None),
            )
            .options(WITH_KIND, joinedload(TitleClaim.enterprise))
        ):
            meant = (title for title in titles if is_meant(claim, title))
            if (title := next(meant, None)) is not None:
                decide(actor, claim, ClaimOutcome.VERIFIED, title=title)


def is_meant(claim: TitleClaim, title: Title) -> bool:
    """Say whether a recorded title answers a claim of its kind."""
    return (
        claim.enterprise_id == title.enterprise_id
        and claim.level in (title.level, "")
        and answers(title, claim)
    )
