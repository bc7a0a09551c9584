"""What officers do about changes: note one that was not reported, accept, return or refuse one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import (
    Case,
    Contents,
    Matter,
    advance,
    check_may_decide,
    close_case,
    conflict_rule,
    note_decision,
    stop_clock,
    write_letter,
)
from portal.casework.clocks import correction_due
from portal.casework.procedures import procedure_of
from portal.casework.queries import get_case_about
from portal.chinese import sort_key
from portal.database import action
from portal.enterprises.actions.changes import check_opened_on, check_reportable
from portal.enterprises.actions.records import announce
from portal.enterprises.actions.registered_place import move_registered_place
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.actions.standing import office
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.facts import TERM_FIELDS, plain
from portal.enterprises.models import ChangeRequest, Enterprise, EnterpriseName, PastFact
from portal.enterprises.queries.changes import find_open_change, last_end_of
from portal.enterprises.rules import changes as rules
from portal.enterprises.terms.changes import ADDRESS, ChangeState, Verdict
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.taxonomy.queries import find_term, terms
from portal.taxonomy.terms import Scheme


@action
def note_unreported(
    actor: Person, enterprise: Enterprise, *, reason: str, effective_on: date | None, hint: str
) -> ChangeRequest:
    """Note a change the bureau knows of and the enterprise has not reported; it is told.

    Raises NotAllowed, Refused also while a report is open.
    """
    check_reviewer(actor, enterprise)
    check_reportable(enterprise)
    if find_open_change(enterprise.id) is not None:
        raise Refused(_("A report of this enterprise is open already: see that first"))
    rules.check_effective(effective_on, reason, clock.today())
    if not hint.strip():
        raise Refused(_("Say what changed and where you read it"), "hint")
    assert effective_on is not None  # checked above
    change = ChangeRequest(
        enterprise_id=enterprise.id,
        reason=reason,
        effective_on=effective_on,
        report_by=rules.report_by(effective_on),
        hint=hint.strip(),
        opened_at=clock.now(),
        opened_by_id=actor.id,
    )
    db.session.add(change)
    by = change.report_by.isoformat()
    audit.record(
        actor, "note_unreported", enterprise, {"report_by": (None, by)}, office=office(actor)
    )
    tell_members(enterprise, "change_noted", report_by=by, hint=change.hint)
    return change


@action
def decide(
    actor: Person,
    change: ChangeRequest,
    version: int,
    verdict: Verdict,
    *,
    reasons: Mapping[str, str],
    ground: str,
) -> ChangeRequest:
    """Accept (in the first stage: hand on to the second), return or refuse a report.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_opened_on(change, version)
    case = get_case(change)
    check_may_decide(actor, case)
    check_reviewer(actor, change.enterprise)
    check_reportable(change.enterprise)
    named = rules.given_reasons(reasons)
    rules.check_verdict(verdict, named, ground)
    following = procedure_of(case.matter).after(case.stage)
    if verdict == Verdict.ACCEPT and following is not None:
        advance(actor, case, following.stage, note=ground.strip())
        audit.record(actor, "pass_change", change.enterprise, office=office(actor))
        change.decided_for = office(actor)
        return change
    change.ground, change.reasons = ground.strip(), {}
    returned = verdict == Verdict.RETURN
    answer_by = correction_due(Matter.IDENTITY_CHANGE) if returned else None
    said = Contents(verdict, change.ground, named if returned else {}, answer_by)
    letter = write_letter(actor, case, said)
    if returned:
        send_back(actor, change, case, named)
    else:
        conclude(actor, change, case, verdict)
    tell_members(
        change.enterprise,
        "change_decided",
        number=change.number,
        verdict=verdict,
        letter=letter.id,
        answer_by=answer_by.isoformat() if answer_by else "",
    )
    return change


def send_back(actor: Person, change: ChangeRequest, case: Case, reasons: dict[str, str]) -> None:
    """Return a report with a reason per item; the clock stands still meanwhile."""
    change.state, change.reasons = ChangeState.RETURNED, reasons
    change.sent_before = dict(change.facts)
    note_decision(actor, case, Verdict.RETURN)
    stop_clock(case)
    audit.record(
        actor, "return_change", change.enterprise, note=change.ground, office=office(actor)
    )


def conclude(actor: Person, change: ChangeRequest, case: Case, verdict: Verdict) -> None:
    """Close a report: apply an accepted one to the record, leave the record of a refused one."""
    change.decided_at, change.decided_by_id = clock.now(), actor.id
    change.decided_for = office(actor)
    close_case(actor, case, verdict)
    if verdict == Verdict.ACCEPT:
        change.state = ChangeState.ACCEPTED
        apply(actor, change)
        return
    change.state = ChangeState.REFUSED
    audit.record(
        actor, "refuse_change", change.enterprise, note=change.ground, office=office(actor)
    )


def apply(actor: Person, change: ChangeRequest) -> None:
    """Bring the record to the reported values and keep what was true before, with its days."""
    enterprise, version = change.enterprise, change.enterprise.version
    changes = {}
    own = {name: value for name, value in change.facts.items() if name != ADDRESS}
    for name, value in own.items():
        old = getattr(enterprise, name)
        changes[name] = (plain(old), value)
        keep_past(change, name, plain(old))
        setattr(enterprise, name, row_value(name, value))
    enterprise.sort_key = sort_key(enterprise.name)
    enterprise.updated_at = clock.now()
    changes["version"] = (version, version + 1)
    audit.record(
        actor, "accept_change", enterprise, changes, note=change.ground, office=office(actor)
    )
    move_registered_place(actor, change)
    announce(enterprise)


def keep_past(change: ChangeRequest, name: str, old: Any) -> None:
    """Keep what a fact was until the day before the change took effect."""
    if old in (None, "", []):
        return
    enterprise = change.enterprise
    last = last_end_of(enterprise.id, name)
    begun = last + timedelta(days=1) if last else enterprise.established_on
    until = change.effective_on - timedelta(days=1)
    days = {"valid_from": min(begun, until) if begun else None, "valid_until": until}
    kept = {"enterprise_id": enterprise.id, "recorded_at": clock.now(), **days}
    if name == "name":
        enterprise.past_names.insert(0, EnterpriseName(name=old, **kept))
    else:
        db.session.add(PastFact(field=name, value=old, change_id=change.id, **kept))


def row_value(name: str, value: Any) -> Any:
    """Return a reported value as the record keeps it: slugs as terms, text as date or amount."""
    if name in TERM_FIELDS:
        return find_term(Scheme(name), value)
    if name == "pillars":
        return [term for term in terms(Scheme.PILLAR) if term.slug in set(value or [])]
    if name == "established_on":
        return date.fromisoformat(value) if value else None
    if name == "registered_capital":
        return Decimal(value) if value else None
    return value or ""


def get_case(change: ChangeRequest) -> Case:
    """Return the open case of a report; raises NotFound."""
    return get_case_about(Matter.IDENTITY_CHANGE, change)


@conflict_rule
def check_not_submitted_by(actor: Person, case: Case) -> None:
    """Raise NotAllowed for whoever submitted the report the case is about."""
    if case.subject_kind != ChangeRequest.__tablename__:
        return
    change = db.session.get(ChangeRequest, case.subject_id)
    if change is not None and change.submitted_by_id == actor.id:
        raise NotAllowed(_("You submitted this yourself: another officer decides on it"))
