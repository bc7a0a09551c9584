"""Which parts the page of a record has, asked in one statement: a part nobody filled costs no
statement of its own, and most records have few."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import Integer, Select, bindparam, exists, select

from portal.classification.models.titles import Title
from portal.enterprises.models import ChainItem, NamedContact, ShownFigure, Site
from portal.extensions import db
from portal.lists.models import Entry, EntryOutcome, EntryQuestion, Erratum

RECORD = bindparam("record", type_=Integer)
OF_ENTERPRISE: Mapping[str, Any] = {
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


@cache
def asking(what: str) -> Select[Any]:
    """Return the statement that asks for the parts of an enterprise or an entry: built once."""
    parts = {"enterprise": OF_ENTERPRISE, "entry": OF_ENTRY}[what]
    asked: Any = [exists().where(owner == RECORD).label(name) for name, owner in parts.items()]
    found: Any = select(*asked)
    return cast(Select[Any], found)


def parts_of(what: str, record: int) -> Any:
    """Return a row that says of each part whether any record of it exists, public or not."""
    return db.session.connection().execute(asking(what), {"record": record}).one()
