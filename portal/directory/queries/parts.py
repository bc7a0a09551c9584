"""Which parts the page of a record has: columns of the statement that reads the record. A part
nobody filled then costs no statement of its own, and most records have few."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, select

from portal.classification.models.titles import Title
from portal.enterprises.models import ChainItem, EnterpriseName, NamedContact, ShownFigure, Site
from portal.extensions import db
from portal.lists.models import Entry, EntryOutcome, EntryQuestion, Erratum

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
    "continued": Entry.continues_id,
    "corrections": Erratum.entry_id,
    "outcomes": EntryOutcome.entry_id,
    "questions": EntryQuestion.entry_id,
}


def has_parts(owners: Mapping[str, Any], record: Any) -> list[ColumnElement[bool]]:
    """Return columns such as `has_titles`: whether any row of the part exists, public or not."""
    return [exists().where(owner == record).label(f"has_{part}") for part, owner in owners.items()]


@cache
def asking() -> Select[Any]:
    """Return the statement that asks for the parts of an entry: built once."""
    found: Any = select(*has_parts(OF_ENTRY, bindparam("record", type_=Integer)))
    return cast(Select[Any], found)


def parts_of_entry(record: int) -> Any:
    """Return a row that says of each part whether any record of it exists, public or not."""
    return db.session.connection().execute(asking(), {"record": record}).one()
