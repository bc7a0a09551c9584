"""Official lists for tests, as officers hand them in."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select, update

from portal import files
from portal.accounts.models import Person
from portal.classification.actions import list_undo
from portal.classification.actions import official_lists as actions
from portal.classification.models.official_lists import OfficialList, OfficialListRow
from portal.classification.models.titles import Title
from portal.classification.official_lists.judging import Source
from portal.classification.official_lists.running import run_slice
from portal.classification.queries.list_jobs import count_titles, standing_titles
from portal.classification.queries.official_lists import every_row, get_list
from portal.classification.queries.titles import get_title_kind
from portal.database import transaction
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.scenes import scene

HEAD = "序号,企业名称,统一社会信用代码,证书编号,发证日期"
SOURCE = Source(
    source_title="示例：2024年高新技术企业认定备案名单",
    source_date=date(2024, 11, 5),
    source_number="示例〔2024〕00号",
    batch="2024年第二批",
)


@scene
def hand_in(
    actor: Person, *lines: str, head: str = HEAD, kind: str = "high_tech", name: str = "名单.csv"
) -> OfficialList:
    """Return a list of these lines, read and compared by the worker."""
    official = just_handed_in(actor, *lines, head=head, kind=kind, name=name)
    work_through(official)
    return get_list(official.id)


@scene
def just_handed_in(
    actor: Person, *lines: str, head: str = HEAD, kind: str = "high_tech", name: str = "名单.csv"
) -> OfficialList:
    """Return a list of these lines of which nothing is read yet."""
    content = io.BytesIO("\n".join([head, *lines] if head else lines).encode())
    with (
        files.receiving(folder(), content, name, field="file", allowed=files.SHEETS) as received,
        transaction(),
    ):
        return actions.hand_in(actor, get_title_kind(kind), SOURCE, received, language="zh_Hans_CN")


def folder() -> Path:
    """Return where the files of the portal lie."""
    return Path(current_app.config["FILES"])


@scene
def work_through(official: OfficialList) -> None:
    """Do the worker's part of a list."""
    while run_slice(official.id, folder()):
        pass


@scene
def record(actor: Person, official: OfficialList) -> int:
    """Confirm a list, have it recorded; return how many of its titles are known now."""
    actions.record_list(actor, official, official.version)
    work_through(official)
    return len(standing_titles(official.id, 1000))


@scene
def undo(actor: Person, official: OfficialList) -> int:
    """Have a list undone; return how many titles it had recorded."""
    list_undo.undo_list(actor, official, official.version)
    work_through(official)
    return count_titles(official.id)


def line(number: int, name: str, code: str = "", serial: int | None = None, on: str = "") -> str:
    """Return a row of a list of high-tech certificates."""
    return f"{number},{name},{code},GR2024510{serial or number:05d},{on or '2024-11-05'}"


def on_record() -> int:
    """Return how many titles are known now."""
    known = select(func.count(Title.id)).where(Title.superseded_at.is_(None))
    return db.session.scalar(known) or 0


@scene
def make_lists(actor: Person) -> dict[str, int]:
    """Return the numbers of a list only checked, of one on record, and of its waiting row."""
    checked, recorded = (hand_in(actor, f"{n},示例无人公司{n},,GR20245100099{n},") for n in (1, 2))
    record(actor, recorded)
    return {"checked_list": checked.id, "list_id": recorded.id, "row_no": 2}


def findings(official: OfficialList) -> list[str]:
    """Return what was found at each row."""
    return [str(row.finding) for row in every_row(official.id)]


def row(official: OfficialList, number: int) -> OfficialListRow:
    """Return the row of that number in the file."""
    return next(each for each in every_row(official.id) if each.row_no == number)


@scene
def rename(enterprise: Enterprise, name: str) -> None:
    """Give a record another name, as a test needs it."""
    db.session.get_one(Enterprise, enterprise.id).name = name
    db.session.commit()


@scene
def leave_registry(enterprise: Enterprise) -> None:
    """Suspend a record without more."""
    db.session.execute(
        update(Enterprise).where(Enterprise.id == enterprise.id).values(state="suspended")
    )
    db.session.commit()
