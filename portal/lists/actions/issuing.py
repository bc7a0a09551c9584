"""Consenting to a change after release: the next version is public with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.database import action
from portal.errors import ChangedSinceOpened
from portal.extensions import db
from portal.lists import content
from portal.lists.actions.entries import announce
from portal.lists.actions.errata import check_second, decided, facts_of_release
from portal.lists.actions.life import take_step
from portal.lists.actions.questions import is_over
from portal.lists.actions.telling import tell_publishers
from portal.lists.actions.versions import Change, next_version
from portal.lists.actions.wordings import replace_wordings
from portal.lists.models import Entry, Erratum, Release, ReleaseVersion
from portal.lists.queries.entries import accepted_entries, departments_named
from portal.lists.queries.errata import public_releases
from portal.lists.queries.wordings import public_facts, public_wording
from portal.lists.rules import errata as rules
from portal.lists.rules import published
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import Life
from portal.lists.terms.errata import EDITION_FIELDS, ISSUE_FIELDS, ErratumKind, ErratumState
from portal.lists.terms.ledger import NotedAs
from portal.lists.writing import write_facts


@action
def issue(actor: Person, erratum: Erratum, version: int) -> ReleaseVersion:
    """Consent to a proposed change as a second officer; the next version is public with it.

    Raises NotAllowed (one's own proposal, one's own entry), ChangedSinceOpened (decided on, or
    the facts moved since it was proposed), Refused.
    """
    check_second(actor, erratum, version)
    rules.check_published(erratum.release.state)
    erratum.state = str(ErratumState.ISSUED)
    decided(actor, erratum)
    change = CHANGES[target(erratum)](actor, erratum)
    made = [next_version(release, erratum, change) for release in releases_changed(erratum)]
    issued = next(version for version in made if version.release_id == erratum.release_id)
    audit.record(actor, "issue_erratum", erratum, {"check_code": (None, issued.check_code)})
    tell_publishers(erratum, issued.version)
    return issued


def target(erratum: Erratum) -> tuple[bool, bool]:
    """Return whether an erratum is about one entry, and whether it withdraws."""
    return erratum.entry is not None, erratum.kind == ErratumKind.WITHDRAWAL


def correct_entry(actor: Person, erratum: Erratum) -> Change:
    """Write the new words into the entry and return how the content follows."""
    entry = erratum.entry
    assert entry is not None
    moved = rules.moved_since(erratum.changes, public_facts(entry))
    if moved:
        raise ChangedSinceOpened(_("The entry changed since this was proposed"), tuple(moved))
    worded = public_wording(entry)
    before = said_now(entry, worded)
    changed = {name: after for name, (_before, after) in erratum.changes.items()}
    write_facts(entry, {**worded, **changed})
    replace_wordings(entry)  # from now on its own words are public
    if entry.life == Life.EXPIRED and not is_over(entry):
        take_step(SYSTEM, entry, NotedAs.PORTAL, Life.OPEN)  # its closing date was wrong
    return put_in_its_place(erratum, entry, before, said_now(entry, {}))


def said_now(entry: Entry, worded: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as its rows say now, with the texts that are public in place of them."""
    db.session.flush()
    bodies = departments_named({*entry.leads, *entry.cooperating})
    return content.entry_facts(entry, bodies, worded)


def put_in_its_place(
    erratum: Erratum, entry: Entry, before: dict[str, Any], after: dict[str, Any]
) -> Change:
    """Give the entry its corrected snapshot and return how the content follows."""
    old = dict(entry.snapshot or {})
    return keep_snapshot(erratum, entry, old, published.corrected(old, before, after))


def keep_snapshot(
    erratum: Erratum, entry: Entry, old: dict[str, Any], new: dict[str, Any]
) -> Change:
    """Keep what the public reads from now on, and what differs."""
    entry.snapshot, entry.updated_at = new, clock.now()
    erratum.shown = published.differences(old, new)
    announce(entry)
    return lambda facts: published.with_entry(facts, new)


def withdraw_entry(actor: Person, erratum: Erratum) -> Change:
    """Take one entry back; its number and title stay with the reason."""
    entry = erratum.entry
    assert entry is not None
    old = dict(entry.snapshot or {})
    new = published.tombstone(old, erratum.reason, clock.today().isoformat())
    take_step(actor, entry, NotedAs.CURATOR, Life.WITHDRAWN, erratum.reason)
    change = keep_snapshot(erratum, entry, old, new)
    erratum.shown = []
    return change


def correct_release(actor: Person, erratum: Erratum) -> Change:
    """Write the new words into edition and release and return how the content follows."""
    release = erratum.release
    moved = rules.moved_since(erratum.changes, facts_of_release(release))
    if moved:
        raise ChangedSinceOpened(_("The release changed since this was proposed"), tuple(moved))
    after = {name: value for name, (_before, value) in erratum.changes.items()}
    for name, value in after.items():
        if name in EDITION_FIELDS:
            setattr(release.edition, name, value)
        elif name == "document_no":
            release.document_no = value
        else:
            release.dated_on = date.fromisoformat(value) if value else None
    erratum.shown = [
        {"key": name, "before": old, "after": new} for name, (old, new) in erratum.changes.items()
    ]
    return lambda facts: {
        **facts,
        "edition": facts["edition"] | {k: v for k, v in after.items() if k in EDITION_FIELDS},
        "release": facts["release"]
        | (
            {k: v or None if k == "dated_on" else v for k, v in after.items() if k in ISSUE_FIELDS}
            if facts["release"]["number"] == release.number
            else {}
        ),
    }


def withdraw_release(actor: Person, erratum: Erratum) -> Change:
    """Take a whole release back; its entries keep number and title with the reason."""
    release, on = erratum.release, clock.today().isoformat()
    release.state = str(EditionState.WITHDRAWN)
    for entry in accepted_entries(release):
        entry.snapshot = published.tombstone(entry.snapshot or {}, erratum.reason, on)
        take_step(actor, entry, NotedAs.CURATOR, Life.WITHDRAWN, erratum.reason)
    return lambda facts: published.withdrawn(facts, erratum.reason, on)


CHANGES: Mapping[tuple[bool, bool], Callable[[Person, Erratum], Change]] = {
    (True, False): correct_entry,
    (True, True): withdraw_entry,
    (False, False): correct_release,
    (False, True): withdraw_release,
}


def releases_changed(erratum: Erratum) -> list[Release]:
    """Return the releases whose content an erratum changes: all public ones of the edition when
    it concerns words they share."""
    shared = erratum.entry_id is None and any(name in EDITION_FIELDS for name in erratum.changes)
    if not shared:
        return [erratum.release]
    return list(public_releases(erratum.release.edition_id))
