"""Suspending, restoring and revoking a title: one officer asks, another decides."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import (
    Case,
    Contents,
    Matter,
    check_may_decide,
    close_case,
    conflict_rule,
    open_case,
    write_letter,
)
from portal.casework.queries import get_case_about
from portal.classification.actions.titles import check_version
from portal.classification.models.standing import TitleInterruption, TitleRequest
from portal.classification.models.titles import Title
from portal.classification.permits import check_recorder, office_of
from portal.classification.queries import standing as queries
from portal.classification.rules import standing as rules
from portal.classification.rules import titles as title_rules
from portal.classification.rules.standing import Asked
from portal.classification.terms.standing import Act
from portal.classification.terms.titles import TitleState
from portal.database import action
from portal.enterprises.actions.records import announce
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.terms.standing import Outcome
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db

WITHDRAWN = Outcome.WITHDRAWN
STATES = {Act.SUSPEND: TitleState.SUSPENDED, Act.REVOKE: TitleState.REVOKED}


@action
def ask(actor: Person, title: Title, version: int, asked: Asked) -> TitleRequest:
    """Ask for a suspension, restoration or revocation; the enterprise is told at once.

    Raises NotAllowed, Refused (also while another request waits), ChangedSinceOpened.
    """
    check_recorder(actor, title.enterprise, title.kind)
    check_version(title, version)
    if queries.find_open(title.id) is not None:
        raise Refused(_("Another request for this title waits for its decision: see that first"))
    today = clock.today()
    now = queries.holding_on(queries.interruptions_of([title.id]).get(title.id, []), today)
    standing = title_rules.standing(now.state if now else "", title.valid_until, today)
    since = now.begins_on if now else None
    rules.check_asked(asked, standing, title.valid_from, since, today)
    office = office_of(title.kind)
    request = TitleRequest(
        title=title,
        act=asked.act,
        begins_on=asked.begins_on,
        ban_until=asked.ban_until,
        ground=asked.ground.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.id,
        asked_for=office,
    )
    db.session.add(request)
    db.session.flush()
    open_its_case(actor, request)
    audit.record(actor, f"ask_{asked.act}_title", title, note=request.ground, office=office)
    tell(request, "asked")
    return request


def open_its_case(actor: Person, request: TitleRequest) -> None:
    """Lay a request before the other officers of the department."""
    enterprise = request.title.enterprise
    open_case(
        actor,
        Matter.TITLE_STANDING,
        request,
        label=enterprise.name,
        number=f"{request.title.kind.name_zh}{request.title.number}"[:40],
        enterprise_id=enterprise.id,
        district_id=enterprise.district_id,
        department_id=request.title.kind.lead_department_id,
    )


@action
def consent(actor: Person, request: TitleRequest, version: int) -> None:
    """Do what another officer asked for, from the day it names; what was known before stays.

    Raises NotAllowed for one's own request, Refused, ChangedSinceOpened.
    """
    case = check_decidable(actor, request, version)
    title = request.title
    if request.act == Act.RESTORE:
        end_suspension(request)
    else:
        interrupt(request, STATES[Act(request.act)])
    audit.record(
        actor,
        f"{request.act}_title",
        title,
        {"begins_on": (None, request.begins_on)},
        note=request.ground,
        office=office_of(title.kind),
    )
    announce(title.enterprise)
    close(actor, request, case, Outcome.CONSENTED)


def interrupt(request: TitleRequest, state: TitleState) -> None:
    """Let the title not count from the day asked for."""
    db.session.add(
        TitleInterruption(
            title_id=request.title_id,
            state=state,
            begins_on=request.begins_on,
            ban_until=request.ban_until,
            request_id=request.id,
            recorded_at=clock.now(),
        )
    )


def end_suspension(request: TitleRequest) -> None:
    """Let the title count again from the day asked for: the suspension is superseded by one that
    ended the day before, if it lasted at all."""
    moment, last = clock.now(), request.begins_on - timedelta(days=1)
    for row in queries.interruptions_of([request.title_id]).get(request.title_id, []):
        if row.state != TitleState.SUSPENDED or row.ends_on is not None:
            continue
        row.superseded_at = moment
        if row.begins_on <= last:
            ended = TitleInterruption(
                title_id=row.title_id,
                state=row.state,
                begins_on=row.begins_on,
                ends_on=last,
                request_id=row.request_id,
                recorded_at=moment,
            )
            db.session.add(ended)


@action
def decline(actor: Person, request: TitleRequest, version: int, opinion: str) -> None:
    """Refuse what another officer asked for, with words. Raises as `consent`."""
    case = check_decidable(actor, request, version)
    rules.check_decline(opinion)
    request.opinion = opinion.strip()
    write_down(actor, "decline_title_request", request)
    close(actor, request, case, Outcome.DECLINED)


@action
def withdraw(actor: Person, request: TitleRequest) -> None:
    """Take one's own request back. Raises NotAllowed for another's, Refused once decided."""
    if request.asked_by_id != actor.id:
        raise NotAllowed(_("Only the officer who asked for this may take it back"))
    check_open(request)
    write_down(actor, "withdraw_title_request", request)
    close(actor, request, get_case(request), Outcome.WITHDRAWN)


def check_decidable(actor: Person, request: TitleRequest, version: int) -> Case:
    """Return the request's case; raise unless the actor, who did not ask, may decide it now."""
    check_open(request)
    case = get_case(request)
    check_may_decide(actor, case)
    check_recorder(actor, request.title.enterprise, request.title.kind)
    if request.version != version or request.title.superseded_at is not None:
        raise ChangedSinceOpened(
            _("This title was corrected or withdrawn since you opened it: open it again")
        )
    return case


