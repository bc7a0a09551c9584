"""Taking an official list back as a whole, while nothing rests on its titles."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal import audit, clock
from portal.accounts.models import Person
from portal.classification.actions.list_recording import announce_all
from portal.classification.actions.official_lists import check_lister, check_state, owe
from portal.classification.actions.titles import supersede
from portal.classification.models.official_lists import OfficialList
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.permits import office_of
from portal.classification.queries import list_jobs
from portal.classification.queries import official_lists as queries
from portal.classification.queries.list_comparison import chunks
from portal.classification.queries.standing import touched_titles
from portal.classification.terms.official_lists import ListState
from portal.database import action
from portal.errors import Refused
from portal.extensions import db

AT_ONCE = 200  # titles taken back in one transaction


@action
def undo_list(actor: Person, official: OfficialList, version: int) -> None:
    """Have every title a list recorded taken back, also those settled later.

    What was known before stays told. Raises NotAllowed; Refused, naming what stands in the way,
    once something rests on one of the titles; ChangedSinceOpened.
    """
    check_lister(actor, official.kind)
    check_state(official, version, ListState.RECORDED)
    check_nothing_rests(queries.titles_from(official.id))
    official.state, official.undone_by_id = ListState.UNDOING, actor.id
    audit.record(actor, "undo_list", official, office=office_of(official.kind))
    owe(official)


@action
def undo_batch(list_id: int) -> bool:
    """Take the next titles of a list back; False when none is left."""
    official = list_jobs.get_job(list_id)
    if official.state != ListState.UNDOING or official.undone_by is None:
        return False
    titles = list_jobs.standing_titles(list_id, AT_ONCE)
    ground = _("List no. %(number)d was undone", number=list_id)
    for title in titles:
        supersede(official.undone_by, title, ground, flush=False)
    reopen_claims(titles)
    announce_all(title.enterprise_id for title in titles)
    return bool(titles)


@action
def finish_undo(list_id: int) -> None:
    """Say that a list is undone."""
    official = list_jobs.get_job(list_id)
    if official.state != ListState.UNDOING:
        return
    official.state, official.undone_at = ListState.UNDONE, clock.now()
    audit.record(
        audit.SYSTEM,
        "list_undone",
        official,
        {"titles": (list_jobs.count_titles(list_id), 0), "sha256": (official.digest, None)},
        office=office_of(official.kind),
    )


def check_nothing_rests(titles: Sequence[Title]) -> None:
    """Raise Refused when a title was corrected or withdrawn since, or settled a member's claim."""
    changed = [title.enterprise.name for title in titles if title.superseded_at is not None]
    touched = touched_titles([title.id for title in titles])
    changed += [title.enterprise.name for title in titles if title.id in touched]
    changed += [claim.enterprise.name for claim in claims_settled_by(titles) if claim.is_own]
    if changed:
        raise Refused(
            _(
                "This list cannot be undone any more: titles of %(names)s were corrected, changed"
                " or told to the enterprise since. Withdraw the titles one by one",
                names="、".join(list(dict.fromkeys(changed))[:5]),
            )
        )


def claims_settled_by(titles: Sequence[Title]) -> list[TitleClaim]:
    """Return the claims these titles settled, with their enterprises."""
    return [
        claim
        for some in chunks([title.id for title in titles])
        for claim in db.session.scalars(
            select(TitleClaim)
            .where(TitleClaim.title_id.in_(some))
            .options(joinedload(TitleClaim.enterprise))
        )
    ]


def reopen_claims(titles: Sequence[Title]) -> None:
    """Open again what imports had named and the list settled."""
    for claim in claims_settled_by(titles):
        claim.decided_at = claim.decided_by_id = claim.title_id = None
        claim.outcome = claim.decided_for = ""
