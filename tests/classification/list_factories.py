"""Official lists for tests, as officers hand them in."""

from __future__ import annotations

import io
from datetime import date

from sqlalchemy import func, select, update

from portal.accounts.models import Person
from portal.classification.actions.official_lists import keep_list, record_list
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title
from portal.classification.official_lists.judging import Source
from portal.classification.official_lists.reading import read_list
from portal.classification.queries.official_lists import every_row, get_list
from portal.classification.queries.titles import get_title_kind
from portal.enterprises.models import Enterprise
from portal.extensions import db

HEAD = "序号,企业名称,统一社会信用代码,证书编号,发证日期"
SOURCE = Source(
    source_title="示例：2024年高新技术企业认定备案名单",
    source_date=date(2024, 11, 5),
    source_number="示例〔2024〕00号",
    batch="2024年第二批",
)


def hand_in(actor: Person, *lines: str, head: str = HEAD, kind: str = "high_tech") -> OfficialList:
    """Return a list of these lines, read as a dry run."""
    content = io.BytesIO("\n".join([head, *lines] if head else lines).encode())
    official = keep_list(
        actor, get_title_kind(kind), SOURCE, read_list(content, "名单.csv"), "名单.csv"
    )
    return get_list(official.id)


def line(number: int, name: str, code: str = "", serial: int | None = None, on: str = "") -> str:
    """Return a row of a list of high-tech certificates."""
    return f"{number},{name},{code},GR2024510{serial or number:05d},{on or '2024-11-05'}"


def on_record() -> int:
    """Return how many titles are known now."""
    known = select(func.count(Title.id)).where(Title.superseded_at.is_(None))
    return db.session.scalar(known) or 0


def make_lists(actor: Person) -> dict[str, int]:
    """Return the numbers of a list only checked, of one on record, and of its waiting row."""
    checked, recorded = (hand_in(actor, f"{n},示例无人公司{n},,GR20245100099{n},") for n in (1, 2))
    record_list(actor, recorded, recorded.version)
    return {"checked_list": checked.id, "list_id": recorded.id, "row_no": 2}


def findings(official: OfficialList) -> list[str]:
    """Return what was found at each row."""
    return [str(row.finding) for row in every_row(official.id)]


def row(official: OfficialList, number: int) -> OfficialListRow:
    """Return the row of that number in the file."""
    return next(each for each in every_row(official.id) if each.row_no == number)


def rename(enterprise: Enterprise, name: str) -> None:
    """Give a record another name, as a test needs it."""
    db.session.get_one(Enterprise, enterprise.id).name = name
    db.session.commit()


def leave_registry(enterprise: Enterprise) -> None:
    """Suspend a record without more."""
    db.session.execute(
        update(Enterprise).where(Enterprise.id == enterprise.id).values(state="suspended")
    )
    db.session.commit()
