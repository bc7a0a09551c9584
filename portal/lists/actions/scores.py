"""Scores on the sheet of a kind, and declaring a conflict of interest."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.casework.scoring import check_points
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions.entries import check_entry_version
from portal.lists.models import Entry, EntryConflict, EntryScore
from portal.lists.permits import check_curator, check_impartial
from portal.lists.procedures import curation
from portal.lists.queries.scores import find_score, has_conflict
from portal.lists.rules.releases import check_changeable
from portal.lists.terms.kinds import Kind


@action
def score_entry(
    actor: Person, entry: Entry, version: int, answers: dict[str, Any], opinion: str
) -> EntryScore:
    """Keep what the actor gives on the sheet; given again, the trail keeps both.

    Raises NotAllowed (no curator, own entry, a conflict of interest), Refused,
    ChangedSinceOpened.
    """
    check_curator(actor, entry.release.edition)
    check_impartial(actor, entry)
    check_changeable(entry.release.state)
    check_entry_version(entry, version)
    check_points(answers, curation().criteria[Kind(entry.release.edition.kind)])
    found = find_score(entry.id, actor.id)
    before = found.total if found else None
    found = found or EntryScore(entry_id=entry.id, officer_id=actor.id)
    found.answers, found.total, found.opinion = answers, sum(answers.values()), opinion.strip()
    found.office, found.given_at = office_name(actor), clock.now()
    db.session.add(found)
    db.session.flush()
    audit.record(actor, "score_entry", entry, {"score": (before, found.total)}, office=found.office)
    return found


def office_name(actor: Person) -> str:
    """Return the office an officer curates for."""
    office = office_of(actor, Right.CURATE_LISTS)
    return office.name_zh if office else ""


@action
def declare_conflict(actor: Person, entry: Entry, ground: str) -> None:
    """Declare a conflict of interest: from now on the actor decides nothing about this entry, and
    a score given before no longer counts. Raises NotAllowed, Refused."""
    check_curator(actor, entry.release.edition)
    if not ground.strip():
        raise Refused(_("Say in a few words what the conflict is"), "conflict")
    if has_conflict(entry.id, actor.id):
        raise Refused(_("You declared this already"))
    db.session.add(
        EntryConflict(
            entry_id=entry.id,
            officer_id=actor.id,
            ground=ground.strip(),
            declared_at=clock.now(),
        )
    )
    audit.record(actor, "declare_entry_conflict", entry, office=office_name(actor))
