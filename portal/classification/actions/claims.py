"""Claimed titles: named by an import, settled by a recorded title or refused with a ground.

A claim is no title: it is never counted, indexed or shown to the public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from portal import audit, clock
from portal.accounts.models import Person
from portal.audit import Actor
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.permits import check_recorder, office_of
from portal.classification.queries.claims import WITH_KIND
from portal.classification.queries.titles import title_kinds
from portal.classification.rules.titles import check_ground
from portal.classification.terms.titles import ClaimOutcome
from portal.database import action
from portal.enterprises.actions.telling import tell_members
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db


@action
def claim_titles(named: Mapping[int, Sequence[Mapping[str, str]]], import_job_id: int) -> int:
    """Keep what an import names, by enterprise; what is claimed already is left alone.

    The trail's line for the whole import is the importer's. Returns how many are new.
    """
    kinds = {kind.slug: kind.id for kind in title_kinds()}
    held = {
        (row.enterprise_id, row.kind_id, row.level)
        for row in db.session.execute(
            select(TitleClaim.enterprise_id, TitleClaim.kind_id, TitleClaim.level).where(
                TitleClaim.enterprise_id.in_(named)
            )
        )
    }
    claims = {
        (enterprise_id, kinds[claim["kind"]], claim["level"]): claim["words"]
        for enterprise_id, found in named.items()
        for claim in found
    }
    fresh = [
        {
            "enterprise_id": key[0],
            "kind_id": key[1],
            "level": key[2],
            "words": words,
            "version": 1,
            "import_job_id": import_job_id,
            "claimed_at": clock.now(),
        }
        for key, words in claims.items()
        if key not in held
    ]
    if fresh:
        db.session.execute(insert(TitleClaim), fresh)
    return len(fresh)


def settle_claims(actor: Actor, title: Title) -> None:
    """Close the open claims a recorded title answers; call it in the action that records."""
    for claim in db.session.scalars(
        select(TitleClaim)
        .where(
            TitleClaim.enterprise_id == title.enterprise_id,
            TitleClaim.kind_id == title.kind_id,
            TitleClaim.level.in_((title.level, "")),
            TitleClaim.decided_at.is_(None),
        )
        .options(WITH_KIND, joinedload(TitleClaim.enterprise))
    ):
        if answers(title, claim):
            decide(actor, claim, ClaimOutcome.VERIFIED, title=title)


def answers(title: Title, claim: TitleClaim) -> bool:
    """Say whether a title is the one a claim means: what an import names has no particulars."""
    return not claim.is_own or (claim.number, claim.subject) == (title.number, title.subject)


@action
def refuse_claim(actor: Person, claim: TitleClaim, version: int, ground: str) -> None:
    """Say why a claim is not borne out; the enterprise is told of its own.

    Raises NotAllowed, Refused when decided or groundless, ChangedSinceOpened.
    """
    check_recorder(actor, claim.enterprise, claim.kind)
    check_undecided(claim, version)
    check_ground(ground)
    decide(actor, claim, ClaimOutcome.REFUSED, ground=ground.strip())


def check_undecided(claim: TitleClaim, version: int) -> None:
    """Raise Refused for a claim decided already, ChangedSinceOpened for one that says more now."""
    if not claim.is_open:
        raise Refused(_("This claim has been decided already"))
    if claim.version != version:
        raise ChangedSinceOpened(
            _("The enterprise has added particulars to this claim: open it again and compare")
        )


def decide(
    actor: Actor,
    claim: TitleClaim,
    outcome: ClaimOutcome,
    *,
    title: Title | None = None,
    ground: str = "",
) -> None:
    """Write down what became of a claim; its members are told unless they took it back."""
    office = office_of(claim.kind) if outcome != ClaimOutcome.WITHDRAWN else ""
    claim.decided_at, claim.decided_by_id = clock.now(), actor.actor_id
    claim.outcome, claim.ground, claim.decided_for = outcome, ground, office
    changes: dict[str, tuple[object, object]] = {"outcome": (None, str(outcome))}
    if title is not None:
        claim.title_id = title.id
        changes["title"] = (None, title.id)
    audit.record(actor, "settle_claim", claim, changes, note=ground, office=office)
    if claim.is_own and outcome != ClaimOutcome.WITHDRAWN:
        tell_of(claim, "title_claim_decided", outcome=str(outcome), ground=ground)


def tell_of(claim: TitleClaim, template: str, **values: str) -> None:
    """Write to the members about a claim, the title by its name in both languages."""
    tell_members(
        claim.enterprise,
        template,
        claim=claim.id,
        title_zh=claim.kind.name_zh,
        title_en=claim.kind.name_en,
        **values,
    )
