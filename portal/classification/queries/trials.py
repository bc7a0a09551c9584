"""Trials of rule versions: the run, and the enterprises that would stand otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload, undefer

from portal.classification.models.titles import TitleKind
from portal.classification.models.trials import RuleTrial, RuleTrialRow
from portal.classification.models.versions import RuleVersion
from portal.classification.queries.prechecks import UNJUDGED
from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db
from portal.taxonomy.models import Term

Found = Row[RuleTrialRow, str, str, bool, Term]
AT_ONCE = 500  # rows read at a time for a download


def get_trial(trial_id: int) -> RuleTrial:
    """Return a trial with both versions; raises NotFound."""
    found = db.session.scalar(
        select(RuleTrial)
        .where(RuleTrial.id == trial_id)
        .options(
            joinedload(RuleTrial.rule_version)
            .joinedload(RuleVersion.title_kind)
            .joinedload(TitleKind.lead_department),
            joinedload(RuleTrial.rule_version).options(undefer(RuleVersion.text)),
            joinedload(RuleTrial.against).options(undefer(RuleVersion.text)),
        )
    )
    if found is None:
        raise NotFound
    return found


def find_ended_before(moment: datetime) -> RuleTrial | None:
    """Return the first trial that ended before a moment."""
    return db.session.scalar(
        select(RuleTrial)
        .where(RuleTrial.done_at < moment)
        .options(
            joinedload(RuleTrial.rule_version)
            .joinedload(RuleVersion.title_kind)
            .joinedload(TitleKind.lead_department),
            joinedload(RuleTrial.against),
        )
        .order_by(RuleTrial.id)
        .limit(1)
    )


def trials_of(rule_version_id: int, limit: int = 10) -> Sequence[RuleTrial]:
    """Return the latest trials of a version, newest first."""
    return db.session.scalars(
        select(RuleTrial)
        .where(RuleTrial.rule_version_id == rule_version_id)
        .options(joinedload(RuleTrial.against))
        .order_by(RuleTrial.id.desc())
        .limit(limit)
    ).all()


def count_judged() -> int:
    """Return how many enterprises a trial judges."""
    statement = select(func.count()).select_from(Enterprise)
    return db.session.scalar(statement.where(Enterprise.state.not_in(UNJUDGED))) or 0


def counts_by_outcome(trial_id: int) -> dict[str, int]:
    """Return how many enterprises would stand otherwise, by how."""
    rows = db.session.execute(
        select(RuleTrialRow.outcome, func.count())
        .where(RuleTrialRow.trial_id == trial_id)
        .group_by(RuleTrialRow.outcome)
    )
    return {row[0]: row[1] for row in rows}


def rows_of(trial_id: int, outcome: str) -> Select[RuleTrialRow, str, str, bool, Term]:
    """Return a select of (row, enterprise's name, code, sample mark, district), by outcome."""
    statement = (
        select(RuleTrialRow, Enterprise.name, Enterprise.uscc, Enterprise.is_sample, Term)
        .outerjoin(Enterprise, Enterprise.id == RuleTrialRow.enterprise_id)
        .outerjoin(Term, Term.id == Enterprise.district_id)
        .where(RuleTrialRow.trial_id == trial_id)
        .order_by(RuleTrialRow.outcome, RuleTrialRow.enterprise_id)
    )
    return statement.where(RuleTrialRow.outcome == outcome) if outcome else statement


def page_of_rows(trial_id: int, outcome: str, offset: int, limit: int) -> Sequence[Found]:
    """Return a page of the rows."""
    return db.session.execute(rows_of(trial_id, outcome).offset(offset).limit(limit)).all()


def every_row(trial_id: int, outcome: str) -> Iterator[Found]:
    """Yield the rows a batch at a time, each batch from the last row on."""
    statement = rows_of(trial_id, outcome).order_by(None).order_by(RuleTrialRow.id)
    last = 0
    while batch := db.session.execute(statement.where(RuleTrialRow.id > last).limit(AT_ONCE)).all():
        yield from batch
        last = batch[-1][0].id
