"""Asking to act for an enterprise on record, and being let by an owner or the bureau."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from portal import audit, city, clock, files
from portal.accounts.models import Person
from portal.audit import Actor
from portal.casework import (
    Addressee,
    Case,
    Contents,
    Matter,
    check_may_decide,
    close_case,
    find_case,
    office_in,
    open_case,
    write_letter,
)
from portal.database import action
from portal.enterprises.actions.members import admit, check_owner
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.actions.telling import tell, tell_event
from portal.enterprises.models import Claim, Enterprise
from portal.enterprises.queries import claims as queries
from portal.enterprises.queries.members import count_owners, find_membership, owners_of
from portal.enterprises.rules.joining import check_claim_decision, check_claimable
from portal.enterprises.terms.record import Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.taxonomy.queries import calendar

KIND = "claim"  # of the letter's owner among the stored files
SPAN = timedelta(days=120)  # of calendar looked at for a few working days


@action
def claim(actor: Person, enterprise: Enterprise, statement: str, letter: files.Received) -> Claim:
    """Ask to act for a record that exists, with the letter of authorisation; asking twice
    returns the open request.

    An owner decides within the city's days; without an owner the bureau does.
    """
    made = queries.find_open_claim(actor, enterprise.id)
    if made is not None:
        return made
    is_member = find_membership(actor, enterprise.id) is not None
    check_claimable(is_member, statement, queries.count_open_claims(actor))
    made = Claim(
        enterprise=enterprise, person=actor, statement=statement.strip(), made_at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    files.keep(actor, letter, KIND, made.id, purpose="letter", keep_until=last_day_of_letter())
    audit.record(actor, "claim", enterprise)
    await_decision(actor, made)
    return made


def last_day_of_letter() -> date:
    """Return until when a letter is kept, counted from today: first from the request, so that one
    never decided goes too, then anew from the decision."""
    return clock.today() + timedelta(days=city.joining().letter_kept_days)


def await_decision(actor: Actor, made: Claim) -> None:
    """Lay a new request before the owners, or before the bureau where there is none."""
    owners = owners_of(made.enterprise_id)
    if not owners:
        pass_to_bureau(actor, made)
        return
    today, days = clock.today(), city.joining().owner_decides_days
    made.decide_by = calendar(today, today + SPAN).add(today, days).on
    tell_event(owners, made.enterprise, "claim_made", day=made.decide_by.isoformat())


def pass_to_bureau(actor: Actor, made: Claim) -> Case:
    """Open the case of a request that no owner decides."""
    enterprise = made.enterprise
    made.with_bureau_since = clock.now()
    return open_case(
        actor,
        Matter.CLAIM,
        made,
        label=enterprise.name,
        number=f"C{made.id:04d}",
        enterprise_id=enterprise.id,
        district_id=enterprise.district_id,
        zone_id=enterprise.zone_id,
    )


@action
def decide_as_owner(
    actor: Person, made: Claim, accepted: bool, role: Role | None, ground: str
) -> None:
    """Let the person act for one's enterprise with a role, or refuse with a ground.

    Raises NotAllowed, Refused when it is decided already or has gone to the bureau.
    """
    check_owner(actor, made.enterprise)
    check_undecided(made)
    if made.with_bureau_since is not None:
        raise Refused(_("The time for the owner has passed: the bureau decides on this request"))
    conclude(actor, made, accepted, role, ground, office="")


@action
def decide_as_officer(
    actor: Person, made: Claim, accepted: bool, role: Role | None, ground: str
) -> None:
    """Decide for the bureau; the first member of a record without owner becomes its owner.

    Raises NotAllowed, Refused while an owner decides or when it is decided already.
    """
    check_reviewer(actor, made.enterprise)
    if made.person_id == actor.id:
        raise NotAllowed(_("You made this request: another officer decides on it"))
    check_undecided(made)
    if made.with_bureau_since is None:
        raise Refused(owner_words(made))
    case = case_of(made) or pass_to_bureau(actor, made)
    check_may_decide(actor, case)
    outcome = "accept" if accepted else "refuse"
    to = Addressee(made.enterprise.name, made.enterprise_id, made.person_id)
    letter = write_letter(actor, case, Contents(outcome, "" if accepted else ground.strip()), to)
    conclude(actor, made, accepted, role, ground, office=office_in(actor, case), letter=letter.id)
    close_case(actor, case, outcome)


@action
def withdraw(actor: Person, made: Claim) -> None:
    """Take one's own undecided request back; its words and its letter are removed at once.

    Raises NotAllowed for somebody else's, Refused for one that is decided.
    """
    if made.person_id != actor.id:
        raise NotAllowed(_("Only who made this request may take it back"))
    check_undecided(made)
    enterprise, case = made.enterprise, case_of(made)
    made.decided_at, made.decided_by_id, made.statement = clock.now(), actor.id, ""
    for letter in files.files_of(KIND, [made.id]):
        files.remove(actor, letter)
    audit.record(actor, "withdraw_claim", enterprise)
    if case is not None:
        close_case(actor, case, "withdraw")
    else:
        tell_event(owners_of(enterprise.id), enterprise, "claim_withdrawn")


def case_of(made: Claim) -> Case | None:
    """Return the open case of a request, or None."""
    return find_case(Matter.CLAIM, Claim.__tablename__, made.id)


def owner_words(made: Claim) -> str:
    """Return until when an owner of the enterprise decides."""
    return _(
        "An owner of the enterprise decides on this request until %(day)s; then it comes here",
        day=str(made.decide_by),
    )


def check_undecided(made: Claim) -> None:
    """Raise Refused for a request decided already."""
    if made.decided_at is not None:
        raise Refused(_("This request has been decided already"))


def conclude(
    actor: Person,
    made: Claim,
    accepted: bool,
    role: Role | None,
    ground: str,
    *,
    office: str,
    letter: int = 0,
) -> None:
    """Write the decision, make the member, tell the person; the bureau's by a letter."""
    enterprise = made.enterprise
    ownerless = count_owners(enterprise.id) == 0
    role = Role.OWNER if ownerless else role
    check_claim_decision(accepted, role, ground)
    made.accepted, made.ground, made.decided_for = accepted, ground.strip(), office
    made.decided_at, made.decided_by_id = clock.now(), actor.id
    changes: dict[str, tuple[object, object]] = {"person": (None, made.person_id)}
    if accepted and role is not None:
        made.role = role
        changes["role"] = (None, role)
        if ownerless or find_membership(made.person, enterprise.id) is None:
            admit(made.person, enterprise, role)
    act = "accept_claim" if accepted else "refuse_claim"
    audit.record(actor, act, enterprise, changes, note=made.ground, office=office)
    for authorisation in files.files_of(KIND, [made.id]):
        files.keep_until(actor, authorisation, last_day_of_letter())
    said = {"accepted": accepted, "ground": made.ground, "letter": letter}
    tell(made.person, enterprise, "claim_decided", **said)
