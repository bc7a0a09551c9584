"""Noting which counted records a transaction changes, and in which cell each stood before.

It is watched where rows are written rather than said in each action: one that forgot to say it
would leave a wrong figure that nobody notices. Only bulk statements, which pass rows by, say
with `about_to_write` what they are going to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from portal.classification.models.standing import TitleInterruption
from portal.classification.models.titles import Title, TitleKind
from portal.counts.models import CountedKind
from portal.counts.queries.keys import every_key, keys_of
from portal.counts.terms import Counted
from portal.enterprises.models import Enterprise, ImportJob
from portal.enterprises.terms.record import PUBLIC, ImportState
from portal.lists.models import Edition, Entry, EntrySubtype, Release
from portal.taxonomy.models import Term

NOTES = "counted"
FACTS = (
    "state",
    "district_id",
    "zone_id",
    "key_industry_id",
    "node_id",
    "industry_id",
    "is_sample",
    "import_job_id",
    "district",
    "zone",
    "key_industry",
    "node",
    "industry",
    "pillars",
)
# What cells refer to: a change moves no record, but says something else of its cell.
REFERRED: dict[type[Any], tuple[Counted, ...]] = {
    TitleKind: (Counted.ENTERPRISE,),
    Term: (Counted.ENTRY,),
    Edition: (Counted.ENTRY,),
    Release: (Counted.ENTRY,),
    EntrySubtype: (Counted.ENTRY,),
}


@dataclass
class Notes:
    """What one transaction changes: records with their former cell (None: counted in none), by
    kind; kinds of which something referred to changed; the day each kind is counted for."""

    days: dict[Counted, date]
    before: dict[Counted, dict[int, str | None]] = field(default_factory=dict)
    stirred: set[Counted] = field(default_factory=set)

    def note(self, kind: Counted, ids: Iterable[int]) -> None:
        """Read the cells of records not yet noted; call it before they are written."""
        if kind not in self.days:
            return
        noted = self.before.setdefault(kind, {})
        if fresh := set(ids) - noted.keys():
            noted |= dict.fromkeys(fresh) | keys_of(kind, fresh, self.days[kind])

    def note_new(self, kind: Counted, ids: Iterable[int]) -> None:
        """Note records that stood in no cell before."""
        if kind in self.days:
            noted = self.before.setdefault(kind, {})
            noted.update({number: None for number in ids if number not in noted})


def notes_of(session: Session) -> Notes:
    """Return the notes of the transaction, begun with the days counted for."""
    notes: Notes | None = session.info.get(NOTES)
    if notes is None:
        rows = session.execute(select(CountedKind.kind, CountedKind.day))
        notes = session.info[NOTES] = Notes({Counted(row.kind): row.day for row in rows})
    return notes


def note_before(session: Session, _flush: UOWTransaction, _instances: Any) -> None:
    """Note what a flush is about to change."""
    written = [*session.new, *(row for row in session.dirty if session.is_modified(row))]
    written += session.deleted
    for model, look in LOOKS.items():
        if rows := [row for row in written if isinstance(row, model)]:
            look(session, rows)
    for row in written:
        if kinds := REFERRED.get(type(row)):
            notes_of(session).stirred.update(kinds)


def note_after(session: Session, _flush: UOWTransaction) -> None:
    """Note the records a flush has added."""
    for model, kind in ((Enterprise, Counted.ENTERPRISE), (Entry, Counted.ENTRY)):
        added = [row.id for row in session.new if isinstance(row, model)]
        if added:
            notes_of(session).note_new(kind, added)


def look_at_enterprises(session: Session, rows: list[Enterprise]) -> None:
    """Note the records of which a counted fact changes; most drafts are never public."""
    ids = [row.id for row in rows if row.id and is_counted(row) and changes(row)]
    if ids:
        notes_of(session).note(Counted.ENTERPRISE, ids)


def is_counted(row: Enterprise) -> bool:
    """Say whether a record is or was in a public state."""
    states = {row.state, *inspect(row).attrs["state"].history.deleted}
    return bool(states & PUBLIC)


def changes(row: Enterprise) -> bool:
    """Say whether a counted fact of a record changes, or the record goes."""
    state = inspect(row)
    return row in state.session.deleted or any(  # type: ignore[union-attr]
        name in state.attrs and state.attrs[name].history.has_changes() for name in FACTS
    )


def look_at_titles(session: Session, rows: list[Title]) -> None:
    """Note whose titles change, and who loses one to another record."""
    owners = {owner for row in rows for owner in owners_of(row)}
    notes_of(session).note(Counted.ENTERPRISE, owners)


def owners_of(title: Title) -> Iterator[int]:
    """Yield the record a title belongs to and the one it belonged to."""
    named = title.__dict__.get("enterprise")
    former = inspect(title).attrs["enterprise_id"].history.deleted
    for owner in (title.enterprise_id, named.id if named is not None else None, *former):
        if owner is not None:
            yield owner


def look_at_interruptions(session: Session, rows: list[TitleInterruption]) -> None:
    """Note whose titles are interrupted or are no longer."""
    titles = {row.title_id for row in rows}
    owners = session.scalars(select(Title.enterprise_id).where(Title.id.in_(titles)))
    notes_of(session).note(Counted.ENTERPRISE, owners)


def look_at_entries(session: Session, rows: list[Entry]) -> None:
    """Note the entries that change."""
    notes_of(session).note(Counted.ENTRY, (row.id for row in rows if row.id))


def look_at_imports(session: Session, rows: list[ImportJob]) -> None:
    """Note all records of an import that is shown from now on, or no longer."""
    for job in rows:
        before = inspect(job).attrs["state"].history.deleted
        if not before or ImportState.DONE not in (job.state, *before):
            continue
        notes, brought = notes_of(session), Enterprise.import_job_id == job.id
        if Counted.ENTERPRISE not in notes.days:
            continue
        if job.state == ImportState.DONE:
            ids = session.scalars(select(Enterprise.id).where(brought))
            notes.note_new(Counted.ENTERPRISE, ids)
        else:
            keys = every_key(Counted.ENTERPRISE, notes.days[Counted.ENTERPRISE], brought)
            notes.before.setdefault(Counted.ENTERPRISE, {}).update(keys)


LOOKS: dict[type[Any], Callable[[Session, list[Any]], None]] = {
    Enterprise: look_at_enterprises,
    Title: look_at_titles,
    TitleInterruption: look_at_interruptions,
    Entry: look_at_entries,
    ImportJob: look_at_imports,
}
