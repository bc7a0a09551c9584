"""What the worker forgets every night because nobody needs it any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_

from portal import clock
from portal.accounts.models import Attempt, PendingProof, SignIn
from portal.accounts.throttle import WINDOW
from portal.database import action
from portal.extensions import db

PROOFS_KEPT = timedelta(days=7)
SIGN_INS_KEPT = timedelta(days=90)


@action
def forget_expired() -> None:
    """Delete counted attempts past every window, links and codes spent or expired a week ago and
    sign-ins that ended, or were last used, more than 90 days ago."""
    now = clock.now()
    proofs, sign_ins = now - PROOFS_KEPT, now - SIGN_INS_KEPT
    db.session.execute(delete(Attempt).where(Attempt.at < now - 4 * WINDOW))
    db.session.execute(
        delete(PendingProof).where(
            or_(PendingProof.expires_at < proofs, PendingProof.used_at < proofs)
        )
    )
    db.session.execute(
        delete(SignIn).where(or_(SignIn.ended_at < sign_ins, SignIn.last_seen_at < sign_ins))
    )
