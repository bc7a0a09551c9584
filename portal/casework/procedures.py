"""How each matter is decided: its right, stages and limits, read once from the fixtures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from portal.accounts.terms import Right
from portal.casework.terms import By, Matter, Stage


class ProcedureError(Exception):
    """The file of procedures names something unknown or leaves a matter out; says which."""


@dataclass(frozen=True)
class Step:
    """One stage of a matter: whose turn it is and within how many working days."""

    stage: Stage
    by: By
    days: int


@dataclass(frozen=True)
class Procedure:
    """The right that decides a matter and its stages in their order."""

    right: Right
    steps: tuple[Step, ...]
    correction_days: int = 10

    def step(self, stage: str) -> Step:
        """Return the step of a stage; raises ProcedureError when the matter has no such stage."""
        for step in self.steps:
            if step.stage == stage:
                return step
        raise ProcedureError(f"no stage {stage!r} among {[str(s.stage) for s in self.steps]}")

    def after(self, stage: str) -> Step | None:
        """Return the step that follows a stage, None after the last."""
        place = self.steps.index(self.step(stage))
        return self.steps[place + 1] if place + 1 < len(self.steps) else None


_procedures: dict[Matter, Procedure] = {}
_idle = timedelta(hours=24)


def load_procedures(path: Path, idle: timedelta) -> None:
    """Read the procedures and set after how long a taken case that is left idle is free again.

    Raises ProcedureError with one sentence about what is wrong in the file.
    """
    global _idle
    _idle = idle
    content = yaml.safe_load(path.read_text(encoding="utf-8"))["matters"]
    try:
        found = {Matter(name): procedure(item) for name, item in content.items()}
    except (KeyError, ValueError, TypeError) as error:
        raise ProcedureError(f"{path.name}: {error}") from error
    missing = set(Matter) - set(found)
    if missing:
        raise ProcedureError(f"{path.name} says nothing of {', '.join(sorted(missing))}")
    _procedures.clear()
    _procedures.update(found)


def procedure(item: dict[str, Any]) -> Procedure:
    """Return one matter's procedure as the file states it; raises KeyError or ValueError."""
    steps = tuple(
        Step(Stage(step["stage"]), By(step["by"]), int(step["days"])) for step in item["stages"]
    )
    if not steps or any(step.days < 1 for step in steps):
        raise ValueError("a matter needs a stage, and a stage at least one working day")
    return Procedure(Right(item["right"]), steps, int(item.get("correction_days", 10)))


def procedure_of(matter: str) -> Procedure:
    """Return how a matter is decided."""
    return _procedures[Matter(matter)]


def matters_of(right: str) -> list[Matter]:
    """Return the matters a right decides."""
    return [matter for matter, found in _procedures.items() if found.right == right]


def stages_by(matters: list[Matter], *turns: By) -> list[tuple[str, str]]:
    """Return the (matter, stage) pairs that are one of these officers' turn."""
    return [
        (str(matter), str(step.stage))
        for matter in matters
        for step in _procedures[matter].steps
        if step.by in turns
    ]


def idle_after() -> timedelta:
    """Return how long a case stays with who took it without an act."""
    return _idle
