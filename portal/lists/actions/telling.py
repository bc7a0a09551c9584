"""Letters about entries: to the enterprise's members, or to the officer who sent one in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.enterprises.actions.telling import tell_members
from portal.extensions import db
from portal.lists.models import Entry, Erratum
from portal.lists.queries.entries import accepted_entries


def tell_publisher(entry: Entry, template: str, **values: Any) -> None:
    """Owe a letter to each member of the enterprise, or else to whoever wrote the entry."""
    about = {"entry": entry.id, "title": entry.title, **values}
    if entry.enterprise is not None:
        tell_members(entry.enterprise, template, **about)
        return
    writer = entry.submitted_by_id or entry.created_by_id
    person = db.session.get(Person, writer) if writer else None
    if person is not None:
        tell(person, template, name="", **about)


def tell_publishers(erratum: Erratum, version: str) -> None:
    """Tell whose entry was corrected or withdrawn; with a release, every publisher in it."""
    entries: Iterable[Entry] = [erratum.entry] if erratum.entry else ()
    if erratum.entry is None and erratum.kind == "withdrawal":
        entries = accepted_entries(erratum.release)
    for entry in entries:
        tell_publisher(entry, "erratum", kind=erratum.kind, reason=erratum.reason, version=version)
