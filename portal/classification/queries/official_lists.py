"""Named selects over official lists and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title, TitleKind
from portal.classification.terms.official_lists import WAITING, Finding, ListState, Settled
from portal.enterprises.models import Enterprise
from portal.errors import NotFound
from portal.extensions import db

AT_ONCE = 500  # rows read at a time for a download
T = TypeVar("T")
WITH_KIND = joinedload(OfficialList.kind).joinedload(TitleKind.lead_department)


def lists_of(kind_ids: Sequence[int]) -> Select[OfficialList]:
    """Return a select of the lists of these kinds that were not discarded."""
    return select(OfficialList).where(
        OfficialList.kind_id.in_(kind_ids), OfficialList.state != ListState.DISCARDED
    )


def count(narrowed: Select[T]) -> int:
    """Return how many rows a select names."""
    return db.session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0


def page_of_lists(
    narrowed: Select[OfficialList], offset: int, limit: int
) -> Sequence[OfficialList]:
    """Return one page of lists, newest first, with their kinds."""
    ordered = narrowed.options(WITH_KIND).order_by(OfficialList.id.desc())
    return db.session.scalars(ordered.offset(offset).limit(limit)).all()


def totals_of(list_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return by list how many rows it has by finding; `waiting`: how many are to be settled,
    `rest`: how many of these matched nobody, `recorded`: how many have their title on record."""
    found: dict[int, dict[str, int]] = {number: {} for number in list_ids}
    rows = db.session.execute(
        select(
            OfficialListRow.list_id,
            OfficialListRow.finding,
            OfficialListRow.settled_as,
            func.count(),
        )
        .where(OfficialListRow.list_id.in_(list_ids))
        .group_by(OfficialListRow.list_id, OfficialListRow.finding, OfficialListRow.settled_as)
    )
    for list_id, finding, settled, number in rows:
        totals = found[list_id]
        totals[finding] = totals.get(finding, 0) + number
        if finding in WAITING and not settled:
            totals["waiting"] = totals.get("waiting", 0) + number
        if finding == Finding.UNMATCHED and not settled:
            totals["rest"] = number
        if settled == Settled.RECORDED:
            totals["recorded"] = totals.get("recorded", 0) + number
    return found


def get_list(list_id: int) -> OfficialList:
    """Return a list with its kind; raises NotFound."""
    found = db.session.get(OfficialList, list_id, options=[WITH_KIND])
    if found is None or found.state == ListState.DISCARDED:
        raise NotFound
    return found


def rows_of(list_id: int, finding: str = "") -> Select[OfficialListRow]:
    """Return a select of a list's rows, of one finding or of all."""
    found = select(OfficialListRow).where(OfficialListRow.list_id == list_id)
    return found.where(OfficialListRow.finding == Finding(finding)) if finding else found


def page_of_rows(
    narrowed: Select[OfficialListRow], offset: int, limit: int
) -> Sequence[OfficialListRow]:
    """Return one page of rows in the order of the list, with the records proposed."""
    ordered = narrowed.options(joinedload(OfficialListRow.enterprise))
    return db.session.scalars(
        ordered.order_by(OfficialListRow.list_id, OfficialListRow.row_no)
        .offset(offset)
        .limit(limit)
    ).all()


def every_row(list_id: int, finding: str = "") -> Iterator[OfficialListRow]:
    """Yield the rows of a list in their order, with the records they mean, so many at a time."""
    last = -1
    narrowed = rows_of(list_id, finding).options(joinedload(OfficialListRow.enterprise))
    ordered = narrowed.order_by(OfficialListRow.row_no).limit(AT_ONCE)
    while rows := db.session.scalars(ordered.where(OfficialListRow.row_no > last)).all():
        yield from rows
        last = rows[-1].row_no


def waiting_rows(kind_ids: Sequence[int]) -> Select[OfficialListRow]:
    """Return a select of the rows of recorded lists of these kinds that wait for an officer."""
    return (
        select(OfficialListRow)
        .join(OfficialListRow.list)
        .where(
            OfficialList.kind_id.in_(kind_ids),
            OfficialList.state == ListState.RECORDED,
            OfficialListRow.finding.in_(WAITING),
            OfficialListRow.settled_as == "",
        )
    )


def page_of_waiting(
    narrowed: Select[OfficialListRow], offset: int, limit: int
) -> Sequence[OfficialListRow]:
    """Return one page of waiting rows, oldest list first, with lists, kinds and proposals."""
    ordered = narrowed.options(
        joinedload(OfficialListRow.enterprise),
        joinedload(OfficialListRow.list).joinedload(OfficialList.kind),
    )
    return db.session.scalars(
        ordered.order_by(OfficialListRow.list_id, OfficialListRow.row_no)
        .offset(offset)
        .limit(limit)
    ).all()


def get_row(list_id: int, row_no: int) -> OfficialListRow:
    """Return a row of a recorded list with its list and proposal; raises NotFound."""
    found = db.session.scalar(
        select(OfficialListRow)
        .where(OfficialListRow.list_id == list_id, OfficialListRow.row_no == row_no)
        .options(
            joinedload(OfficialListRow.list).options(WITH_KIND),
            joinedload(OfficialListRow.enterprise).joinedload(Enterprise.district),
        )
    )
    if found is None or found.list.state != ListState.RECORDED:
        raise NotFound
    return found


def find_same_content(official: OfficialList) -> OfficialList | None:
    """Return a recorded list of the same kind made from the very same bytes, or None."""
    return db.session.scalar(
        select(OfficialList)
        .where(
            OfficialList.kind_id == official.kind_id,
            OfficialList.content_digest == official.content_digest,
            OfficialList.state == ListState.RECORDED,
            OfficialList.id != official.id,
        )
        .order_by(OfficialList.id.desc())
        .limit(1)
    )


def titles_from(list_id: int) -> Sequence[Title]:
    """Return the titles a list recorded, also those corrected since, with their holders."""
    return db.session.scalars(
        select(Title)
        .where(Title.list_id == list_id)
        .options(joinedload(Title.enterprise))
        .order_by(Title.id)
    ).all()


def unmatched_after(row_id: int, limit: int) -> Sequence[OfficialListRow]:
    """Return the next rows of recorded lists that matched nobody and wait, by id."""
    return db.session.scalars(
        select(OfficialListRow)
        .join(OfficialListRow.list)
        .where(
            OfficialList.state == ListState.RECORDED,
            OfficialListRow.finding == Finding.UNMATCHED,
            OfficialListRow.settled_as == "",
            OfficialListRow.id > row_id,
        )
        .order_by(OfficialListRow.id)
        .limit(limit)
    ).all()
