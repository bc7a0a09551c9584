"""The sentences officers use often: read for a matter, added, reworded and retired."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of, rights_of
from portal.audit import Actor
from portal.casework.models import CannedReason
from portal.casework.procedures import procedure_of
from portal.casework.terms import Matter
from portal.database import action
from portal.errors import NotAllowed, NotFound, Refused
from portal.extensions import db


def reasons_for(matter: str) -> dict[str, list[str]]:
    """Return the sentences of a matter by field; those of the opinion stand under ''."""
    found: dict[str, list[str]] = {}
    for reason in all_reasons(matter):
        found.setdefault(reason.field, []).append(reason.text)
    return found


def all_reasons(matter: str) -> Sequence[CannedReason]:
    """Return the sentences in use of a matter, by field and age."""
    return db.session.scalars(
        select(CannedReason)
        .where(CannedReason.matter == matter, CannedReason.retired_at.is_(None))
        .order_by(CannedReason.field, CannedReason.id)
    ).all()


def get_reason(reason_id: int) -> CannedReason:
    """Return a sentence in use; raises NotFound."""
    found = db.session.get(CannedReason, reason_id)
    if found is None or found.retired_at is not None:
        raise NotFound
    return found


def may_manage(person: Person, matter: str) -> bool:
    """Say whether a person keeps the sentences of a matter: its right, in the whole city."""
    right = procedure_of(matter).right
    return any(held.right == right and held.is_citywide for held in rights_of(person))


def check_may_manage(actor: Actor, matter: str) -> None:
    """Raise NotAllowed unless the actor, or the portal itself, may keep a matter's sentences."""
    if isinstance(actor, Person) and not may_manage(actor, matter):
        raise NotAllowed(
            _("Common reasons are kept by officers whose right holds in the whole city")
        )


@action
def add_reason(actor: Actor, matter: str, field: str, text: str) -> CannedReason:
    """Add a sentence; one that was retired comes back. Raises NotAllowed, Refused when it is
    there already."""
    check_may_manage(actor, matter)
    text = text.strip()
    reason = same_reason(matter, field, text)
    if reason is not None and reason.retired_at is None:
        raise Refused(_("This reason is in the list already"), "text")
    if reason is None:
        reason = CannedReason(matter=str(Matter(matter)), field=field, text=text)
        db.session.add(reason)
    reason.retired_at = None
    note_change(actor, reason, "add_reason", {"text": ("", text)})
    return reason


@action
def reword_reason(actor: Person, reason: CannedReason, text: str) -> None:
    """Word a sentence anew; letters already written keep theirs."""
    check_may_manage(actor, reason.matter)
    other = same_reason(reason.matter, reason.field, text.strip())
    if other is not None and other.id != reason.id:
        raise Refused(_("This reason is in the list already"), "text")
    before, reason.text = reason.text, text.strip()
    note_change(actor, reason, "reword_reason", {"text": (before, reason.text)})


@action
def retire_reason(actor: Person, reason: CannedReason) -> None:
    """Offer a sentence no longer."""
    check_may_manage(actor, reason.matter)
    reason.retired_at = clock.now()
    note_change(actor, reason, "retire_reason", {})


@action
def load_reason(matter: str, field: str, text: str) -> None:
    """Add a sentence of the fixtures once; what officers reworded or retired stays so."""
    if same_reason(matter, field, text) is None:
        add_reason(audit.SYSTEM, matter, field, text)


def same_reason(matter: str, field: str, text: str) -> CannedReason | None:
    """Return the sentence of that wording, retired or not, or None."""
    return db.session.scalar(
        select(CannedReason).where(
            CannedReason.matter == matter, CannedReason.field == field, CannedReason.text == text
        )
    )


def note_change(
    actor: Actor, reason: CannedReason, act: str, changes: dict[str, tuple[str, str]]
) -> None:
    """Keep who changed a sentence, for which office."""
    reason.changed_at, reason.changed_by_id = clock.now(), actor.actor_id
    db.session.flush()
    right = procedure_of(reason.matter).right
    office = office_of(actor, right) if isinstance(actor, Person) else None
    audit.record(actor, act, reason, changes, office=office.name_zh if office else "")
