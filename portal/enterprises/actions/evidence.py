"""Evidence of a record: adding, replacing and removing files; identity papers for a time only."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.models import Person
from portal.database import action
from portal.enterprises.actions.figures import check_open, name_of
from portal.enterprises.actions.members import check_editor
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.evidence import (
    IDENTITY_PAPER,
    OWNER_KIND,
    evidence_of,
    is_relied_on,
    relied_on,
    undated_papers,
)
from portal.enterprises.queries.figures import metrics, years_now
from portal.enterprises.terms.record import FIELDS, PRIVATE
from portal.errors import Refused
from portal.files import Received, StoredFile

MOST = 200  # files a record may hold
PROVABLE = tuple(name for name in FIELDS if name not in PRIVATE)


def purposes() -> set[str]:
    """Return every field and figure a file can belong to."""
    dated = {
        name_of(code, year)
        for code, metric in metrics().items()
        for back, year in enumerate(years_now())
        if metric.years > back
    }
    return {*PROVABLE, *dated, *(code for code, metric in metrics().items() if not metric.years)}


def check_room(enterprise: Enterprise, purpose: str) -> None:
    """Raise Refused for an unknown purpose or one file too many."""
    if purpose not in purposes():
        raise Refused(_("Choose what the file proves"), "purpose")
    if len(evidence_of(enterprise)) >= MOST:
        raise Refused(
            _("A record holds at most %(most)d files: remove one first", most=MOST), "proof"
        )


@action
def add_evidence(
    actor: Person, enterprise: Enterprise, purpose: str, received: Received
) -> StoredFile:
    """Keep a member's file for a field or figure. Raises NotAllowed, Refused."""
    check_editor(actor, enterprise)
    check_open(enterprise)
    check_room(enterprise, purpose)
    audit.record(actor, "add_evidence", enterprise, {"evidence": (None, purpose)})
    return files.keep(actor, received, OWNER_KIND, enterprise.id, purpose=purpose)


@action
def add_officers_evidence(
    actor: Person, enterprise: Enterprise, purpose: str, received: Received
) -> StoredFile:
    """Keep what an officer checked a figure against. Raises NotAllowed, Refused."""
    check_reviewer(actor, enterprise)
    check_room(enterprise, purpose)
    audit.record(actor, "add_evidence", enterprise, {"evidence": (None, purpose)})
    return files.keep(actor, received, OWNER_KIND, enterprise.id, purpose=purpose)


@action
def add_identity_paper(
    actor: Person, enterprise: Enterprise, received: Received, longest: int
) -> StoredFile:
    """Keep a scan of the legal representative's paper until it has served its end.

    The day it goes is set by `date_identity_papers` once a decision is taken; where none ever is,
    it goes `longest` days from now.
    """
    check_editor(actor, enterprise)
    check_open(enterprise)
    audit.record(actor, "add_identity_paper", enterprise)
    until = clock.today() + timedelta(days=longest)
    return files.keep(
        actor, received, OWNER_KIND, enterprise.id, purpose=IDENTITY_PAPER, keep_until=until
    )


def check_removable(enterprise: Enterprise, file: StoredFile) -> None:
    """Raise Refused when an officer's check rests on a file: it stays as the basis."""
    if is_relied_on(file, relied_on(enterprise), PROVABLE):
        raise Refused(
            _(
                "An officer checked the facts against this file: it stays with the record."
                " Add a newer one beside it"
            )
        )


@action
def remove_evidence(actor: Person, enterprise: Enterprise, file: StoredFile) -> None:
    """Take a member's file away for good; its hash stays in the trail.

    Raises NotAllowed, Refused.
    """
    check_editor(actor, enterprise)
    check_open(enterprise)
    check_removable(enterprise, file)
    audit.record(actor, "remove_evidence", enterprise, {"evidence": (file.purpose, None)})
    files.remove(actor, file)


@action
def replace_evidence(
    actor: Person, enterprise: Enterprise, file: StoredFile, received: Received
) -> StoredFile:
    """Put a new file in another's place, for the same field or figure.

    Raises NotAllowed, Refused.
    """
    check_editor(actor, enterprise)
    check_open(enterprise)
    check_removable(enterprise, file)
    audit.record(actor, "replace_evidence", enterprise, {"evidence": (file.purpose, file.purpose)})
    files.remove(actor, file)
    return files.keep(
        actor,
        received,
        OWNER_KIND,
        enterprise.id,
        purpose=file.purpose,
        keep_until=file.keep_until,
    )


@action
def date_identity_papers(days: int) -> int:
    """Let identity papers go `days` after the decision they were for; return how many changed."""
    changed = 0
    for file, decided_at in undated_papers():
        until = decided_at.astimezone(clock.city_zone()).date() + timedelta(days=days)
        changed += files.keep_until(audit.SYSTEM, file, until)
    return changed