def check_open(request: TitleRequest) -> None:
    """Raise Refused once a request is decided."""
    if not request.is_open:
        raise Refused(_("This has been decided already"))


def get_case(request: TitleRequest) -> Case:
    """Return the open case of a request; raises NotFound."""
    return get_case_about(Matter.TITLE_STANDING, request)


def close(actor: Person, request: TitleRequest, case: Case, outcome: Outcome) -> None:
    """Write down what became of a request and tell the enterprise."""
    request.outcome, request.decided_at = outcome, clock.now()
    request.decided_by_id, request.decided_for = actor.id, office_of(request.title.kind)
    letter = write_letter(actor, case, contents(request, outcome)) if outcome != WITHDRAWN else None
    close_case(actor, case, outcome)
    tell(request, str(outcome), letter.id if letter else 0)


def contents(request: TitleRequest, outcome: Outcome) -> Contents:
    """Return what the letter says: the act with its ground, or that nothing changes."""
    if outcome == Outcome.CONSENTED:
        return Contents(request.act, request.ground)
    return Contents(outcome)


def tell(request: TitleRequest, what: str, letter: int = 0) -> None:
    """Write to the members what is asked for their title, or what became of it."""
    kind = request.title.kind
    tell_members(
        request.title.enterprise,
        "title_standing",
        what=what,
        act=request.act,
        ground=request.ground,
        title_zh=kind.name_zh,
        title_en=kind.name_en,
        letter=letter,
    )


def write_down(actor: Person, act: str, request: TitleRequest) -> None:
    """Add a line to the title's trail."""
    title = request.title
    changes = {"act": (None, request.act)}
    audit.record(actor, act, title, changes, note=request.opinion, office=office_of(title.kind))


@conflict_rule
def check_not_asked_by(actor: Person, case: Case) -> None:
    """Raise NotAllowed for whoever asked for what the case is about."""
    if case.subject_kind != TitleRequest.__tablename__:
        return
    request = db.session.get(TitleRequest, case.subject_id)
    if request is not None and request.asked_by_id == actor.id:
        raise NotAllowed(_("You asked for this yourself: a second officer decides on it"))
