"""Links and codes: making them, sending codes by SMS, and trying them."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from portal import clock
from portal.accounts import keys, rules
from portal.accounts.models import PendingProof
from portal.accounts.queries.sign_ins import find_awaited, find_identifier, find_proof
from portal.accounts.terms import Act, IdentifierKind, Purpose
from portal.accounts.throttle import count_attempt
from portal.database import action
from portal.errors import NotFound, Refused
from portal.extensions import db
from portal.messages import write_nothing, write_sms

KEPT = timedelta(days=7)  # how long after its end a proof's row stays
# What the owner of a number reads that somebody signs up with or adds although it is theirs.
TAKEN = {Purpose.SIGN_UP: "already_signed_up", Purpose.ADD: "identifier_taken"}


def add_proof(purpose: Purpose, life: timedelta, **facts: Any) -> tuple[PendingProof, str]:
    """Add what is to be confirmed; return it with the token that only its holder will have.

    Forgets what ran out long ago.
    """
    db.session.execute(delete(PendingProof).where(PendingProof.expires_at < clock.now() - KEPT))
    token = secrets.token_urlsafe(32)
    row = PendingProof(
        purpose=purpose,
        token_digest=keys.digest_of(token),
        expires_at=clock.now() + life,
        **facts,
    )
    db.session.add(row)
    db.session.flush()
    return row, token


def send_code(row: PendingProof, language: str) -> None:
    """Give the proof a new code and write it to its number, unless the number is somebody
    else's: then its owner is told instead, and nobody has the code."""
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code_digest = keys.keyed_digest("code", f"{row.id}:{code}")
    row.tries, row.expires_at = 0, clock.now() + rules.CODE_LIFE
    owner = find_identifier(IdentifierKind.PHONE, row.subject)
    if row.purpose == Purpose.RESET and owner is None:
        write_nothing()
        return
    told = TAKEN.get(Purpose(row.purpose)) if owner else None
    write_sms(
        row.subject,
        told or "code",
        language=owner.person.language if owner else language,
        person_id=owner.person_id if owner else None,
        useful_for=rules.CODE_LIFE,
        **({} if told else {"code": code}),
    )


def send_again(token: str, purpose: Purpose, language: str, origin: str) -> None:
    """Send a new code in the place of the last. Raises NotFound when none is awaited, Throttled."""
    row = find_awaited(token, purpose)
    if row is None:
        raise NotFound
    count_attempt(Act.SEND_SMS, row.subject, origin)
    renew_code(token, purpose, language)


@action
def renew_code(token: str, purpose: Purpose, language: str) -> None:
    """Replace the code of what is awaited."""
    row = find_awaited(token, purpose)
    if row is None:
        raise NotFound
    send_code(row, language)


def check_code(token: str, purpose: Purpose, code: str) -> None:
    """Raise Refused at `code` unless it is the one sent; each try counts, right or wrong."""
    if try_code(token, purpose, rules.plain_code(code)):
        return
    row = find_proof(token, purpose, clock.now())
    if row is None or row.tries >= rules.CODE_TRIES:
        raise Refused(_("This code no longer works: have a new one sent"), "code")
    raise Refused(_("The code is not right: check the six figures in the SMS"), "code")


@action
def try_code(token: str, purpose: Purpose, code: str) -> bool:
    """Count a try and say whether it was right; False also when the tries are used up."""
    row = find_proof(token, purpose, clock.now())
    if row is None or row.tries >= rules.CODE_TRIES:
        return False
    row.tries += 1
    return keys.is_digest("code", f"{row.id}:{code}", row.code_digest)


def spend(token: str, purpose: Purpose) -> PendingProof:
    """Use up a proof inside an action. Raises NotFound when it was or has run out."""
    row = find_proof(token, purpose, clock.now())
    if row is None:
        raise NotFound
    row.used_at = clock.now()
    return row
