"""The rows behind search hits, asked of the database once more, and LIKE where no index answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, bindparam, func, literal, select, union_all

from portal import clock
from portal.directory.queries import entries, registry
from portal.directory.queries.holding import holds
from portal.enterprises.models import Enterprise, is_listed
from portal.extensions import db
from portal.lists.models import Entry, EntrySubtype
from portal.notices.models import Policy
from portal.prepared import Prepared
from portal.web import reading

CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{7,39}")  # a whole credit code or entry number
Ref = tuple[str, int]  # kind of search document, id
POLICY_COLUMNS: tuple[Any, ...] = (
    Policy.id,
    Policy.slug,
    Policy.title_zh,
    Policy.title_en,
    Policy.summary_zh,
    Policy.summary_en,
    Policy.document_no,
    Policy.publisher_zh,
    Policy.publisher_en,
    Policy.published_on,
)


class Row(NamedTuple):
    """One hit: which kind of record, and the columns its row shows."""

    kind: str
    row: Any


def read(refs: Sequence[Ref]) -> dict[str, Row]:
    """Return the public rows of these records by key, in one statement for each kind of them."""
    wanted: dict[str, list[int]] = {}
    for kind, ref in refs:
        wanted.setdefault(kind, []).append(ref)
    return {
        f"{kind}:{row.id}": Row(kind, row)
        for kind, ids in wanted.items()
        for row in reading.read(rows_of(kind, clock.today()), ids=ids)
    }


@lru_cache(maxsize=6)
def rows_of(kind: str, _today: date) -> Prepared:
    """Select the public rows of a kind with these `ids` as they are today: built once for a day."""
    rows: Select[Any] = SELECTS[kind]()
    return Prepared(rows.where(IDS[kind].in_(bindparam("ids", expanding=True))))


def enterprise_rows() -> Select[Any]:
    rows: Select[Any] = select(*registry.COLUMNS)
    return rows.where(is_listed())


def entry_rows() -> Select[Any]:
    return entries.published().with_only_columns(*entries.columns(), Entry.updated_at)


def policy_rows() -> Select[Any]:
    rows: Select[Any] = select(*POLICY_COLUMNS)
    return rows.where(Policy.published_on <= clock.today())


SELECTS = {"enterprise": enterprise_rows, "entry": entry_rows, "policy": policy_rows}
IDS: dict[str, Any] = {"enterprise": Enterprise.id, "entry": Entry.id, "policy": Policy.id}
PUBLIC_USCC = Prepared(
    select(Enterprise.id).where(Enterprise.uscc == bindparam("code"), is_listed())
)
PUBLISHED_NUMBER = Prepared(entries.published().where(Entry.number == bindparam("code")))


def is_public_uscc(code: str) -> bool:
    """Say whether an enterprise with this code is public."""
    return reading.read_one(PUBLIC_USCC, code=code) is not None


def is_published_number(code: str) -> bool:
    """Say whether a published entry has this number."""
    return reading.read_one(PUBLISHED_NUMBER, code=code) is not None


def holding(text: str) -> Subquery:
    """Select (section, kind, ref, place) of everything public whose name or number holds a text."""
    enterprise = select(
        literal("enterprise").label("section"),
        literal("enterprise").label("kind"),
        Enterprise.id.label("ref"),
        literal(1).label("place"),
    ).where(is_listed(), registry.like(text))
    entry = (
        entries.published()
        .where(entries.like(text))
        .with_only_columns(EntrySubtype.kind, literal("entry"), Entry.id, literal(0))
    )
    policy = select(literal("policy"), literal("policy"), Policy.id, literal(2)).where(
        Policy.published_on <= clock.today(), holds(text, Policy.title_zh, Policy.document_no)
    )
    return union_all(enterprise, entry, policy).subquery()


def counts_like(text: str) -> dict[str, int]:
    """Return how many rows of each section hold a text."""
    found = holding(text)
    rows = db.session.execute(select(found.c.section, func.count()).group_by(found.c.section))
    return {row[0]: row[1] for row in rows}


def like(text: str, section: str, limit: int, offset: int) -> list[Ref]:
    """Return a page of what holds a text, of one section or of all."""
    found = holding(text)
    page = select(found.c.kind, found.c.ref).order_by(found.c.place, found.c.ref.desc())
    if section:
        page = page.where(found.c.section == section)
    return [(kind, ref) for kind, ref in db.session.execute(page.limit(limit).offset(offset))]
