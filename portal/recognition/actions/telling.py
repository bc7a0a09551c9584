"""Letters about an application: to the enterprise's members and to the officers concerned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.terms import Right
from portal.enterprises.actions.telling import tell_members as tell_all
from portal.recognition.models import RecognitionApplication


def tell_members(application: RecognitionApplication, event: str, **more: Any) -> None:
    """Owe each member a letter; `event` picks its words in the template."""
    tell_all(application.enterprise, "recognition", event=event, **about(application), **more)


def tell_lead(application: RecognitionApplication, event: str) -> None:
    """Owe the lead department's officers a letter in their inbox and by mail."""
    department_id = application.call.kind.lead_department_id
    tell_officers(recognisers_of(department_id), application, event)


def tell_officers(
    people: Iterable[Person], application: RecognitionApplication, event: str, **more: Any
) -> None:
    """Owe officers a letter about an application."""
    for person in people:
        tell(
            person,
            "recognition_officer",
            event=event,
            name=application.enterprise.name,
            **about(application),
            **more,
        )


def about(application: RecognitionApplication) -> dict[str, Any]:
    """Return what every letter says of an application."""
    call = application.call
    return {
        "application": application.id,
        "number": application.number or "",
        "title_zh": call.kind.name_zh,
        "title_en": call.kind.name_en,
    }


def recognisers_of(department_id: int | None) -> list[Person]:
    """Return who recognises for a department in the whole city today, at most twenty."""
    return [] if department_id is None else holders_of(Right.RECOGNISE, department_id)
