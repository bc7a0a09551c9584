"""Named selects for the worker's part of official lists: what is next, and what was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title
from portal.classification.queries.official_lists import WITH_KIND
from portal.classification.rules.official_lists import Said
from portal.classification.terms.official_lists import Finding, Settled
from portal.extensions import db


def get_job(list_id: int) -> OfficialList:
    """Return a list as the worker goes on with it, whatever its state."""
    return db.session.get_one(OfficialList, list_id, options=[WITH_KIND])


def rows_after(list_id: int, reached: int, limit: int) -> Sequence[OfficialListRow]:
    """Return the next rows of a list."""
    return db.session.scalars(
        select(OfficialListRow)
        .where(OfficialListRow.list_id == list_id, OfficialListRow.row_no > reached)
        .order_by(OfficialListRow.row_no)
        .limit(limit)
    ).all()


def exact_after(list_id: int, reached: int, limit: int) -> Sequence[OfficialListRow]:
    """Return the next rows of a list that are to be recorded."""
    return db.session.scalars(
        select(OfficialListRow)
        .where(
            OfficialListRow.list_id == list_id,
            OfficialListRow.finding == Finding.EXACT,
            OfficialListRow.row_no > reached,
            OfficialListRow.settled_as == "",
        )
        .order_by(OfficialListRow.row_no)
        .limit(limit)
    ).all()


def said_of(list_id: int) -> list[Said]:
    """Return what the rows of a judged list say that can be right by themselves, in their order."""
    rows = db.session.execute(
        select(
            OfficialListRow.row_no,
            OfficialListRow.enterprise_id,
            OfficialListRow.uscc,
            OfficialListRow.name_key,
            OfficialListRow.level,
            OfficialListRow.subject,
            OfficialListRow.number,
            OfficialListRow.batch,
            OfficialListRow.granted_on,
            OfficialListRow.valid_until,
        )
        .where(OfficialListRow.list_id == list_id, OfficialListRow.fault == "")
        .order_by(OfficialListRow.row_no)
        .execution_options(yield_per=2000)
    )
    return [
        Said(row_no, enterprise_id or uscc or name, uscc, name, *facts)
        for row_no, enterprise_id, uscc, name, *facts in rows
    ]


def rows_numbered(list_id: int, numbers: Sequence[int]) -> Sequence[OfficialListRow]:
    """Return these rows of a list."""
    return db.session.scalars(
        select(OfficialListRow).where(
            OfficialListRow.list_id == list_id, OfficialListRow.row_no.in_(numbers)
        )
    ).all()


def ids_in_order(list_id: int) -> Sequence[int]:
    """Return the ids of a list's rows in their order."""
    return db.session.scalars(
        select(OfficialListRow.id)
        .where(OfficialListRow.list_id == list_id)
        .order_by(OfficialListRow.row_no)
    ).all()


def is_numbered(list_id: int) -> bool:
    """Say whether any row of a list carries a number."""
    found = select(OfficialListRow.id).where(
        OfficialListRow.list_id == list_id, OfficialListRow.number != ""
    )
    return db.session.scalar(found.limit(1)) is not None


def recorded_rows(list_id: int, fields: Sequence[str]) -> Sequence[Row[tuple[object, ...]]]:
    """Return what was recorded of a list at once: row, record and these fields, in their order."""
    columns = [getattr(OfficialListRow, name) for name in ("row_no", "enterprise_id", *fields)]
    return db.session.execute(
        select(*columns)
        .where(
            OfficialListRow.list_id == list_id,
            OfficialListRow.finding == Finding.EXACT,
            OfficialListRow.settled_as == Settled.RECORDED,
        )
        .order_by(OfficialListRow.row_no)
    ).all()


def standing_titles(list_id: int, limit: int) -> Sequence[Title]:
    """Return the next titles a list recorded that are known now."""
    return db.session.scalars(
        select(Title)
        .where(Title.list_id == list_id, Title.superseded_at.is_(None))
        .options(joinedload(Title.enterprise))
        .order_by(Title.id)
        .limit(limit)
    ).all()


def count_titles(list_id: int) -> int:
    """Return how many titles a list recorded, also those settled later."""
    return db.session.scalar(select(func.count()).where(Title.list_id == list_id)) or 0
