"""Named selects over official lists, their rows, and what rows are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title, TitleKind
from portal.classification.queries.clocks import known
from portal.classification.rules.matching import Firm
from portal.classification.terms.official_lists import WAITING, Finding, ListState
from portal.enterprises.models import Enterprise, EnterpriseName, is_listed
from portal.enterprises.names import normal
from portal.enterprises.terms.record import PUBLIC, TAKES_THE_CODE
from portal.errors import NotFound
from portal.extensions import db

CHUNK = 400  # values of one IN
T = TypeVar("T")
WITH_KIND = joinedload(OfficialList.kind).joinedload(TitleKind.lead_department)


class Place(NamedTuple):
    """The district of a firm, for who may record there."""

    id: int
    name: str
    district_id: int | None


def chunks(values: Collection[T]) -> Iterator[list[T]]:
    """Yield values by the chunk, none twice."""
    each = list(dict.fromkeys(values))
    for start in range(0, len(each), CHUNK):
        yield each[start : start + CHUNK]


def firms() -> list[Firm]:
    """Return every record of the registry as rows are compared with it, in two statements."""
    former: dict[int, list[str]] = defaultdict(list)
    for enterprise_id, name in db.session.execute(
        select(EnterpriseName.enterprise_id, EnterpriseName.name)
        .join(Enterprise, Enterprise.id == EnterpriseName.enterprise_id)
        .where(is_listed())
    ):
        former[enterprise_id].append(normal(name).full)
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.uscc, Enterprise.name)
        .where(is_listed())
        .execution_options(yield_per=1000)
    )
    return [
        Firm(row.id, row.uscc, normal(row.name), tuple(dict.fromkeys(former.get(row.id, ()))))
        for row in rows
    ]


def places_of(enterprise_ids: Collection[int]) -> dict[int, Place]:
    """Return name and district of records by id."""
    return {
        row.id: Place(row.id, row.name, row.district_id)
        for some in chunks(enterprise_ids)
        for row in db.session.execute(
            select(Enterprise.id, Enterprise.name, Enterprise.district_id).where(
                Enterprise.id.in_(some)
            )
        )
    }


def codes_outside(codes: Collection[str]) -> set[str]:
    """Return which of these codes a record holds that is not in the registry."""
    states = TAKES_THE_CODE - PUBLIC
    return {
        code
        for some in chunks(codes)
        for code in db.session.scalars(
            select(Enterprise.uscc).where(Enterprise.uscc.in_(some), Enterprise.state.in_(states))
        )
    }


def titles_with_numbers(kind_id: int, numbers: Collection[str]) -> list[Title]:
    """Return the titles of a kind on record under any of these numbers, with their holders."""
    return [
        title
        for some in chunks(numbers)
        for title in db.session.scalars(
            select(Title)
            .where(Title.kind_id == kind_id, Title.number.in_(some), known(Title, None))
            .options(joinedload(Title.enterprise))
        )
    ]


def titles_of_firms(kind_id: int, enterprise_ids: Collection[int]) -> dict[int, list[Title]]:
    """Return the titles of a kind these records have, by record."""
    found: dict[int, list[Title]] = defaultdict(list)
    for some in chunks(enterprise_ids):
        for title in db.session.scalars(
            select(Title)
            .where(Title.kind_id == kind_id, Title.enterprise_id.in_(some), known(Title, None))
            .order_by(Title.valid_from, Title.id)
        ):
            found[title.enterprise_id].append(title)
    return found


def earlier_rows(
    kind_id: int, list_id: int | None, names: Iterable[str]
) -> dict[str, list[OfficialListRow]]:
    """Return the rows of recorded lists of a kind that wait or lie outside the registry, by the
    spelling of their name; `list_id` is left out."""
    found: dict[str, list[OfficialListRow]] = defaultdict(list)
    for some in chunks(list(names)):
        for row in db.session.scalars(
            select(OfficialListRow)
            .join(OfficialListRow.list)
            .where(
                OfficialList.kind_id == kind_id,
                OfficialList.state == ListState.RECORDED,
                OfficialList.id != (list_id or 0),
                OfficialListRow.name_key.in_(some),
                OfficialListRow.finding.in_(WAITING),
                OfficialListRow.title_id.is_(None),
            )
            .order_by(OfficialListRow.id)
        ):
            found[row.name_key].append(row)
    return found


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
    """Return by list how many rows it has by finding, and `waiting`: how many are to be settled."""
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


def every_row(list_id: int) -> Sequence[OfficialListRow]:
    """Return all rows of a list in their order."""
    return db.session.scalars(
        select(OfficialListRow)
        .where(OfficialListRow.list_id == list_id)
        .order_by(OfficialListRow.row_no)
    ).all()


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
