"""Who acts for an enterprise: changing a role, removing a member, leaving."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.audit import Actor
from portal.database import action
from portal.enterprises.actions.telling import tell_event
from portal.enterprises.models import Enterprise, HandOverCode, Membership
from portal.enterprises.queries.invitations import offers_with
from portal.enterprises.queries.members import count_owners, find_membership, owners_of
from portal.enterprises.queries.recording import find_open_code
from portal.enterprises.rules import roles
from portal.enterprises.rules.roles import Doing
from portal.enterprises.terms.record import Outcome, Role
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db


def check_may(actor: Person, enterprise: Enterprise, doing: Doing) -> Membership:
    """Return the actor's membership; raise NotAllowed, saying who may, unless its role does."""
    membership = find_membership(actor, enterprise.id)
    if membership is None or not roles.may(membership.role, doing):
        raise NotAllowed(roles.refusal_words(doing))
    return membership


def check_editor(actor: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed unless the actor is an owner or editor of the enterprise."""
    check_may(actor, enterprise, Doing.EDIT)


def check_owner(actor: Person, enterprise: Enterprise) -> None:
    """Raise NotAllowed unless the actor is an owner of the enterprise."""
    check_may(actor, enterprise, Doing.MANAGE)


def check_open(membership: Membership, version: int) -> None:
    """Raise Refused when the member has left, ChangedSinceOpened when the role was changed."""
    if membership.ended_at is not None:
        raise Refused(_("This person is no longer a member: open the members again"))
    if membership.version != version:
        raise ChangedSinceOpened(
            _("This member's role was changed since you opened the page: compare and repeat"),
            ("role",),
        )


@action
def change_role(actor: Person, membership: Membership, role: Role, version: int) -> None:
    """Give a member another role; the same role changes nothing.

    Raises NotAllowed, Refused for the last owner, ChangedSinceOpened.
    """
    enterprise = membership.enterprise
    check_owner(actor, enterprise)
    check_open(membership, version)
    if membership.role == role:
        return
    roles.check_keeps_owner(membership.role, count_owners(enterprise.id))
    before, membership.role = membership.role, role
    audit.record(actor, "change_role", enterprise, about(membership, role=(before, role)))
    if membership.person_id != actor.id:
        tell_event([membership.person], enterprise, "role_changed", role=role)


@action
def remove(actor: Person, membership: Membership, version: int) -> None:
    """End somebody's membership. Raises NotAllowed, Refused for the last owner."""
    enterprise = membership.enterprise
    check_owner(actor, enterprise)
    check_open(membership, version)
    roles.check_keeps_owner(membership.role, count_owners(enterprise.id))
    end(membership)
    audit.record(
        actor, "remove_member", enterprise, about(membership, role=(membership.role, None))
    )
    tell_event([membership.person], enterprise, "removed")


@action
def leave(actor: Person, enterprise: Enterprise) -> None:
    """End one's own membership. Raises NotAllowed for no member, Refused for the last owner."""
    membership = check_may(actor, enterprise, Doing.READ)
    roles.check_keeps_owner(membership.role, count_owners(enterprise.id))
    end(membership)
    audit.record(actor, "leave", enterprise, about(membership, role=(membership.role, None)))
    tell_event(owners_of(enterprise.id), enterprise, "left")


def end(membership: Membership) -> None:
    """Close a membership as of now, and the offers of ownership its person gave or got."""
    membership.ended_at = clock.now()
    for offer in offers_with(membership.person, membership.enterprise_id):
        offer.ended_at, offer.outcome = clock.now(), Outcome.WITHDRAWN


def admit(person: Person, enterprise: Enterprise, role: Role) -> Membership:
    """Make a person a member, or raise the role of one who is; the caller records why."""
    membership = find_membership(person, enterprise.id)
    if membership is None:
        membership = Membership(person=person, enterprise=enterprise, role=role, since=clock.now())
        db.session.add(membership)
    else:
        membership.role = role
    db.session.flush()
    code = find_open_code(enterprise.id) if role == Role.OWNER else None
    if code is not None:
        end_code(code, Outcome.WITHDRAWN, person)
    return membership


def end_code(code: HandOverCode, outcome: Outcome, actor: Actor) -> None:
    """Close a hand-over code."""
    code.ended_at, code.outcome = clock.now(), outcome
    code.ended_by_id = actor.actor_id
    db.session.flush()


def about(
    membership: Membership, **changes: tuple[object, object]
) -> dict[str, tuple[object, object]]:
    """Return a change for the trail: which membership of which person number, and what."""
    return {"member": (None, membership.person_id), **changes}
