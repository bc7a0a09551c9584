"""A fictional city to measure: enterprises with titles, and lists with entries, by the bulk.

    PORTAL_DATA=/tmp/city python -m benchmarks.city 100000

Fills an empty, seeded database (SQLite in PORTAL_DATA, or DATABASE_URL) with so many enterprises
and three entries for every hundred of them, the same at each run, every name marked 示例; then
counts what is kept and builds the search index. Nobody of it exists.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from benchmarks.running import optional_flask
from benchmarks.sheets import PRODUCTS, SEED, TRADES
from portal import clock, create_app
from portal.chinese import sort_key
from portal.classification.models.titles import Title, TitleKind
from portal.database import refresh_statistics, transaction
from portal.enterprises.models import (
    Enterprise,
    EnterpriseName,
    EnterprisePeriod,
    enterprise_pillar,
)
from portal.enterprises.names import name_key
from portal.extensions import db
from portal.lists.models import Entry
from portal.lists.terms.kinds import Kind
from portal.search.documents_from_rows import all_documents
from portal.taxonomy.models import Term
from portal.taxonomy.terms import Scheme
from tests.factories import make_uscc
from tests.lists.factories import make_published_release

AT_ONCE = 5_000  # rows of an insert
PER_HUNDRED = 3  # entries for a hundred enterprises
ANALYSED = ("enterprise", "title", "entry", "release", "edition", "entry_subtype")
SYLLABLES = "岷江竹光锦象川储能锂材智源华盛府青神仁寿东坡彭祖洪雅丹棱新宏达远恒信诚嘉瑞丰泰启航"
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
SENTENCES = (
    "专注{trade}领域，主要产品为{product}，面向西南地区客户提供设计、生产和售后服务。",
    "拥有自主研发的{product}产线，参与{trade}行业标准的编制，与高校共建联合实验室。",
    "以{product}切入{trade}产业链，近三年研发投入持续增长，产品用于多个示例项目。",
)
NEEDS = ("场站", "园区", "港口", "社区", "医院", "学校", "仓库", "农场")


@dataclass(frozen=True)
class Places:
    """The ids of terms that records refer to, by scheme."""

    terms: dict[str, list[int]]
    kinds: list[TitleKind]

    def some(self, scheme: Scheme, chance: random.Random, share: float) -> int | None:
        """Return a term of a scheme, None for those beyond the share that has one."""
        known = self.terms.get(scheme, [])
        return chance.choice(known) if known and chance.random() < share else None


def places() -> Places:
    """Read the vocabulary."""
    terms: dict[str, list[int]] = {}
    for term in db.session.scalars(select(Term).order_by(Term.id)):
        terms.setdefault(term.scheme, []).append(term.id)
    kinds = db.session.scalars(select(TitleKind).order_by(TitleKind.sort).limit(8)).all()
    db.session.rollback()
    return Places(terms, list(kinds))


def enterprise(number: int, chance: random.Random, known: Places) -> dict[str, Any]:
    """Return the values of an enterprise in the registry."""
    trade, product = chance.choice(TRADES), "、".join(chance.sample(PRODUCTS, 2))
    middle = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3))))
    name = f"示例{middle}{trade}{chance.choice(FORMS)}"
    admitted = date(2022, 1, 1) + timedelta(days=chance.randint(0, 1700))
    return {
        "id": number,
        "state": "active",
        "uscc": make_uscc(number),
        "name": name,
        "name_key": name_key(name),
        "sort_key": sort_key(name),
        "established_on": date(chance.randint(1995, 2024), chance.randint(1, 12), 1),
        "district_id": known.some(Scheme.DISTRICT, chance, 1),
        "zone_id": known.some(Scheme.ZONE, chance, 0.3),
        "industry_id": known.some(Scheme.INDUSTRY, chance, 0.9),
        "key_industry_id": known.some(Scheme.KEY_INDUSTRY, chance, 0.8),
        "node_id": known.some(Scheme.NODE, chance, 0.3),
        "products": product,
        "introduction": chance.choice(SENTENCES).format(trade=trade, product=product),
        "is_sample": True,
        "created_at": clock.now(),
        "updated_at": clock.now(),
        "admitted_on": admitted,
        "admission_no": f"RK-{admitted.year}-{number:07}",
    }


def pillars(number: int, chance: random.Random, known: Places) -> Iterator[dict[str, Any]]:
    """Yield which of the four new an enterprise names."""
    every = known.terms[Scheme.PILLAR]
    for term in chance.sample(every, chance.choice((0, 1, 1, 2))):
        yield {"enterprise_id": number, "term_id": term}


def titles(number: int, chance: random.Random, known: Places) -> Iterator[dict[str, Any]]:
    """Yield the titles an enterprise holds: one in four has some, few of them lapsed."""
    for kind in chance.sample(known.kinds, chance.choice((0, 0, 0, 0, 0, 0, 1, 2))):
        granted = date(2023, 1, 1) + timedelta(days=chance.randint(0, 1300))
        yield {
            "enterprise_id": number,
            "kind_id": kind.id,
            "level": kind.levels[0],
            "number": f"SL{kind.id:02}{number:07}",
            "granted_on": granted,
            "valid_from": granted,
            "valid_until": granted + timedelta(days=3 * 365),
            "source_title": "示例市认定名单",
            "source_date": granted,
            "recorded_at": clock.now(),
        }


def names(number: int, chance: random.Random, _known: Places) -> Iterator[dict[str, Any]]:
    """Yield the name before, which one in twenty had."""
    if chance.random() < 0.05:
        before = f"示例{''.join(chance.choices(SYLLABLES, k=3))}{chance.choice(FORMS)}"
        yield {"enterprise_id": number, "name": before, "recorded_at": clock.now()}


def periods(number: int, _chance: random.Random, _known: Places) -> Iterator[dict[str, Any]]:
    """Yield since when an enterprise stands in the registry."""
    since = date(2022, 1, 1)
    facts = {"state": "active", "valid_from": since, "recorded_at": clock.now()}
    yield {"enterprise_id": number, **facts}


Made = Callable[[int, random.Random, Places], Iterator[dict[str, Any]]]
BELONGINGS: tuple[tuple[Any, Made], ...] = (
    (enterprise_pillar, pillars),
    (Title, titles),
    (EnterprisePeriod, periods),
    (EnterpriseName, names),
)


def fill_registry(count: int) -> None:
    """Put so many enterprises with what belongs to them into the registry."""
    chance, known = random.Random(SEED), places()
    for first in range(1, count + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count + 1))
        with transaction():
            write(Enterprise, [enterprise(number, chance, known) for number in numbers])
            for table, make in BELONGINGS:
                write(table, [row for number in numbers for row in make(number, chance, known)])


def write(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in one statement."""
    if rows:
        db.session.execute(insert(table), rows)


