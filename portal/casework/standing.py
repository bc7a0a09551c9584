"""How one case stands for one officer: what its page shows beside the decision."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import Person
from portal.casework import permits
from portal.casework.clocks import days_left
from portal.casework.models import Case
from portal.errors import PortalError


@dataclass(frozen=True)
class Standing:
    """`left` working days; who holds the case; why the officer may not decide, or ''."""

    left: int | None
    holder: Person | None
    why_not: str
    may_take: bool
    is_head: bool


def standing_of(person: Person, case: Case) -> Standing:
    """Return how a case stands for an officer who may see it."""
    refusal = why_not(person, case)
    return Standing(
        left=days_left([case]).get(case.id),
        holder=permits.holder(case) if case.is_open else None,
        why_not=refusal,
        may_take=not refusal,
        is_head=permits.is_head(person, case),
    )


def why_not(person: Person, case: Case) -> str:
    """Return the sentence that says why the officer may not decide now, or ''."""
    try:
        permits.check_may_decide(person, case)
    except PortalError as refusal:
        return refusal.message
    return ""
