"""Handing the ownership of an enterprise's record to another member."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, city, clock
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.members import about, check_owner
from portal.enterprises.actions.telling import tell_event
from portal.enterprises.models import Membership, OwnershipOffer
from portal.enterprises.queries.invitations import offers_with
from portal.enterprises.queries.members import find_membership
from portal.enterprises.terms.record import Outcome, Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db


@action
def offer(actor: Person, membership: Membership) -> OwnershipOffer:
    """Offer one's ownership to a member; offering to the same member again changes nothing.

    Raises NotAllowed, Refused for an owner, a former member or while another offer is open.
    """
    enterprise = membership.enterprise
    check_owner(actor, enterprise)
    if membership.ended_at is not None:
        raise Refused(_("This person is no longer a member: open the members again"))
    if membership.role == Role.OWNER:
        raise Refused(_("This member is an owner already: choose another one"))
    for known in offers_with(actor, enterprise.id):
        if known.from_id == actor.id and is_open(known):
            if known.to_id == membership.person_id:
                return known
            raise Refused(_("You have offered the ownership already: withdraw that offer first"))
        close(known, Outcome.EXPIRED)
    made = OwnershipOffer(
        enterprise=enterprise,
        giver=actor,
        taker=membership.person,
        offered_at=clock.now(),
        expires_at=clock.now() + timedelta(days=city.joining().ownership_offer_days),
    )
    db.session.add(made)
    audit.record(actor, "offer_ownership", enterprise, about(membership))
    tell_event([membership.person], enterprise, "ownership_offered")
    return made


@action
def accept(actor: Person, offered: OwnershipOffer) -> None:
    """Become the owner in the place of who offered it, who becomes an editor.

    Accepting twice changes nothing. Raises NotAllowed, Refused.
    """
    check_taker(actor, offered)
    if offered.outcome == Outcome.ACCEPTED:
        return
    check_offered(offered)
    enterprise = offered.enterprise
    giver = find_membership(offered.giver, enterprise.id)
    taker = find_membership(actor, enterprise.id)
    if giver is None or giver.role != Role.OWNER or taker is None:
        raise Refused(_("Who offered the ownership no longer has it: ask an owner"))
    before = taker.role
    giver.role, taker.role = Role.EDITOR, Role.OWNER
    close(offered, Outcome.ACCEPTED)
    audit.record(actor, "accept_ownership", enterprise, about(taker, role=(before, Role.OWNER)))
    audit.record(actor, "change_role", enterprise, about(giver, role=(Role.OWNER, Role.EDITOR)))
    tell_event([offered.giver], enterprise, "ownership_given")
    tell_event([actor], enterprise, "ownership_taken")


@action
def decline(actor: Person, offered: OwnershipOffer) -> None:
    """Say no to an offer. Raises NotAllowed, Refused when it has ended."""
    check_taker(actor, offered)
    check_offered(offered)
    close(offered, Outcome.DECLINED)
    audit.record(actor, "decline_ownership", offered.enterprise)
    tell_event([offered.giver], offered.enterprise, "ownership_declined")


@action
def withdraw(actor: Person, offered: OwnershipOffer) -> None:
    """Take one's offer back. Raises NotAllowed, Refused when it has ended."""
    if offered.from_id != actor.id:
        raise NotAllowed(_("Only the owner who offered the ownership may withdraw the offer"))
    check_offered(offered)
    close(offered, Outcome.WITHDRAWN)
    audit.record(actor, "withdraw_ownership", offered.enterprise)
    tell_event([offered.taker], offered.enterprise, "ownership_withdrawn")


def check_taker(actor: Person, offered: OwnershipOffer) -> None:
    """Raise NotAllowed unless the ownership was offered to the actor."""
    if offered.to_id != actor.id:
        raise NotAllowed(_("Only the member to whom the ownership was offered may answer"))


def check_offered(offered: OwnershipOffer) -> None:
    """Raise Refused, saying how it ended, unless the offer can be answered now."""
    if is_open(offered):
        return
    words = {
        Outcome.ACCEPTED: _("This offer has been accepted already"),
        Outcome.DECLINED: _("This offer has been declined already"),
        Outcome.WITHDRAWN: _("This offer was withdrawn by the owner"),
    }
    expired = _("This offer has expired: ask the owner to offer it again")
    raise Refused(words[Outcome(offered.outcome)] if offered.outcome in words else expired)


def is_open(offered: OwnershipOffer) -> bool:
    """Say whether an offer can be answered now."""
    return offered.ended_at is None and offered.expires_at > clock.now()


def close(offered: OwnershipOffer, outcome: Outcome) -> None:
    """End an offer."""
    offered.ended_at, offered.outcome = clock.now(), outcome
    db.session.flush()
