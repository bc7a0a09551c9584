"""Help for those who can no longer sign in: a code an administrator hands over in person."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import update

from portal import audit, clock
from portal.accounts import rules
from portal.accounts.actions.factors import random_code
from portal.accounts.actions.people import set_password
from portal.accounts.actions.proofs import add_proof, spend
from portal.accounts.actions.second_factor import end_factor
from portal.accounts.actions.sign_in import end_sign_ins
from portal.accounts.actions.telling import alert
from portal.accounts.keys import digest_of
from portal.accounts.models import PendingProof, Person
from portal.accounts.passwords import hash_password
from portal.accounts.queries import people as queries
from portal.accounts.queries.sign_ins import find_proof
from portal.accounts.terms import Act, Purpose, Right
from portal.accounts.throttle import count_attempt, refuse_throttled
from portal.audit import Actor
from portal.database import action
from portal.errors import NotAllowed, Refused
from portal.extensions import db

LENGTH = 16  # letters and figures, 80 bits
GROUP = 4


@action
def issue_recovery_code(actor: Actor, person: Person) -> str:
    """Return a code, shown once and good for an hour, by which the person sets a new password.

    It takes the place of one issued before; the person is told by every channel, the trail says
    who issued it. Raises NotAllowed for oneself or without `administer`, Refused for somebody
    whose account is closed.
    """
    if isinstance(actor, Person):
        if actor.id == person.id:
            raise NotAllowed(_("A recovery code is issued by another administrator"))
        if not queries.has_right(actor, Right.ADMINISTER):
            raise NotAllowed(_("Only an administrator issues recovery codes"))
    if person.disabled_at is not None:
        raise Refused(_("This account is closed: open it again first"))
    end_recovery_codes(person)
    row, _token = add_proof(Purpose.RECOVER, rules.RECOVERY_LIFE, person_id=person.id)
    code = random_code(LENGTH)
    row.token_digest = digest_of(code)
    audit.record(actor, "issue_recovery_code", person)
    alert(person, "recovery_code_issued")
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def end_recovery_codes(person: Person) -> None:
    """End the codes issued to a person and not used."""
    db.session.execute(
        update(PendingProof)
        .where(
            PendingProof.person_id == person.id,
            PendingProof.purpose == Purpose.RECOVER,
            PendingProof.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )


def recover(code: str, password: str, origin: str, *, drop_factor: bool) -> None:
    """Set a new password by an administrator's code and end every sign-in; with `drop_factor`
    the second factor, which is lost, is removed too.

    Raises Refused for a wrong, used or expired code or a poor password, Throttled.
    """
    rules.check_password(password, "")
    plain = rules.plain_code(code)
    refuse_throttled(Act.RECOVER, plain, origin)
    secret = hash_password(password)
    if find_proof(plain, Purpose.RECOVER, clock.now()) is None:
        count_attempt(Act.RECOVER, plain, origin)
        raise Refused(
            _("This code is not right, was used or has expired: ask the administrator"), "code"
        )
    set_recovered(plain, secret, drop_factor)


@action
def set_recovered(code: str, secret: str, drop_factor: bool) -> None:
    """Spend the code, replace the password and end what was open."""
    person = spend(code, Purpose.RECOVER).person
    assert person is not None
    set_password(person, secret)
    end_sign_ins(person)
    if drop_factor:
        end_factor(person)
    audit.record(person, "recover", person, {"second_factor_removed": (None, drop_factor)})
    alert(person, "password_changed")
