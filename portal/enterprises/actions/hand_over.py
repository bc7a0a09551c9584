"""Handing a record over to its enterprise by a one-time code in a letter."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, city, clock
from portal.accounts.keys import digest_of
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Act, Right
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.database import action
from portal.enterprises.actions.members import admit, end_code
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.actions.telling import tell_event
from portal.enterprises.models import Enterprise, HandOverCode
from portal.enterprises.queries.members import count_owners, find_membership
from portal.enterprises.queries.recording import find_code, find_open_code
from portal.enterprises.rules.joining import CODE_LENGTH, CODE_LETTERS, read_code
from portal.enterprises.terms.record import TAKES_THE_CODE, Outcome, Role
from portal.errors import NotAllowed, Refused
from portal.extensions import db


class WrongCode(Refused):
    """No code like this was ever issued: counted against who tries."""


@action
def issue_code(actor: Person, enterprise: Enterprise) -> str:
    """Make a code for a record without owner and return it: it is never shown again.

    Raises NotAllowed, Refused when there is an owner or a code is open already.
    """
    check_reviewer(actor, enterprise)
    check_ownerless(enterprise)
    known = find_open_code(enterprise.id)
    if known is not None and known.expires_at > clock.now():
        raise Refused(_("A code is open and was shown once: void it before you issue another"))
    if known is not None:
        end_code(known, Outcome.EXPIRED, actor)
    code = "".join(secrets.choice(CODE_LETTERS) for _position in range(CODE_LENGTH))
    office = office_name(actor)
    db.session.add(
        HandOverCode(
            enterprise=enterprise,
            code_digest=digest_of(code),
            issued_at=clock.now(),
            issued_by_id=actor.id,
            issued_for=office,
            expires_at=clock.now() + timedelta(days=city.joining().hand_over_days),
        )
    )
    audit.record(actor, "issue_code", enterprise, office=office)
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def check_ownerless(enterprise: Enterprise) -> None:
    """Raise Refused unless the record holds its credit code and nobody owns it."""
    if count_owners(enterprise.id):
        raise Refused(_("This record has an owner: nothing is to be handed over"))
    if enterprise.state not in TAKES_THE_CODE:
        raise Refused(_("This record is not on record yet: send it for verification first"))


@action
def void_code(actor: Person, enterprise: Enterprise) -> None:
    """Make the open code useless. Raises NotAllowed, Refused when none is open."""
    check_reviewer(actor, enterprise)
    known = find_open_code(enterprise.id)
    if known is None:
        raise Refused(_("No code is open: nothing is to be voided"))
    end_code(known, Outcome.WITHDRAWN, actor)
    audit.record(actor, "void_code", enterprise, office=office_name(actor))


def use_code(actor: Person, text: str, origin: str) -> Enterprise:
    """Become the owner of the record a code was issued for; eight wrong codes are let through
    in a quarter of an hour. `origin` is the network address, counted.

    Raises Refused at `code`, saying what is wrong, NotAllowed for who issued it, Throttled.
    """
    account = str(actor.id)
    refuse_throttled(Act.HAND_OVER, account, origin)
    try:
        return take_over(actor, text)
    except WrongCode:
        count_attempt(Act.HAND_OVER, account, origin)
        raise


@action
def take_over(actor: Person, text: str) -> Enterprise:
    """Spend a code; a second click by the same person finds the work done."""
    found = find_code(digest_of(read_code(text)))
    if found is None:
        raise WrongCode(_("This code is not right: compare it with the letter"), "code")
    enterprise = found.enterprise
    membership = find_membership(actor, enterprise.id)
    if found.ended_by_id == actor.id and membership and found.outcome == Outcome.ACCEPTED:
        return enterprise
    check_usable(actor, found)
    end_code(found, Outcome.ACCEPTED, actor)
    admit(actor, enterprise, Role.OWNER)
    audit.record(actor, "take_over", enterprise, {"member": (None, actor.id)})
    tell_event([actor], enterprise, "handed_over")
    return enterprise


def check_usable(actor: Person, found: HandOverCode) -> None:
    """Raise Refused, each case in its own words, unless the code can be used now."""
    words = {
        Outcome.ACCEPTED: _("This code has been used: ask to act for the enterprise instead"),
        Outcome.WITHDRAWN: _("This code was voided by the bureau: ask the office for a new letter"),
    }
    expired = _("This code has expired: ask the office for a new letter")
    if found.outcome in words:
        raise Refused(words[Outcome(found.outcome)], "code")
    if found.ended_at is not None or found.expires_at <= clock.now():
        raise Refused(expired, "code")
    if found.issued_by_id == actor.id:
        raise NotAllowed(_("You issued this code: it is for the enterprise"))
    check_ownerless(found.enterprise)


def office_name(actor: Person) -> str:
    """Return the office an officer acts for when handing over."""
    office = office_of(actor, Right.REVIEW_ENTERPRISES)
    return office.name_zh if office else ""