def fill_lists(count: int) -> None:
    """Publish lists of three kinds with so many entries: one through its actions, then copies."""
    chance, known = random.Random(SEED), places()
    for kind in Kind:
        first = make_published_release(kind, entries=1).entries[0].id
        row = dict(db.session.execute(select(*Entry.__table__.columns)
                   .where(Entry.id == first)).mappings().one())  # fmt: skip
        del row["id"]
        rows = [copied(row, serial, chance, known) for serial in range(2, count // len(Kind) + 1)]
        with transaction():
            for start in range(0, len(rows), AT_ONCE):
                write(Entry, rows[start : start + AT_ONCE])


def copied(
    row: dict[str, Any], serial: int, chance: random.Random, known: Places
) -> dict[str, Any]:
    """Return a copy of a published entry with number, title, place and closing date of its own."""
    number = f"{row['number'].rpartition('-')[0]}-{serial + 1:06}"
    trade, product = chance.choice(TRADES), chance.choice(PRODUCTS)
    title = f"示例{trade}{chance.choice(NEEDS)}{product}应用之{serial}"
    closes = row["closes_on"] and clock.today() + timedelta(days=chance.randint(-200, 300))
    said = dict(row["snapshot"]) | {"number": number, "title_zh": title}
    said["summary_zh"] = chance.choice(SENTENCES).format(trade=trade, product=product)
    said["closes_on"] = closes.isoformat() if closes else said.get("closes_on")
    return row | {
        "number": number,
        "title": title,
        "position": serial,
        "closes_on": closes,
        "field_id": known.some(Scheme.FIELD, chance, 0.9),
        "district_id": known.some(Scheme.DISTRICT, chance, 0.8),
        "zone_id": known.some(Scheme.ZONE, chance, 0.2),
        "snapshot": said,
    }


def fill(count: int, with_index: bool = True) -> None:
    """Fill the database of the settings and say how long each part took."""
    app = create_app()
    with app.app_context():
        index = app.extensions["search"].index
        steps: list[tuple[str, Callable[[], object]]] = [
            (f"{count} enterprises", lambda: fill_registry(count)),
            ("entries", lambda: fill_lists(max(3, count * PER_HUNDRED // 100))),
            ("statistics", lambda: refresh_statistics(*ANALYSED)),
            ("kept counts", lambda: optional_flask("counts", "recount")),
        ]
        if with_index:
            steps.append(("search index", lambda: index.rebuild(all_documents())))
        for what, do in steps:
            begin = time.perf_counter()
            do()
            print(f"  {what}: {time.perf_counter() - begin:.1f} s", flush=True)


if __name__ == "__main__":
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
