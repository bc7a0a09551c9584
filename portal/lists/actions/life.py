"""What a published entry has come to: noted by its publisher or a curator, or by its date."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.audit import SYSTEM
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.lists.actions.entries import announce, check_entry_version
from portal.lists.actions.named_contacts import end_contacts
from portal.lists.actions.telling import tell_publisher
from portal.lists.models import Entry, EntryOutcome, StillOpen
from portal.lists.permits import check_curator, check_impartial, check_publisher
from portal.lists.queries.ledger import find_asked, past_their_date, to_be_asked
from portal.lists.rules.ledger import ANSWER_WITHIN, check_outcome
from portal.lists.terms.entries import Life
from portal.lists.terms.ledger import UNDER_WAY, NotedAs

BATCH = 200  # entries of one transaction


@action
def mark_life(
    actor: Person,
    entry: Entry,
    version: int,
    life: Life,
    outcome: str,
    amount: Decimal | None = None,
) -> None:
    """Note, for the bureau, what a published entry has come to; `amount` in 万元.

    The snapshot stays as published. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, entry.release.edition)
    check_impartial(actor, entry)
    note(actor, entry, version, NotedAs.CURATOR, life, outcome, amount)


@action
def report_life(
    actor: Person,
    entry: Entry,
    version: int,
    life: Life,
    outcome: str,
    amount: Decimal | None = None,
) -> None:
    """Note, as the publisher, what one's own entry has come to.

    Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_publisher(actor, entry)
    note(actor, entry, version, NotedAs.PUBLISHER, life, outcome, amount)


def note(
    actor: Person,
    entry: Entry,
    version: int,
    noted_as: NotedAs,
    life: Life,
    outcome: str,
    amount: Decimal | None,
) -> None:
    """Check the step and take it; it also answers whether the entry is still open."""
    check_entry_version(entry, version)
    if not entry.release.is_public:
        raise Refused(_("The entry is not published: it has no outcome yet"))
    check_outcome(noted_as, entry.life, life, outcome, amount)
    answer(actor, entry)
    take_step(actor, entry, noted_as, life, outcome.strip(), amount)


def take_step(
    actor: audit.Actor,
    entry: Entry,
    noted_as: NotedAs,
    life: Life,
    outcome: str = "",
    amount: Decimal | None = None,
) -> None:
    """Add the step to the ledger; the entry shows its last one."""
    audit.record(
        actor,
        "mark_life",
        entry,
        {"life": (entry.life, life), "outcome": (entry.outcome, outcome)},
    )
    db.session.add(
        EntryOutcome(
            entry_id=entry.id,
            life=str(life),
            words=outcome,
            amount=amount,
            noted_at=clock.now(),
            noted_as=str(noted_as),
            noted_by_id=actor.actor_id,
        )
    )
    entry.life, entry.outcome, entry.updated_at = str(life), outcome, clock.now()
    if life not in UNDER_WAY:
        end_contacts(actor, entry)
    announce(entry)


@action
def confirm_open(actor: Person, entry: Entry, version: int) -> None:
    """Say that one's own entry is still open; asked again in a year."""
    check_publisher(actor, entry)
    check_entry_version(entry, version)
    if not answer(actor, entry):
        raise Refused(_("Nobody asks at present whether this entry is still open"))
    audit.record(actor, "confirm_open", entry)


def answer(actor: Person, entry: Entry) -> bool:
    """Note that the question whether an entry is still open has its answer, if it was asked."""
    asked = find_asked(entry)
    if asked is not None:
        asked.answered_at, asked.answered_by_id = clock.now(), actor.id
    return asked is not None


def tend_ledger() -> None:
    """The night's work: end what is past its closing date, ask once a year what is still open."""
    for batch in (expire_batch, ask_batch):
        while batch():
            pass


@action
def expire_batch() -> int:
    """End open entries whose closing date is over; return how many."""
    entries = past_their_date(clock.today(), BATCH)
    for entry in entries:
        take_step(SYSTEM, entry, NotedAs.PORTAL, Life.EXPIRED)
    return len(entries)


@action
def ask_batch() -> int:
    """Ask publishers whether their entries are still open; return how many were asked about."""
    entries = to_be_asked(clock.now(), BATCH)
    due = clock.today() + ANSWER_WITHIN
    for entry in entries:
        db.session.add(StillOpen(entry_id=entry.id, asked_on=clock.today(), due_on=due))
        audit.record(SYSTEM, "ask_still_open", entry, {"due_on": (None, due)})
        tell_publisher(entry, "still_open", day=due.isoformat())
    return len(entries)
