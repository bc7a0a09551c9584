"""What curators do with entries: decide on them and put them in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import mail_of, office_of
from portal.accounts.terms import Right
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions.editions import check_release_version
from portal.lists.actions.entries import change_entry, check_entry_version
from portal.lists.facts import facts_of, labels
from portal.lists.models import Entry, EntryDecision, Release
from portal.lists.permits import check_curator, check_impartial
from portal.lists.queries.entries import accepted_entries, find_last_decision, last_position
from portal.lists.rules.entries import STATE_AFTER, check_decision, check_entry_step
from portal.lists.rules.ordering import new_order, within
from portal.lists.rules.releases import check_changeable
from portal.lists.terms.entries import UNDECIDED, Decision, EntryState
from portal.messages import write_mail


@action
def decide(
    actor: Person,
    entry: Entry,
    version: int,
    decision: Decision,
    *,
    reasons: Mapping[str, str],
    ground: str,
) -> EntryDecision:
    """Accept an entry, return it (a reason per field) or decline it (a ground).

    Raises NotAllowed, Refused (also naming who has decided already), ChangedSinceOpened.
    """
    check_decider(actor, entry)
    wanted = STATE_AFTER[decision]
    if entry.state not in UNDECIDED:
        raise Refused(decided_words(find_last_decision(entry)))
    check_entry_version(entry, version)
    check_entry_step(entry.state, wanted)
    given = {name: reasons[name].strip() for name in labels(entry) if reasons.get(name)}
    given = {name: reason for name, reason in given.items() if reason}
    check_decision(decision, given, ground)
    decided = keep_decision(actor, entry, decision, given, ground.strip())
    entry.position = last_position(entry.release) + 1 if is_accepted(wanted) else 0
    change_entry(actor, entry, wanted, decision, decided.ground, decided.decided_for)
    entry.release.changed_at = clock.now()
    tell_sender(entry, decided)
    return decided


def is_accepted(state: EntryState) -> bool:
    return state == EntryState.ACCEPTED


def check_decider(actor: Person, entry: Entry) -> None:
    """Raise NotAllowed or Refused unless the actor may decide on the entry now."""
    check_curator(actor, entry.release.edition)
    check_impartial(actor, entry)
    check_changeable(entry.release.state)


def keep_decision(
    actor: Person, entry: Entry, decision: Decision, reasons: Mapping[str, str], ground: str
) -> EntryDecision:
    """Add the decision with the facts it was taken on; reasons belong to a return only."""
    office = office_of(actor, Right.CURATE_LISTS)
    decided = EntryDecision(
        entry_id=entry.id,
        decision=str(decision),
        reasons=dict(reasons) if decision == Decision.RETURN else {},
        ground=ground,
        facts=facts_of(entry),
        decided_at=clock.now(),
        decided_by_id=actor.id,
        decided_for=office.name_zh if office else "",
    )
    db.session.add(decided)
    return decided


def decided_words(decided: EntryDecision | None) -> str:
    """Return the sentence that tells a second officer who has decided."""
    if decided is None:
        return _("This entry is not waiting for a decision")
    return _(
        "%(name)s of %(office)s has already decided on this entry: open it to see the decision",
        name=decided.decided_by.display_name,
        office=decided.decided_for,
    )


def tell_sender(entry: Entry, decided: EntryDecision) -> None:
    """Mail the decision to whoever sent the entry in."""
    sender = db.session.get(Person, entry.submitted_by_id) if entry.submitted_by_id else None
    identifier = mail_of(sender) if sender else None
    if sender is not None and identifier is not None:
        write_mail(
            identifier.subject,
            "entry_decided",
            language=sender.language,
            person_id=sender.id,
            entry=entry.id,
            title=entry.title,
            decision=decided.decision,
            office=decided.decided_for,
        )


@action
def reconsider(actor: Person, entry: Entry, version: int, reason: str) -> None:
    """Take a decision back, so that the entry waits for a new one; the reason is kept."""
    check_decider(actor, entry)
    check_entry_version(entry, version)
    if entry.state not in {EntryState.ACCEPTED, EntryState.NOT_SELECTED}:
        raise Refused(_("This entry has not been decided on"))
    if not reason.strip():
        raise Refused(_("Say why the decision is taken back"), "reason")
    entry.position = 0
    change_entry(actor, entry, EntryState.SUBMITTED, "reconsider_entry", reason.strip())
    entry.release.changed_at = clock.now()


@action
def order_entries(
    actor: Person, release: Release, version: int, wanted: Mapping[int, int], field: str = ""
) -> None:
    """Put the accepted entries, or those of one section, in the order of the numbers typed."""
    entries = check_orderable(actor, release, version)
    order = new_order(section_of(entries, field), wanted)
    put_in_order(actor, release, entries, within([entry.id for entry in entries], order))


@action
def move_entry(
    actor: Person, release: Release, version: int, entry_id: int, steps: int, field: str = ""
) -> None:
    """Move one accepted entry by so many places of the list or of its section: -1 is up."""
    entries = check_orderable(actor, release, version)
    order = section_of(entries, field)
    if entry_id not in order:
        raise Refused(_("Only accepted entries have a place in the list"))
    place = order.index(entry_id)
    order.insert(max(place + steps, 0), order.pop(place))
    put_in_order(actor, release, entries, within([entry.id for entry in entries], order))


@action
def gather_sections(actor: Person, release: Release, version: int) -> None:
    """Put the sections one after another, in the order of the fields; inside each section the
    order stays as it is."""
    entries = check_orderable(actor, release, version)
    order = sorted(entries, key=lambda entry: entry.field.sort if entry.field else 0)
    put_in_order(actor, release, entries, [entry.id for entry in order])


def section_of(entries: Sequence[Entry], field: str) -> list[int]:
    """Return the ids of one field's entries, or of all, in their order."""
    return [
        entry.id for entry in entries if not field or (entry.field and entry.field.slug == field)
    ]


def check_orderable(actor: Person, release: Release, version: int) -> Sequence[Entry]:
    """Return the accepted entries when the actor may order them now."""
    check_curator(actor, release.edition)
    check_release_version(release, version)
    check_changeable(release.state)
    return accepted_entries(release)


def put_in_order(
    actor: Person, release: Release, entries: Sequence[Entry], order: Sequence[int]
) -> None:
    """Give each entry its place, from 1; nothing is written when the order is the same."""
    before = [entry.id for entry in entries]
    if before != list(order):
        audit.record(actor, "order_entries", release, {"order": (before, list(order))})
        release.changed_at = clock.now()
    places = {entry_id: place for place, entry_id in enumerate(order, 1)}
    for entry in entries:
        entry.position = places[entry.id]
