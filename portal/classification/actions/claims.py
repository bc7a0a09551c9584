"""Titles an import names: claims to be verified, settled by a recorded title or dismissed.

A claim is no title: it is never counted, indexed or shown to the public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from portal import audit, clock
from portal.accounts.models import Person
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.permits import check_recorder
from portal.classification.queries.titles import title_kinds
from portal.database import action
from portal.errors import Refused
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
            "import_job_id": import_job_id,
            "claimed_at": clock.now(),
        }
        for key, words in claims.items()
        if key not in held
    ]
    if fresh:
        db.session.execute(insert(TitleClaim), fresh)
    return len(fresh)


def settle_claims(actor: Person, title: Title) -> None:
    """Close the open claims a recorded title answers; call it in the action that records."""
    for claim in db.session.scalars(
        select(TitleClaim).where(
            TitleClaim.enterprise_id == title.enterprise_id,
            TitleClaim.kind_id == title.kind_id,
            TitleClaim.level.in_((title.level, "")),
            TitleClaim.decided_at.is_(None),
        )
    ):
        decide(actor, claim, title_id=title.id)


@action
def dismiss_claim(actor: Person, claim: TitleClaim, ground: str) -> None:
    """Say why a claim is not borne out. Raises NotAllowed, Refused when decided or groundless."""
    check_recorder(actor, claim.enterprise, claim.kind)
    if claim.decided_at is not None:
        raise Refused(_("This claim has been decided already"))
    if not ground.strip():
        raise Refused(_("Say why, with what the correction rests on"), "ground")
    decide(actor, claim, ground=ground.strip())


def decide(actor: Person, claim: TitleClaim, **outcome: Any) -> None:
    """Write down what became of a claim."""
    claim.decided_at, claim.decided_by_id = clock.now(), actor.id
    for name, value in outcome.items():
        setattr(claim, name, value)
    changes = {name: (None, value) for name, value in outcome.items() if name == "title_id"}
    audit.record(actor, "settle_claim", claim, changes, note=outcome.get("ground", ""))
