"""Settling the rows of a recorded list one by one: a record's, or outside the registry."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from portal import audit, clock
from portal.accounts.models import Person
from portal.classification.actions.claims import settle_claims
from portal.classification.actions.official_lists import (
    check_lister,
    check_state,
    facts_of_row,
    settle,
    source_of,
)
from portal.classification.actions.titles import enter
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title
from portal.classification.official_lists.judging import how_words
from portal.classification.permits import check_recorder, office_of
from portal.classification.queries import official_lists as queries
from portal.classification.queries.list_comparison import firms
from portal.classification.rules.matching import NO_MATCH, Registry
from portal.classification.terms.official_lists import Finding, ListState, Settled
from portal.database import action
from portal.enterprises.models import Enterprise
from portal.enterprises.names import normal
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db

AT_ONCE = 1000  # rows compared anew in one transaction


@action
def match_row(actor: Person, row: OfficialListRow, version: int, enterprise: Enterprise) -> Title:
    """Record the row's title for a record an officer chose.

    Raises NotAllowed, Refused as recording does and once the row is settled, ChangedSinceOpened.
    """
    official = row.list
    check_recorder(actor, enterprise, official.kind)
    check_waiting(row, version)
    if not enterprise.is_public:
        raise Refused(_("Titles are recorded for enterprises in the registry only"))
    facts = facts_of_row(source_of(official), row)
    title = enter(actor, enterprise, official.kind, facts, act="record_title")
    title.list_id, row.title, row.enterprise_id = official.id, title, enterprise.id
    settle(actor, row, Settled.RECORDED)
    settle_claims(actor, title)
    return title


@action
def settle_outside(actor: Person, row: OfficialListRow, version: int) -> None:
    """Say that a row's enterprise is not in the registry and need not be.

    Raises NotAllowed, Refused once the row is settled, ChangedSinceOpened.
    """
    check_lister(actor, row.list.kind)
    check_waiting(row, version)
    settle(actor, row, Settled.OUTSIDE)
    audit.record(
        actor,
        "settle_row",
        row.list,
        {"row": (None, row.row_no), "settled_as": (None, str(Settled.OUTSIDE))},
        office=office_of(row.list.kind),
    )


@action
def reopen_row(actor: Person, row: OfficialListRow, version: int) -> None:
    """Let a row settled as outside wait again. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_lister(actor, row.list.kind)
    check_version(row, version)
    if row.settled_as != Settled.OUTSIDE:
        raise Refused(_("Only a row settled as outside the registry can wait again"))
    row.settled_as, row.settled_at, row.settled_by_id = "", None, None
    audit.record(
        actor,
        "settle_row",
        row.list,
        {"row": (None, row.row_no), "settled_as": (str(Settled.OUTSIDE), None)},
        office=office_of(row.list.kind),
    )


def check_waiting(row: OfficialListRow, version: int) -> None:
    """Raise Refused unless the row waits, ChangedSinceOpened for another version."""
    if not row.is_waiting:
        raise Refused(_("This row has been settled already"))
    check_version(row, version)


def check_version(row: OfficialListRow, version: int) -> None:
    """Raise ChangedSinceOpened for another version of the row."""
    if row.version != version:
        raise ChangedSinceOpened(_("This row was changed since you opened it: open it again"))


@action
def settle_rest(actor: Person, official: OfficialList, version: int) -> int:
    """Settle every row of a list that matched nobody as outside the registry, in one statement;
    return how many. Likely matches stay for a decision each.

    Raises NotAllowed, Refused unless the list is on record, ChangedSinceOpened.
    """
    check_lister(actor, official.kind)
    check_state(official, version, ListState.RECORDED)
    rest = (
        OfficialListRow.list_id == official.id,
        OfficialListRow.finding == Finding.UNMATCHED,
        OfficialListRow.settled_as == "",
    )
    number = db.session.scalar(select(func.count()).where(*rest)) or 0
    db.session.execute(
        update(OfficialListRow)
        .where(*rest)
        .values(settled_as=Settled.OUTSIDE, settled_at=clock.now(), settled_by_id=actor.id)
        .execution_options(synchronize_session="fetch")
    )
    audit.record(
        actor,
        "settle_rest",
        official,
        {"rows": (None, number), "settled_as": (None, str(Settled.OUTSIDE))},
        office=office_of(official.kind),
    )
    return number


def look_again() -> int:
    """Nightly: compare the rows that matched nobody with the registry as it is tonight and propose
    whom they may mean; nothing is recorded. Return how many have a proposal now."""
    if not queries.unmatched_after(0, 1):
        return 0
    registry = Registry.of(firms())
    proposed, last = look_at(0, registry)
    total = proposed
    while last:
        proposed, last = look_at(last, registry)
        total += proposed
    return total


@action
def look_at(after: int, registry: Registry) -> tuple[int, int]:
    """Compare the next rows; return how many have a proposal now, and the last id, 0 at the end."""
    rows = queries.unmatched_after(after, AT_ONCE)
    proposed = 0
    for row in rows:
        match = registry.match(normal(row.name), row.uscc, bad_code=row.bad_code)
        if match.how not in NO_MATCH and match.firm is not None:
            row.finding, row.enterprise_id = Finding.LIKELY, match.firm.id
            row.message = how_words(match)
            proposed += 1
    return proposed, rows[-1].id if rows else 0
