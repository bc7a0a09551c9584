"""Pure decisions of the registry: what is complete, what differs, what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.casework.terms import Stage
from portal.enterprises.terms.record import (
    FIELDS,
    OPTIONAL,
    STEP_FIELDS,
    Decision,
    State,
    Step,
)
from portal.errors import Refused
from portal.wording import gettext as _

DECISIONS = {
    Stage.FIRST_REVIEW: (Decision.PASS, Decision.RETURN),
    Stage.SECOND_REVIEW: (Decision.ADMIT, Decision.RETURN, Decision.REFUSE),
}
NEXT_STATE = {
    Decision.ADMIT: State.ACTIVE,
    Decision.RETURN: State.RETURNED,
    Decision.REFUSE: State.REFUSED,
}


def fields_of(step: Step) -> tuple[str, ...]:
    """Return the fields of a step in their order."""
    return STEP_FIELDS[step]


def missing_in(step: Step, facts: Mapping[str, Any]) -> list[str]:
    """Return the required fields of a step that are still empty; 0 is not empty."""
    return [
        name
        for name in STEP_FIELDS[step]
        if name not in OPTIONAL and facts.get(name) in (None, "", [])
    ]


def is_started(step: Step, facts: Mapping[str, Any]) -> bool:
    """Say whether anything was entered in a step."""
    return any(facts.get(name) not in (None, "", []) for name in STEP_FIELDS[step])


def incomplete_steps(facts: Mapping[str, Any]) -> list[Step]:
    """Return the steps that cannot be submitted yet."""
    return [step for step in Step if missing_in(step, facts)]


def differences(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> list[str]:
    """Return the fields that differ from an earlier submission; none when there was none."""
    if before is None:
        return []
    return [name for name in FIELDS if (before.get(name) or "") != (now.get(name) or "")]


def check_established(established_on: date | None, today: date) -> None:
    """Raise Refused at `established_on` for a date to come or before any registration."""
    if established_on is None:
        return
    if established_on > today:
        raise Refused(_("The date of establishment is still to come: check it"), "established_on")
    if established_on.year < 1949:
        raise Refused(_("The date of establishment is before 1949: check it"), "established_on")


def check_chain(key_industry_id: int | None, belongs_to: int | None) -> None:
    """Raise Refused at `node` when its chain belongs to another key industry than the record."""
    if key_industry_id is None or belongs_to != key_industry_id:
        raise Refused(_("This place in the chain belongs to another key industry"), "node")


def decisions_in(stage: str) -> tuple[Decision, ...]:
    """Return what the officers of a stage may decide."""
    return DECISIONS[Stage(stage)]


def check_decision(decision: Decision, stage: str, reasons: Mapping[str, str], ground: str) -> None:
    """Raise Refused for what the stage does not decide, a return that names no field or a
    refusal without ground."""
    if decision not in DECISIONS[Stage(stage)]:
        raise Refused(
            _(
                "It has moved on: the first review passes on or returns, the second admits,"
                " returns or refuses. Open it again"
            ),
            "decision",
        )
    if decision == Decision.RETURN and not reasons:
        raise Refused(_("Mark at least one item to correct and say why"), "fields")
    if decision == Decision.REFUSE and not ground.strip():
        raise Refused(_("Give the ground for refusing; the enterprise will read it"), "ground")
