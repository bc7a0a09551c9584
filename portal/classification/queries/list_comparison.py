"""What the rows of an official list are compared with: the registry, the record, other lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title
from portal.classification.queries.clocks import known
from portal.classification.rules.matching import Firm
from portal.classification.terms.official_lists import WAITING, ListState
from portal.enterprises.models import Enterprise, EnterpriseName, is_listed
from portal.enterprises.names import normal
from portal.enterprises.terms.record import PUBLIC, TAKES_THE_CODE
from portal.extensions import db

CHUNK = 400  # values of one IN
T = TypeVar("T")


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


def listed_among(enterprise_ids: Collection[int]) -> set[int]:
    """Return which of these records are in the registry now."""
    return {
        number
        for some in chunks(enterprise_ids)
        for number in db.session.scalars(
            select(Enterprise.id).where(Enterprise.id.in_(some), is_listed())
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
    kind_id: int, list_id: int, names: Iterable[str]
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
                OfficialList.id != list_id,
                OfficialListRow.name_key.in_(some),
                OfficialListRow.finding.in_(WAITING),
                OfficialListRow.title_id.is_(None),
            )
            .order_by(OfficialListRow.id)
        ):
            found[row.name_key].append(row)
    return found
