"""Trying a version of the rules on the registry: started by an officer, run by the worker."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete

from portal import audit, clock, outbox
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.classification import parsed_rules
from portal.classification.criteria.evaluation import assess
from portal.classification.criteria.nodes import Version
from portal.classification.models.trials import RuleTrial, RuleTrialRow
from portal.classification.models.versions import RuleVersion
from portal.classification.permits import check_rule_officer, office_of
from portal.classification.queries import trials as queries
from portal.classification.queries.facts import Registered, registered
from portal.classification.queries.prechecks import enterprises_after
from portal.classification.queries.versions import sizes_on
from portal.classification.rules.assessments import inputs_of
from portal.classification.rules.trials import Judged, deciding, judged_by, outcome_of
from portal.classification.terms.trials import TrialState
from portal.classification.terms.versions import VersionState
from portal.database import action
from portal.errors import Refused
from portal.extensions import db

TOPIC = "rule_trials"
AT_ONCE = 200  # enterprises judged in one transaction
SLICE = 5.0  # seconds after which others get their turn


@action
def start_trial(actor: Person, row: RuleVersion, against: RuleVersion, on: date) -> RuleTrial:
    """Have a version tried on every enterprise of the registry, beside another one.

    Raises NotAllowed, Refused for a version beside itself, one never put in force to compare
    with, or another series.
    """
    check_rule_officer(actor, row.title_kind)
    if against.id == row.id or against.series != row.series:
        raise Refused(_("Compare it with another version of the same series"), "against")
    if against.state != VersionState.IN_FORCE:
        raise Refused(_("Compare it with a version that was put in force"), "against")
    trial = RuleTrial(
        rule_version=row,
        digest=row.digest,
        against=against,
        on_day=on,
        total=queries.count_judged(),
        counts={},
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    db.session.add(trial)
    db.session.flush()
    office = office_of(row.title_kind) if row.title_kind else ""
    audit.record(actor, "try_version", row, {"against": (None, against.slug)}, office=office)
    outbox.send(TOPIC, trial=trial.id)
    return trial


def run_slice(trial_id: int) -> None:
    """Judge batches until the slice is over; what is left is owed again."""
    end = time.monotonic() + SLICE
    while run_batch(trial_id):
        if time.monotonic() > end:
            owe_rest(trial_id)
            return


@action
def owe_rest(trial_id: int) -> None:
    """Owe the worker another slice."""
    outbox.send(TOPIC, trial=trial_id)


@action
def run_batch(trial_id: int) -> bool:
    """Judge the next enterprises by both versions and keep who would stand otherwise; True while
    there may be more. A draft saved anew meanwhile stops the run."""
    trial = queries.get_trial(trial_id)
    if trial.state != TrialState.RUNNING:
        return False
    if trial.digest != trial.rule_version.digest:
        trial.state, trial.done_at = TrialState.FAILED, clock.now()
        return False
    ids = enterprises_after(trial.reached, AT_ONCE)
    judge(trial, ids)
    if len(ids) < AT_ONCE:
        trial.state, trial.done_at = TrialState.DONE, clock.now()
        return False
    return True


def forget_trials(days: int) -> None:
    """The night's work: delete trials that ended so many days ago, one after the other."""
    while forget_one(days):
        pass


@action
def forget_one(days: int) -> bool:
    """Delete the oldest trial that ended so many days ago, False when none is left; that it was
    run, and what it came to, stays in the trail of its version."""
    trial = queries.find_ended_before(clock.now() - timedelta(days=days))
    if trial is None:
        return False
    found = queries.counts_by_outcome(trial.id)
    office = office_of(trial.rule_version.title_kind) if trial.rule_version.title_kind else ""
    facts = {"trial": trial.id, "against": trial.against.slug, "digest": trial.digest}
    facts |= {"judged": trial.judged, **found}
    changes = {name: (value, None) for name, value in facts.items()}
    audit.record(SYSTEM, "forget_trial", trial.rule_version, changes, office=office)
    db.session.execute(delete(RuleTrialRow).where(RuleTrialRow.trial_id == trial.id))
    db.session.delete(trial)
    return True


def judge(trial: RuleTrial, ids: Collection[int]) -> None:
    """Judge these enterprises by both versions."""
    before, after = (
        parsed_rules.parsed(row.digest, row.slug, row.text)
        for row in (trial.against, trial.rule_version)
    )
    sizes = sizes_on(trial.on_day)
    counts = dict(trial.counts)
    for enterprise_id, known in registered(ids, trial.on_day).items():
        one, other = (judged(version, known, sizes) for version in (before, after))
        pair = f"{one.verdict} {other.verdict}"
        counts[pair] = counts.get(pair, 0) + 1
        keep(trial, enterprise_id, one, other)
    trial.counts, trial.judged = counts, sum(counts.values())
    trial.reached = max(ids, default=trial.reached)


def judged(version: Version, known: Registered, sizes: Version | None) -> Judged:
    """Return what an enterprise's facts come to by a version."""
    holds = version.title in known.holds
    inputs = inputs_of(version, known.facts, sizes, parsed_rules.vocabulary(), holds)
    return judged_by(assess(version, inputs.facts))


def keep(trial: RuleTrial, enterprise_id: int, before: Judged, after: Judged) -> None:
    """Keep an enterprise that would stand otherwise."""
    outcome = outcome_of(before.verdict, after.verdict)
    if outcome is None:
        return
    db.session.add(
        RuleTrialRow(
            trial_id=trial.id,
            enterprise_id=enterprise_id,
            outcome=outcome,
            before=before.verdict,
            after=after.verdict,
            low_before=before.low,
            high_before=before.high,
            low_after=after.low,
            high_after=after.high,
            reasons=deciding(outcome, before, after, parsed_rules.vocabulary()),
        )
    )
