"""What curators do: decide on entries, order them, fix the content for signing, reopen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from portal import audit, city, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import mail_of, office_of
from portal.accounts.terms import Right
from portal.database import action, mark_public_change, next_number
from portal.errors import Refused
from portal.extensions import db
from portal.lists import content, queries, rules
from portal.lists.actions import announce, change_entry, check_entry_version
from portal.lists.edition_actions import change_state, check_release_version
from portal.lists.facts import facts_of, labels
from portal.lists.models import Entry, EntryDecision, Release
from portal.lists.permits import check_curator, check_impartial
from portal.lists.terms import (
    UNDECIDED,
    Decision,
    EditionState,
    EntryState,
    Life,
)
from portal.messages import write_mail

NEEDS_OUTCOME = frozenset({Life.MATCHED, Life.FULFILLED, Life.CONTINUED, Life.CLOSED})


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
    wanted = rules.STATE_AFTER[decision]
    if entry.state not in UNDECIDED:
        raise Refused(decided_words(queries.find_last_decision(entry)))
    check_entry_version(entry, version)
    rules.check_entry_step(entry.state, wanted)
    given = {name: reasons[name].strip() for name in labels(entry) if reasons.get(name)}
    given = {name: reason for name, reason in given.items() if reason}
    rules.check_decision(decision, given, ground)
    decided = keep_decision(actor, entry, decision, given, ground.strip())
    entry.position = queries.last_position(entry.release) + 1 if is_accepted(wanted) else 0
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
    rules.check_changeable(entry.release.state)


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
def order_entries(actor: Person, release: Release, version: int, wanted: Mapping[int, int]) -> None:
    """Put the accepted entries in the order of the numbers typed, by entry id."""
    entries = check_orderable(actor, release, version)
    put_in_order(actor, release, entries, rules.new_order([e.id for e in entries], wanted))


@action
def move_entry(actor: Person, release: Release, version: int, entry_id: int, steps: int) -> None:
    """Move one accepted entry by so many places: -1 is up, 1 is down."""
    entries = check_orderable(actor, release, version)
    order = [entry.id for entry in entries]
    if entry_id not in order:
        raise Refused(_("Only accepted entries have a place in the list"))
    place = order.index(entry_id)
    order.insert(max(place + steps, 0), order.pop(place))
    put_in_order(actor, release, entries, order)


def check_orderable(actor: Person, release: Release, version: int) -> Sequence[Entry]:
    """Return the accepted entries when the actor may order them now."""
    check_curator(actor, release.edition)
    check_release_version(release, version)
    rules.check_changeable(release.state)
    return queries.accepted_entries(release)


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


@action
def enter_cosign(actor: Person, release: Release, version: int) -> None:
    """Fix the content for signing: every entry decided, numbers allotted, check code taken.

    A number once allotted stays with its entry; one of an entry that is dropped later is never
    given again. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, release.edition)
    check_release_version(release, version)
    rules.check_step(release.state, EditionState.COSIGN)
    rules.check_ready_to_sign(queries.counts_by_state(release))
    entries = queries.accepted_entries(release)
    for place, entry in enumerate(entries, 1):
        entry.position = place
        entry.number = entry.number or allot_number(release)
    text = content.canonical(present_content(release))
    code = content.check_code(text)
    change_state(actor, release, version, EditionState.COSIGN, "enter_cosign", code)
    release.content, release.check_code, release.frozen_at = text, code, clock.now()
    for entry in entries:
        announce(entry)


def allot_number(release: Release) -> str:
    """Return the next entry number of a release in the city's form."""
    edition = release.edition
    series = f"entry-{edition.kind}-{edition.year}-{release.number}"
    return city.number(
        f"entry_{edition.kind}",
        year=edition.year,
        release=release.number,
        serial=next_number(series),
    )


def present_content(release: Release) -> dict[str, object]:
    """Return the content of a release as its rows say now."""
    db.session.flush()
    entries = queries.accepted_entries(release)
    slugs = {slug for entry in entries for slug in [*entry.leads, *entry.cooperating]}
    return content.release_content(release, entries, queries.departments_named(slugs))


@action
def reopen(actor: Person, release: Release, version: int, reason: str) -> int:
    """Open a release for changes again and return how many sign-offs that made void.

    Content and check code are discarded; numbers stay with their entries.
    """
    if not reason.strip():
        raise Refused(_("Say why the release is reopened; the lead bodies will read it"), "reason")
    if release.state not in {EditionState.COSIGN, EditionState.SCHEDULED}:
        raise Refused(_("Only a release that is being signed can be reopened"))
    change_state(actor, release, version, EditionState.CURATING, "reopen_release", reason)
    standing = [sign_off for sign_off in release.sign_offs if sign_off.voided_at is None]
    for sign_off in standing:
        sign_off.voided_at, sign_off.void_reason = clock.now(), reason.strip()[:300]
    release.content = release.check_code = None
    release.frozen_at = release.scheduled_for = None
    for entry in queries.accepted_entries(release):
        announce(entry)
    return len(standing)


@action
def mark_life(actor: Person, entry: Entry, version: int, life: Life, outcome: str) -> None:
    """Say what a published entry has come to, with the outcome the public reads.

    The snapshot stays as published. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, entry.release.edition)
    check_impartial(actor, entry)
    check_entry_version(entry, version)
    if not entry.release.is_public:
        raise Refused(_("The entry is not published: it has no outcome yet"))
    if life in NEEDS_OUTCOME and not outcome.strip():
        raise Refused(_("Say what came of the entry; the public reads it"), "outcome")
    audit.record(
        actor,
        "mark_life",
        entry,
        {"life": (entry.life, life), "outcome": (entry.outcome, outcome.strip())},
    )
    entry.life, entry.outcome = str(life), outcome.strip()
    entry.updated_at = clock.now()
    mark_public_change()
    announce(entry)
