"""Which parts the page of a record has: columns of the statement that reads the record. A part
nobody filled then costs no statement of its own, and most records have few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, exists
from sqlalchemy.orm import aliased

from portal.classification.models.titles import Title
from portal.enterprises.models import ChainItem, EnterpriseName, NamedContact, ShownFigure, Site
from portal.lists.models import Entry, EntryOutcome, EntryQuestion, Erratum
from portal.prepared import Prepared
from portal.web.reading import read

Rows = tuple[Any, ...]
RECORD = bindparam("record", type_=Integer)
OF_ENTERPRISE: Mapping[str, Any] = {
    "past_names": EnterpriseName.enterprise_id,
    "titles": Title.enterprise_id,
    "entries": Entry.enterprise_id,
    "figures": ShownFigure.enterprise_id,
    "sites": Site.enterprise_id,
    "items": ChainItem.enterprise_id,
    "contacts": NamedContact.enterprise_id,
}
OF_ENTRY: Mapping[str, Any] = {
    "carried_on": aliased(Entry).continues_id,
    "corrections": Erratum.entry_id,
    "outcomes": EntryOutcome.entry_id,
    "questions": EntryQuestion.entry_id,
}


def has_parts(owners: Mapping[str, Any], record: Any) -> list[ColumnElement[bool]]:
    """Return columns such as `has_titles`: whether any row of the part exists, public or not."""
    return [exists().where(owner == record).label(f"has_{part}") for part, owner in owners.items()]


def rows_of(question: Prepared, record: int, **asked: Any) -> Rows:
    """Return the rows a statement has for a `record`."""
    return tuple(read(question, record=record, **asked))
