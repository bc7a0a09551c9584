"""What pages of objections in several domains do alike for who objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import current_app
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import person
from portal.casework.models import Objection
from portal.casework.objection_forms import ObjectionForm
from portal.casework.objectors import Objector
from portal.errors import NotFound
from portal.web.forms import attempt

Answer = str | Response | tuple[str, int]
Raised = TypeVar("Raised", bound=Objection)


def raised(
    form: ObjectionForm, object_to: Callable[[Objector, str, Sequence[files.Received]], Raised]
) -> Raised | None:
    """Return the objection a sent form raised with its files; None where the form is to be shown,
    with what was refused."""
    made: list[Raised] = []

    def act() -> None:
        folder, uploads = current_app.config["FILES"], form.proof.data or []
        with files.receiving_all(folder, uploads, field="proof") as proofs:
            made.append(object_to(form.objector(), form.statement.data or "", proofs))

    return made[0] if form.is_submitted() and attempt(form, act) else None


def check_own(found: Objection) -> None:
    """Raise NotFound unless the person raised the objection: for others it does not exist."""
    if found.person_id != person().id:
        raise NotFound
