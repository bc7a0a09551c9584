"""Letting a list go on although entries have no outcome: asked by one officer, consented to by
another."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.models import LedgerWaiver, Release
from portal.lists.permits import check_curator
from portal.lists.queries.ledger import count_without_outcome, waivers_of
from portal.lists.terms.ledger import Purpose


@action
def ask_waiver(actor: Person, release: Release, purpose: Purpose, reason: str) -> LedgerWaiver:
    """Ask a second officer to let the release be published or archived all the same.

    Raises NotAllowed, Refused (no reason, nothing to waive, asked already).
    """
    check_curator(actor, release.edition)
    if not reason.strip():
        raise Refused(_("Give the reason; the public reads it"), "reason")
    if not count_without_outcome(release, purpose):
        raise Refused(_("Every entry has its outcome: nothing is to be waived"))
    if any(waiver.purpose == purpose for waiver in waivers_of(release)):
        raise Refused(_("This was asked for already"))
    waiver = LedgerWaiver(
        release_id=release.id,
        purpose=str(purpose),
        reason=reason.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.id,
    )
    db.session.add(waiver)
    audit.record(actor, "ask_waiver", release, {"purpose": (None, str(purpose))}, note=reason)
    return waiver


@action
def consent_to_waiver(actor: Person, waiver: LedgerWaiver, version: int) -> None:
    """Consent as a second officer. Raises NotAllowed for one's own, ChangedSinceOpened."""
    check_curator(actor, waiver.release.edition)
    if waiver.asked_by_id == actor.id:
        raise NotAllowed(_("You asked for this: a second officer consents to it"))
    if waiver.version != version or waiver.consented_at is not None:
        raise ChangedSinceOpened(_("This was consented to already"))
    waiver.consented_at, waiver.consented_by_id = clock.now(), actor.id
    audit.record(actor, "consent_to_waiver", waiver.release, {"purpose": (None, waiver.purpose)})
