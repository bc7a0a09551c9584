"""Proposing a change after release, in the open; not consenting to one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.entries import Incomplete, check_entry_version
from portal.lists.models import Entry, Erratum, Release
from portal.lists.permits import check_curator, check_impartial
from portal.lists.public_texts import giving_away
from portal.lists.queries.errata import find_proposed
from portal.lists.queries.wordings import public_facts, public_wording
from portal.lists.rules import errata as rules
from portal.lists.rules.entries import length_faults, missing_faults, time_faults
from portal.lists.terms.errata import EDITION_FIELDS, ISSUE_FIELDS, ErratumKind, ErratumState
from portal.lists.terms.fields import DETAIL_PREFIX
from portal.lists.writing import facts_with


@action
def propose_correction(
    actor: Person,
    entry: Entry,
    version: int,
    kind: ErratumKind,
    reason: str,
    values: Mapping[str, Any],
) -> Erratum:
    """Propose other words for a published entry than the public reads; `values` as `save_entry`
    takes them.

    Raises Incomplete with a message per field, ChangedSinceOpened, NotAllowed, Refused (also
    when nothing the public reads would change).
    """
    check_proposable(actor, entry.release, entry)
    check_entry_version(entry, version)
    after, faults = facts_with(entry, values, public_wording(entry))
    faults |= length_faults(values) | missing_faults(values)
    faults |= time_faults(entry.subtype.kind, values) | giving_away(entry, after)
    if faults:
        raise Incomplete(faults)
    changes = rules.changes_between(public_facts(entry), after)
    check_read_by_the_public(entry, changes)
    return propose(actor, entry.release, entry, kind, reason, changes)


def check_proposable(actor: Person, release: Release, entry: Entry | None) -> None:
    """Raise NotAllowed or Refused unless the actor may propose a change here now."""
    check_curator(actor, release.edition)
    rules.check_published(release.state)
    if entry is not None:
        rules.check_not_withdrawn(entry.life)
    if find_proposed(release, entry) is not None:
        raise Refused(
            _("A change is proposed already: a second officer consents to it or not first")
        )


def check_read_by_the_public(entry: Entry, changes: Mapping[str, Any]) -> None:
    """Raise Refused when a change concerns nothing the public reads."""
    hidden = {
        DETAIL_PREFIX + field["key"]
        for field in entry.subtype.fields
        if not field.get("public", True)
    }
    if not changes.keys() - hidden:
        raise Refused(_("Nothing the public reads would change: correct at least one item"))


@action
def propose_withdrawal(
    actor: Person, release: Release, entry: Entry | None, reason: str
) -> Erratum:
    """Propose to take an entry, or without one the whole release, back from the public."""
    check_proposable(actor, release, entry)
    return propose(actor, release, entry, ErratumKind.WITHDRAWAL, reason, {})


@action
def propose_for_release(
    actor: Person, release: Release, kind: ErratumKind, reason: str, values: Mapping[str, Any]
) -> Erratum:
    """Propose another title, foreword, document number or date; `values` by field."""
    check_proposable(actor, release, None)
    changes = rules.changes_between(facts_of_release(release), as_text(values))
    if not changes:
        raise Refused(_("Nothing the public reads would change: correct at least one item"))
    return propose(actor, release, None, kind, reason, changes)


def facts_of_release(release: Release) -> dict[str, Any]:
    """Return what an erratum on a release may correct, as text."""
    own = {name: getattr(release.edition, name) for name in EDITION_FIELDS}
    return as_text(own | {name: getattr(release, name) for name in ISSUE_FIELDS})


def as_text(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the erratum keeps them: days as ISO text, nothing as ""."""
    return {
        name: value.isoformat() if isinstance(value, date) else (value or "")
        for name, value in values.items()
    }


def propose(
    actor: Person,
    release: Release,
    entry: Entry | None,
    kind: ErratumKind,
    reason: str,
    changes: Mapping[str, Any],
) -> Erratum:
    """Add the proposal and write the trail; changes of private fields stay out of it."""
    erratum = Erratum(
        release=release,
        entry=entry,
        kind=str(kind),
        reason=rules.check_reason(reason),
        changes=dict(changes),
        proposed_at=clock.now(),
        proposed_by_id=actor.id,
        proposed_for=office(actor),
    )
    db.session.add(erratum)
    db.session.flush()
    noted = {"kind": (None, str(kind)), "fields": (None, sorted(changes))}
    audit.record(actor, "propose_erratum", erratum, noted, note=erratum.reason)
    return erratum


def office(actor: Person) -> str:
    """Return the department the actor curates lists for."""
    found = office_of(actor, Right.CURATE_LISTS)
    return found.name_zh if found else ""


@action
def reject(actor: Person, erratum: Erratum, version: int, ground: str) -> None:
    """Do not consent to a proposed change; nothing the public reads changes."""
    check_second(actor, erratum, version)
    if not ground.strip():
        raise Refused(_("Say why you do not consent; the proposer reads it"), "ground")
    erratum.state, erratum.ground = str(ErratumState.REJECTED), ground.strip()
    decided(actor, erratum)
    audit.record(actor, "reject_erratum", erratum, note=erratum.ground)


def check_second(actor: Person, erratum: Erratum, version: int) -> None:
    """Raise unless the actor may decide on this proposal as it was seen."""
    check_curator(actor, erratum.release.edition)
    if erratum.version != version or erratum.state != ErratumState.PROPOSED:
        raise ChangedSinceOpened(_("This change was decided on already: open it again"))
    if erratum.proposed_by_id == actor.id:
        raise NotAllowed(_("You proposed this change: a second officer consents to it"))
    if erratum.entry is not None:
        check_impartial(actor, erratum.entry)


def decided(actor: Person, erratum: Erratum) -> None:
    """Note who decided."""
    erratum.decided_at, erratum.decided_by_id = clock.now(), actor.id
    erratum.decided_for = office(actor)
