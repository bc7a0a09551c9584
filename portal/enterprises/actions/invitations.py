"""Inviting somebody to act for an enterprise; accepting and declining."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, city, clock
from portal.accounts.keys import digest_of
from portal.accounts.models import Person
from portal.audit import Actor
from portal.database import action
from portal.enterprises.actions.members import admit, check_owner
from portal.enterprises.actions.telling import tell_event
from portal.enterprises.models import Enterprise, Invitation, Membership
from portal.enterprises.queries import invitations as queries
from portal.enterprises.queries.members import find_membership
from portal.enterprises.rules.joining import check_room, read_address, spent_words
from portal.enterprises.rules.roles import Doing, may
from portal.enterprises.terms.record import Outcome, Role
from portal.errors import Refused
from portal.extensions import db
from portal.messages import write_mail, write_sms
from portal.messages.terms import Channel

BATCH = 500


@action
def invite(actor: Person, enterprise: Enterprise, address: str, role: Role) -> Invitation:
    """Invite whoever reads a mail address or mobile number; whether it has an account is not
    asked. An open invitation to the same address is replaced.

    Raises NotAllowed, Refused at `address` or when too many are open or were sent today.
    """
    check_owner(actor, enterprise)
    channel, address = read_address(address)
    known = queries.find_open_invitation(enterprise.id, address)
    if known is not None:
        end(known, Outcome.REPLACED, actor)
    return send(actor, enterprise, channel, address, role)


@action
def invite_again(actor: Person, invitation: Invitation) -> Invitation:
    """Send an invitation again with a new link; the old link ends. Raises NotAllowed, Refused."""
    check_owner(actor, invitation.enterprise)
    check_not_ended(invitation)
    channel, address, role = invitation.channel, invitation.address, invitation.role
    end(invitation, Outcome.REPLACED, actor)
    return send(actor, invitation.enterprise, Channel(channel), address, Role(role))


def send(
    actor: Person, enterprise: Enterprise, channel: Channel, address: str, role: Role
) -> Invitation:
    """Add an invitation and owe its message, which alone holds the link."""
    limits, now = city.joining(), clock.now()
    check_room(
        queries.count_open(enterprise.id, now),
        limits.open_invitations,
        queries.count_sent(enterprise.id, actor, now - timedelta(days=1)),
        limits.invitations_a_day,
    )
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        enterprise=enterprise,
        role=role,
        channel=channel,
        address=address,
        digest_key=secrets.token_hex(16),
        token_digest=digest_of(token),
        invited_by_id=actor.id,
        made_at=now,
        expires_at=now + timedelta(days=limits.invitation_days),
    )
    db.session.add(invitation)
    write_invitation(actor, invitation, token)
    audit.record(actor, "invite", enterprise, in_trail(invitation))
    return invitation


def write_invitation(actor: Person, invitation: Invitation, token: str) -> None:
    """Owe the message: who invites whom to what, and the link."""
    by_mail = invitation.channel == Channel.MAIL
    write = write_mail if by_mail else write_sms
    write(
        invitation.address if by_mail else f"+86{invitation.address}",
        "invitation",
        language=actor.language,
        inviter=actor.display_name,
        name=invitation.enterprise.name,
        role=invitation.role,
        days=city.joining().invitation_days,
        token=token,
    )


def in_trail(invitation: Invitation) -> dict[str, tuple[object, object]]:
    """Return what the trail keeps of an invitation that has not ended: the role, and in place of
    the address a digest by the invitation's own key."""
    assert invitation.digest_key, "an invitation that ended has no address"
    stands_for = audit.digest(invitation.digest_key, invitation.address)
    return {"role": (None, invitation.role), "address": (None, stands_for)}


@action
def withdraw(actor: Person, invitation: Invitation) -> None:
    """Take an invitation back. Raises NotAllowed, Refused when it has ended."""
    check_owner(actor, invitation.enterprise)
    check_not_ended(invitation)
    changes = in_trail(invitation)
    end(invitation, Outcome.WITHDRAWN, actor)
    audit.record(actor, "withdraw_invitation", invitation.enterprise, changes)


def check_not_ended(invitation: Invitation) -> None:
    """Raise Refused for an invitation that was accepted, withdrawn or replaced."""
    if invitation.ended_at is not None:
        raise Refused(_("This invitation has ended already: open the members again"))


@action
def accept(actor: Person, token: str) -> Membership:
    """Become a member by an invitation's link; a second click finds the membership made.

    Raises NotFound for an unknown link, Refused for a member, an expired or ended invitation,
    or when the one who invited may no longer do so.
    """
    invitation = queries.get_invited(digest_of(token))
    enterprise = invitation.enterprise
    membership = find_membership(actor, enterprise.id)
    if invitation.ended_by_id == actor.id and membership and invitation.outcome == Outcome.ACCEPTED:
        return membership
    check_acceptable(invitation)
    if membership is not None:
        raise Refused(
            _("You are a member of this enterprise already: the invitation is not needed")
        )
    changes = in_trail(invitation) | {"member": (None, actor.id)}
    end(invitation, Outcome.ACCEPTED, actor)
    membership = admit(actor, enterprise, Role(invitation.role))
    audit.record(actor, "accept_invitation", enterprise, changes)
    tell_event([invitation.invited_by], enterprise, "joined", role=membership.role)
    return membership


@action
def decline(actor: Actor, token: str) -> None:
    """Turn an invitation down, with or without an account; its address is forgotten and who
    invited is told. Raises NotFound for an unknown link, Refused for one that has ended."""
    invitation = queries.get_invited(digest_of(token))
    why_not = spent_words(
        invitation.outcome, invitation.ended_at, invitation.expires_at, clock.now()
    )
    if why_not:
        raise Refused(why_not)
    enterprise, changes = invitation.enterprise, in_trail(invitation)
    end(invitation, Outcome.DECLINED, actor)
    audit.record(actor, "decline_invitation", enterprise, changes)
    if find_membership(invitation.invited_by, enterprise.id) is not None:
        tell_event([invitation.invited_by], enterprise, "invitation_declined")


def check_acceptable(invitation: Invitation) -> None:
    """Raise Refused, each case in its own words, unless the invitation can be accepted now."""
    why_not = spent_words(
        invitation.outcome, invitation.ended_at, invitation.expires_at, clock.now()
    )
    inviter = find_membership(invitation.invited_by, invitation.enterprise_id)
    if not why_not and (inviter is None or not may(inviter.role, Doing.MANAGE)):
        why_not = _("Who sent this invitation no longer owns the enterprise: ask for a new one")
    if why_not:
        raise Refused(why_not)


def end(invitation: Invitation, outcome: Outcome, actor: Actor) -> None:
    """Close an invitation and forget its address; with the key what stands in the trail tells
    nobody."""
    invitation.ended_at, invitation.outcome = clock.now(), outcome
    invitation.ended_by_id = actor.actor_id
    invitation.address, invitation.digest_key = "", None
    db.session.flush()


@action
def end_expired() -> int:
    """Close a batch of invitations nobody accepted in time; return how many."""
    due = queries.expired_invitations(clock.now(), BATCH)
    for invitation in due:
        end(invitation, Outcome.EXPIRED, audit.SYSTEM)
    return len(due)


def forget_expired_invitations() -> None:
    """The night's work: close what expired, so that no address is kept longer than needed."""
    while end_expired():
        pass
