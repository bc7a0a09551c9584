"""Open claims follow a merged record into the one that remains, and come back with an undoing."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from portal import audit
from portal.accounts.models import Person
from portal.classification.actions.claims import decide, tell_of
from portal.classification.models.titles import TitleClaim
from portal.classification.permits import office_of
from portal.classification.queries.claims import WITH_KIND, open_claims_of
from portal.classification.terms.titles import ClaimOutcome
from portal.enterprises.following import Follower
from portal.enterprises.models import Enterprise
from portal.extensions import db

Moved = dict[str, list[int]]


def move(actor: Person, merged: Enterprise, survivor: Enterprise) -> Moved:
    """Hand the open claims of the merged record to the one that remains. One of a title the other
    claims at that level too is closed before, and its members are told."""
    found: Moved = {"moved": [], "closed": []}
    for claim in open_claims(merged.id):
        if open_claims_of(survivor.id, claim.kind_id, (claim.level,)):
            words = _("%(name)s claims the same title: that claim goes on", name=survivor.name)
            decide(actor, claim, ClaimOutcome.WITHDRAWN, ground=words)
            found["closed"].append(claim.id)
        hand_over(actor, claim, survivor)
        found["moved"].append(claim.id)
        if claim.is_own and not claim.is_open:
            tell_of(claim, "title_claim_decided", outcome=claim.outcome, ground=claim.ground)
    return found


def open_claims(enterprise_id: int) -> list[TitleClaim]:
    """Return what is claimed for an enterprise and not decided, oldest first."""
    return list(
        db.session.scalars(
            select(TitleClaim)
            .where(TitleClaim.enterprise_id == enterprise_id, TitleClaim.decided_at.is_(None))
            .options(WITH_KIND)
            .order_by(TitleClaim.id)
        )
    )


def hand_over(actor: Person, claim: TitleClaim, to: Enterprise) -> None:
    """Let a claim belong to another record."""
    changes = {"enterprise": (claim.enterprise_id, to.id)}
    audit.record(actor, "move_claim", claim, changes, office=office_of(claim.kind))
    claim.enterprise = to
    db.session.flush()


def restore(
    actor: Person, merged: Enterprise, survivor: Enterprise, moved: Moved | None
) -> list[str]:
    """Hand open claims back and open the closed ones again; those decided meanwhile stay."""
    found = moved or {"moved": [], "closed": []}
    left = 0
    for claim_id in found["moved"]:
        claim = db.session.get_one(TitleClaim, claim_id)
        was_closed = claim_id in found["closed"]
        if claim.enterprise_id != survivor.id or not (claim.is_open or was_closed):
            left += 1
            continue
        hand_over(actor, claim, merged)
        if was_closed:
            reopen(actor, claim)
    if not left:
        return []
    return [
        ngettext(
            "%(num)d claimed title was decided on since and stays",
            "%(num)d claimed titles were decided on since and stay",
            left,
        )
    ]


def reopen(actor: Person, claim: TitleClaim) -> None:
    """Let a claim that a merge closed wait for its decision again."""
    audit.record(actor, "reopen_claim", claim, {"outcome": (claim.outcome, None)})
    claim.decided_at = claim.decided_by_id = None
    claim.outcome = claim.ground = claim.decided_for = ""


FOLLOWER = Follower(move, restore)
