"""Asking to act for an enterprise on record, and being let."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries import mail_of
from portal.database import action
from portal.enterprises.actions.members import admit
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.models import Claim, Enterprise
from portal.enterprises.queries.members import find_membership, find_open_claim
from portal.enterprises.terms import Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db
from portal.messages import write_mail


@action
def claim(actor: Person, enterprise: Enterprise, statement: str) -> Claim:
    """Ask to act for a record that exists; asking twice returns the open request."""
    if find_membership(actor, enterprise.id) is not None:
        raise Refused(_("You act for this enterprise already"))
    if not statement.strip():
        raise Refused(_("Say what you do in the enterprise and who authorised you"), "statement")
    made = find_open_claim(actor, enterprise.id)
    if made is None:
        made = Claim(
            enterprise_id=enterprise.id,
            person_id=actor.id,
            statement=statement.strip(),
            made_at=clock.now(),
        )
        db.session.add(made)
        audit.record(actor, "claim", enterprise)
    return made


@action
def decide_claim(actor: Person, claim: Claim, accepted: bool, ground: str) -> None:
    """Let a person act for an enterprise, or refuse with a ground.

    Raises NotAllowed, Refused when it is decided already or the ground is missing.
    """
    check_reviewer(actor, claim.enterprise)
    if claim.person_id == actor.id:
        raise NotAllowed(_("You made this request: another officer decides on it"))
    if claim.decided_at is not None:
        raise Refused(_("This request has been decided already"))
    if not accepted and not ground.strip():
        raise Refused(_("Give the ground for refusing; the person will read it"), "ground")
    claim.accepted, claim.ground = accepted, ground.strip()
    claim.decided_at, claim.decided_by_id = clock.now(), actor.id
    if accepted:
        admit(claim.person, claim.enterprise, Role.EDITOR)
    audit.record(
        actor, "accept_claim" if accepted else "refuse_claim", claim.enterprise, note=claim.ground
    )
    identifier = mail_of(claim.person)
    if identifier is not None:
        write_mail(
            identifier.subject,
            "claim_decided",
            language=claim.person.language,
            person_id=claim.person_id,
            enterprise=claim.enterprise_id,
            accepted=accepted,
            ground=claim.ground,
        )
