"""What members do about changes of verified facts: report them with evidence, or note them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal import audit, city, clock, files
from portal.accounts.models import Person
from portal.casework import Matter, find_case, open_case, resume_clock
from portal.casework.actions import redirect_case
from portal.database import action, next_number
from portal.enterprises.actions.members import check_editor
from portal.enterprises.actions.records import check_version
from portal.enterprises.actions.registration import check_chain
from portal.enterprises.facts import plain
from portal.enterprises.models import ChangeRequest, Enterprise
from portal.enterprises.queries.changes import evidence_of, facts_to_change, find_open_change
from portal.enterprises.rules import changes as rules
from portal.enterprises.rules.record import check_established
from portal.enterprises.rules.states import IN_THE_REGISTRY
from portal.enterprises.terms.changes import (
    EVIDENCE,
    EVIDENCE_KIND,
    WITH_THE_ENTERPRISE,
    ChangeState,
)
from portal.enterprises.terms.record import STATE_NAMES, State
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db

MOST_FILES = 20  # of one report


@dataclass(frozen=True)
class Report:
    """What a member reports: new values by field (terms as rows), since when, why."""

    values: Mapping[str, Any]
    effective_on: date | None
    reason: str
    explanation: str
    proves: str = ""  # the field the file sent with it proves, "" for the whole change


@action
def report(
    actor: Person,
    enterprise: Enterprise,
    version: int,
    told: Report,
    received: files.Received | None = None,
) -> ChangeRequest:
    """Report a change for verification. Uploaded evidence is kept with it.

    `version` is that of the open report, else of the record. Raises NotAllowed, Refused at the
    field, ChangedSinceOpened.
    """
    change = take_down(actor, enterprise, version, told)
    keep_evidence(actor, change, told, received)
    after = {name: plain(value) for name, value in told.values.items()}
    before = facts_to_change(enterprise)
    changed = rules.changed_fields(before, after)
    rules.check_report(after, changed, evidence=bool(evidence_of(change)))
    year = clock.today().year
    if change.number is None:
        change.number = city.number(
            "submission", year=year, serial=next_number(f"submission-{year}")
        )
    change.before = {name: before[name] for name in changed}
    change.state, change.submitted_at = ChangeState.SUBMITTED, clock.now()
    change.submitted_by_id = actor.id
    await_review(actor, change)
    audit.record(actor, "report_change", enterprise, dict.fromkeys(changed, ("", "")))
    return change


@action
def note(
    actor: Person,
    enterprise: Enterprise,
    version: int,
    told: Report,
    received: files.Received | None = None,
) -> ChangeRequest:
    """Keep a change that will be reported later, so that the time left is counted.

    Raises as `report`, but asks for neither evidence nor new values.
    """
    change = take_down(actor, enterprise, version, told)
    keep_evidence(actor, change, told, received)
    audit.record(actor, "note_change", enterprise, {"report_by": (None, change.report_by)})
    return change


def keep_evidence(
    actor: Person, change: ChangeRequest, told: Report, received: files.Received | None
) -> None:
    """Keep an uploaded file with the report, for the field it proves; raises Refused for one
    file too many."""
    if received is None:
        return
    if len(evidence_of(change)) >= MOST_FILES:
        raise Refused(_("A report holds at most %(most)d files", most=MOST_FILES), "evidence")
    proves = told.proves if told.proves in rules.REPORTED else EVIDENCE
    files.keep(actor, received, EVIDENCE_KIND, change.id, purpose=proves)


@action
def withdraw(actor: Person, change: ChangeRequest, version: int) -> None:
    """Take back a report that no officer holds. Raises NotAllowed, Refused."""
    check_editor(actor, change.enterprise)
    check_opened_on(change, version)
    if change.state not in WITH_THE_ENTERPRISE:
        raise Refused(_("The bureau is verifying this report: it can no longer be taken back"))
    if change.hint:
        raise Refused(_("The bureau noted this change: report it, or call the office"))
    change.state, change.decided_at = ChangeState.WITHDRAWN, clock.now()
    change.decided_by_id = actor.id
    audit.record(actor, "withdraw_change", change.enterprise)


def take_down(actor: Person, enterprise: Enterprise, version: int, told: Report) -> ChangeRequest:
    """Return the open report, or a new one, with what the member entered."""
    check_editor(actor, enterprise)
    check_reportable(enterprise)
    change = find_open_change(enterprise.id)
    if change is None:
        check_version(enterprise, version)
    else:
        check_opened_on(change, version)
    rules.check_effective(told.effective_on, told.reason, clock.today())
    check_established(told.values.get("established_on"), clock.today())
    check_chain(told.values.get("key_industry"), told.values.get("node"))
    if change is None:
        change = ChangeRequest(
            enterprise_id=enterprise.id, opened_at=clock.now(), opened_by_id=actor.id
        )
        db.session.add(change)
    if change.state == ChangeState.SUBMITTED:
        raise Refused(_("A report of this enterprise is being verified: wait for the decision"))
    assert told.effective_on is not None  # checked above
    change.effective_on, change.report_by = told.effective_on, rules.report_by(told.effective_on)
    change.reason, change.explanation = told.reason, told.explanation.strip()
    after = {name: plain(told.values[name]) for name in rules.REPORTED if name in told.values}
    changed = rules.changed_fields(facts_to_change(enterprise), after)
    change.facts = {name: after[name] for name in changed}
    db.session.flush()
    return change


def check_reportable(enterprise: Enterprise) -> None:
    """Raise Refused outside the registry, saying where the record stands."""
    state = State(enterprise.state)
    if state not in IN_THE_REGISTRY:
        raise Refused(
            _(
                "Changes are reported for records in the registry; this one stands at “%(state)s”",
                state=str(STATE_NAMES[state]),
            )
        )


def check_opened_on(change: ChangeRequest, version: int) -> None:
    """Raise Refused once decided, ChangedSinceOpened on an older version of the report."""
    if not change.is_open:
        raise Refused(_("This has been decided already: open the record to see how"))
    if change.version != version:
        raise ChangedSinceOpened(
            _("This report was changed since you opened it: compare and send it again")
        )


def await_review(actor: Person, change: ChangeRequest) -> None:
    """Open the report's case, or let its clock run on after a correction."""
    enterprise = change.enterprise
    place = {"district_id": enterprise.district_id, "zone_id": enterprise.zone_id}
    number = change.number or ""
    case = find_case(Matter.IDENTITY_CHANGE, ChangeRequest.__tablename__, change.id)
    if case is None:
        open_case(
            actor,
            Matter.IDENTITY_CHANGE,
            change,
            label=enterprise.name,
            number=number,
            enterprise_id=enterprise.id,
            district_id=enterprise.district_id,
            zone_id=enterprise.zone_id,
        )
    else:
        redirect_case(case, label=enterprise.name, number=number, **place)
        resume_clock(case)
