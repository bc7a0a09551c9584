"""Asking other bodies for their opinion on a list, and ending the round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.terms import Right
from portal.audit import SYSTEM
from portal.casework import Matter, open_case
from portal.casework.clocks import due_after
from portal.casework.replies import end_question
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions.editions import change_state
from portal.lists.actions.readiness import check_complete
from portal.lists.models import ConsultationRound, ConsultedBody, Release
from portal.lists.permits import check_curator
from portal.lists.procedures import curation
from portal.lists.queries.opinions import awaited, last_round, round_facts
from portal.lists.queries.steps import present_draft
from portal.lists.rules import opinions as rules
from portal.lists.rules.steps import check_days
from portal.lists.terms.editions import EditionState
from portal.taxonomy.models import Department
from portal.taxonomy.queries import calendar


@dataclass(frozen=True)
class Asking:
    """Whom to ask, departments and bodies by name alone, within how many working days, with which
    covering text."""

    bodies: Sequence[Department]
    others: Sequence[str]
    days: int | None
    words: str


@action
def ask_opinions(
    actor: Person, release: Release, version: int, asking: Asking
) -> ConsultationRound:
    """Put the draft as it is now before other bodies; nobody else is shown it.

    Raises NotAllowed, ChangedSinceOpened, Refused.
    """
    check_curator(actor, release.edition)
    if not release.asks_opinions:
        raise Refused(_("This list asks for no opinions: set that on its board first"))
    check_complete(release)
    names = [body.name_zh for body in asking.bodies] + [name.strip() for name in asking.others]
    rules.check_bodies(names)
    due, draft = due_after(check_days(asking.days)), present_draft(release)
    change_state(actor, release, version, EditionState.CONSULTING, "ask_opinions")
    made = ConsultationRound(
        release=release,
        content=draft.text,
        content_code=draft.code,
        entry_ids=draft.ids,
        words=asking.words.strip(),
        due_on=due.on,
        provisional=due.provisional,
        asked_at=clock.now(),
        asked_by_id=actor.id,
        bodies=[ConsultedBody(department=body, name=body.name_zh) for body in asking.bodies]
        + [ConsultedBody(name=name) for name in names[len(asking.bodies) :]],
    )
    db.session.add(made)
    db.session.flush()
    for body in made.bodies:
        await_opinion(actor, body)
    return made


def await_opinion(actor: Person, body: ConsultedBody) -> None:
    """Open the case of a department's opinion and tell its officers."""
    found, edition = body.round, body.round.release.edition
    audit.record(actor, "ask_opinion", body, {"due_on": (None, found.due_on)})
    if body.department is None:
        return
    case = open_case(
        actor,
        Matter.LIST_OPINION,
        body,
        label=edition.title_zh,
        department_id=body.department_id,
        district_id=body.department.district_id,
        zone_id=body.department.zone_id,
    )
    case.due_on = case.order_on = found.due_on
    tell_body(body, "asked")


def tell_body(body: ConsultedBody, event: str) -> int:
    """Write to the officers of a body, by mail and inbox; return how many."""
    people = officers_of(body)
    edition = body.round.release.edition
    for person in people:
        tell(
            person,
            "list_opinion",
            event=event,
            body=body.id,
            title_zh=edition.title_zh,
            title_en=edition.title_en,
            day=body.round.due_on.isoformat(),
        )
    return len(people)


def officers_of(body: ConsultedBody) -> list[Person]:
    """Return who answers for a body on the portal; nobody for one by name alone."""
    department = body.department
    if department is None:
        return []
    place = department.district_id, department.zone_id
    return holders_of(Right.CURATE_LISTS, department.id, *place)


@action
def remind(actor: Person, release: Release) -> int:
    """Remind the bodies that have not answered, each once a day at most; return how many."""
    check_curator(actor, release.edition)
    due = [body for body in awaited() if body.round.release_id == release.id]
    return sum(remind_body(actor, body) for body in due if body.reminded_on != clock.today())


def remind_body(actor: audit.Actor, body: ConsultedBody) -> bool:
    """Remind one body; say whether anybody was reached."""
    if not tell_body(body, "reminded"):
        return False
    changes = {"reminded_on": (body.reminded_on, clock.today())}
    audit.record(actor, "remind_body", body, changes)
    body.reminded_on = clock.today()
    return True


@action
def remind_of_opinions() -> int:
    """Remind, once, before the due day, and once more after it; nightly. Return how many."""
    return sum(remind_body(SYSTEM, body) for body in awaited() if is_reminder_due(body))


def is_reminder_due(body: ConsultedBody) -> bool:
    """Say whether a body is to be reminded today by itself."""
    today, due, last = clock.today(), body.round.due_on, body.reminded_on
    if today > due:
        return last is None or last <= due
    return last is None and calendar(today, due).between(today, due) <= curation().remind_days


def end_round(actor: Person, release: Release, reason: str = "") -> None:
    """End the round a release is in: one that is complete counts, any other is broken off for
    the reason. In an action."""
    found = last_round(release)
    assert found is not None
    found.ended_at = clock.now()
    if rules.missing(round_facts(found), clock.today()):
        found.stop_reason = reason.strip()[:300]
    for body in found.bodies:
        end_question(actor, Matter.LIST_OPINION, body, body.reply)
