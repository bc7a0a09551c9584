"""Report card of a list: per publisher, what became of what it published (成绩单)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from sqlalchemy import func, select

from portal.extensions import db
from portal.lists.models import Edition, Entry, EntryOutcome, EntryQuestion, Release
from portal.lists.terms.editions import PUBLIC_STATES
from portal.lists.terms.entries import EntryState, Life
from portal.lists.terms.ledger import UNDER_WAY

LANDED = (Life.MATCHED, Life.FULFILLED)


@dataclass
class Card:
    """What one publisher's entries came to; amounts in 万元, days of the calendar."""

    name: Mapping[str, Any]
    entries: int = 0
    asked: int = 0
    answered: int = 0
    days: list[int] = field(default_factory=list)
    matched: int = 0
    landed: int = 0
    amount: Decimal = Decimal(0)
    under_way: int = 0

    @property
    def days_to_answer(self) -> float | None:
        """Days to the first answer, the median over its entries; None without a question
        answered."""
        return median(self.days) if self.days else None


def cards_of(edition: Edition) -> Sequence[Card]:
    """Return the cards of an edition's publishers, most entries first; in three statements.

    Who publishes without a name is one publisher: the card does not tell them apart.
    """
    rows = db.session.execute(
        select(Entry.id, Entry.life, Entry.snapshot)
        .join(Release, Release.id == Entry.release_id)
        .where(
            Release.edition_id == edition.id,
            Release.state.in_(PUBLIC_STATES),
            Entry.state == EntryState.ACCEPTED,
        )
        .order_by(Release.number, Entry.position, Entry.id)
    ).all()
    ids = [row.id for row in rows]
    return collect(rows, questions_by_entry(ids), amounts_by_entry(ids))


def total_of(cards: Sequence[Card]) -> Card:
    """Return one card for all publishers of an edition."""
    whole = Card({}, days=[days for card in cards for days in card.days])
    for card in cards:
        whole.entries += card.entries
        whole.asked += card.asked
        whole.answered += card.answered
        whole.matched += card.matched
        whole.landed += card.landed
        whole.amount += card.amount
        whole.under_way += card.under_way
    return whole


def questions_by_entry(ids: Sequence[int]) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """Return when each question was asked and answered, by entry."""
    found: dict[int, list[tuple[datetime, datetime | None]]] = {}
    rows = select(EntryQuestion.entry_id, EntryQuestion.asked_at, EntryQuestion.answered_at)
    for row in db.session.execute(rows.where(EntryQuestion.entry_id.in_(ids))):
        found.setdefault(row.entry_id, []).append((row.asked_at, row.answered_at))
    return found


def amounts_by_entry(ids: Sequence[int]) -> dict[int, Decimal]:
    """Return the last amount noted for each entry, in 万元."""
    last = (
        select(func.max(EntryOutcome.id))
        .where(EntryOutcome.entry_id.in_(ids), EntryOutcome.amount.is_not(None))
        .group_by(EntryOutcome.entry_id)
    )
    rows = select(EntryOutcome.entry_id, EntryOutcome.amount).where(EntryOutcome.id.in_(last))
    return {row.entry_id: row.amount for row in db.session.execute(rows)}


def collect(
    rows: Iterable[Any],
    questions: Mapping[int, Sequence[tuple[datetime, datetime | None]]],
    amounts: Mapping[int, Decimal],
) -> list[Card]:
    """Return the cards of these entries, publishers with most entries first; pure."""
    cards: dict[tuple[str, str | None], Card] = {}
    for row in rows:
        publisher = row.snapshot["publisher"]
        who = (publisher["name_zh"], publisher.get("uscc"))
        card = cards.setdefault(who, Card(publisher))
        card.entries += 1
        card.matched += row.life == Life.MATCHED
        card.landed += row.life == Life.FULFILLED
        card.under_way += row.life in UNDER_WAY
        card.amount += amounts.get(row.id, Decimal(0)) if row.life in LANDED else 0
        count_answers(card, questions.get(row.id, ()))
    return sorted(cards.values(), key=lambda card: -card.entries)


def count_answers(card: Card, asked: Sequence[tuple[datetime, datetime | None]]) -> None:
    """Add an entry's questions to its publisher's card."""
    waits = [answered - begun for begun, answered in asked if answered is not None]
    card.asked += len(asked)
    card.answered += len(waits)
    if waits:
        card.days.append(min(waits) // timedelta(days=1))
