"""The language somebody wants to be written to."""

from __future__ import annotations

from portal.accounts.models import Person
from portal.database import action


@action
def choose_language(person: Person, language: str) -> None:
    """Keep the language of a person's mails and SMS."""
    person.language = language
