"""Setting a new password: by a mailed link, by a code sent to a phone, or knowing the old one."""

from __future__ import annotations

from portal import audit, clock
from portal.accounts import rules
from portal.accounts.actions.people import set_password
from portal.accounts.actions.proofs import add_proof, check_code, send_code, spend
from portal.accounts.actions.proving import prove_password
from portal.accounts.actions.sign_in import end_sign_ins
from portal.accounts.actions.telling import alert
from portal.accounts.models import Person, SignIn
from portal.accounts.passwords import hash_password
from portal.accounts.queries.sign_ins import find_identifier, find_proof
from portal.accounts.terms import Act, IdentifierKind, Purpose
from portal.accounts.throttle import count_attempt
from portal.database import action
from portal.errors import NotFound
from portal.messages import write_mail, write_nothing


def request_reset(account: str, language: str, origin: str) -> str | None:
    """Mail a reset link, or send a code and return the token under which it is awaited, if there
    is such an account; say and do the same if there is none."""
    kind, subject = rules.normal_account(account)
    count_attempt(Act.RESET, subject, origin)
    if kind is IdentifierKind.PHONE:
        count_attempt(Act.SEND_SMS, subject, origin)
    return write_reset(kind, subject, language)


@action
def write_reset(kind: IdentifierKind, subject: str, language: str) -> str | None:
    """Write the link or code to a confirmed address or number, nothing to any other."""
    owner = find_identifier(kind, subject)
    row, token = add_proof(
        Purpose.RESET,
        rules.RESET_LIFE,
        person_id=owner.person_id if owner else None,
        kind=kind,
        subject=subject,
    )
    if kind is IdentifierKind.PHONE:
        send_code(row, language)
        return token
    if owner is None:
        write_nothing()
    else:
        write_mail(
            subject,
            "reset",
            language=owner.person.language,
            person_id=owner.person_id,
            token=token,
        )
    return None


def reset_by_link(token: str, password: str) -> None:
    """Set a new password by a mailed link and end every sign-in.

    Raises NotFound for a spent or unknown link, Refused for a poor password.
    """
    row = find_proof(token, Purpose.RESET, clock.now())
    if row is None or row.kind != IdentifierKind.MAIL:
        raise NotFound
    rules.check_password(password, row.subject)
    replace_password(token, hash_password(password))


def reset_by_code(token: str, code: str, password: str) -> None:
    """Set a new password by a code sent to a phone and end every sign-in.

    Raises Refused for a poor password or a wrong code, NotFound when none is awaited.
    """
    rules.check_password(password, "")
    check_code(token, Purpose.RESET, code)
    replace_password(token, hash_password(password))


@action
def replace_password(token: str, secret: str) -> None:
    """Spend the link or code, replace the password and end the person's sign-ins."""
    person = spend(token, Purpose.RESET).person
    if person is None:
        raise NotFound
    set_password(person, secret)
    end_sign_ins(person)
    audit.record(person, "reset_password", person)
    alert(person, "password_changed")


def change_password(
    person: Person, sign_in: SignIn, present: str, password: str, origin: str
) -> None:
    """Set a new password knowing the present one; every other sign-in ends.

    Raises Refused for a wrong present password or a poor new one, Throttled.
    """
    prove_password(person, present, origin)
    rules.check_password(password, "")
    put_password(person, sign_in, hash_password(password))


@action
def put_password(person: Person, sign_in: SignIn, secret: str) -> None:
    """Replace the password, end the person's other sign-ins and tell them."""
    set_password(person, secret)
    end_sign_ins(person, but=sign_in)
    audit.record(person, "change_password", person)
    alert(person, "password_changed")
