"""The letter a decision is told by: numbered, frozen as written, printed by both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from portal import city, clock
from portal.accounts.models import Person
from portal.casework.models import Case, Letter
from portal.casework.permits import rights_over
from portal.database import next_number
from portal.extensions import db


@dataclass(frozen=True)
class Addressee:
    """Whom a letter is written to when not to the enterprise of the case: another enterprise, or
    one person, who is never named in it."""

    name: str
    enterprise_id: int
    person_id: int | None = None


@dataclass(frozen=True)
class Contents:
    """What a letter says beside its outcome; `reasons` by field, `answer_by` for corrections."""

    outcome: str
    ground: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    answer_by: date | None = None


def write_letter(
    actor: Person, case: Case, contents: Contents, to: Addressee | None = None
) -> Letter:
    """Write the letter of a decision, from the office the actor decides for. In an action."""
    held = rights_over(actor, case)
    office = held[0].department if held else None
    year = clock.today().year
    letter = Letter(
        number=city.number("letter", year=year, serial=next_number(f"letter-{year}")),
        case_id=case.id,
        matter=case.matter,
        outcome=contents.outcome,
        enterprise_id=to.enterprise_id if to else case.enterprise_id,
        person_id=to.person_id if to else None,
        subject_number=case.number,
        addressee=(to.name if to else case.label)[:200],
        department_id=office.id if office else None,
        landline=office.landline if office else "",
        ground=contents.ground,
        reasons=contents.reasons,
        answer_by=contents.answer_by,
        written_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    return letter
