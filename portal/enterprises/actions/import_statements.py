"""The statements that make records of checked rows: each sets a whole batch inside the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
)

from portal import city, clock
from portal.database import next_numbers
from portal.enterprises.importing.columns import FIGURES
from portal.enterprises.models import (
    Enterprise,
    EnterprisePeriod,
    Figure,
    ImportJob,
    ImportRow,
    enterprise_pillar,
)
from portal.enterprises.rules.confirmation import next_due
from portal.enterprises.terms.figures import Source
from portal.enterprises.terms.record import TAKES_THE_CODE, Origin, RowAct, State
from portal.extensions import db

Conditions = Sequence[ColumnElement[bool]]
COPIED = (
    "uscc",
    "name",
    "name_key",
    "sort_key",
    "established_on",
    "registered_capital",
    "district_id",
    "zone_id",
    "industry_id",
    "key_industry_id",
    "node_id",
    "products",
    "website",
)


def create_records(job: ImportJob, batch: Conditions, count: int) -> None:
    """Make `count` records of the rows of a batch; their job hides them until it is done."""
    made = (*batch, ImportRow.act == RowAct.CREATE)
    add(Enterprise, records(job, made, count))
    add(EnterprisePeriod, periods(made))
    add(enterprise_pillar, pillars(made))
    add(Figure, figures(job, made))


def add(target: Any, rows: Select[Any]) -> None:
    """Insert what a select yields, its columns by their names."""
    db.session.execute(insert(target).from_select(rows.selected_columns.keys(), rows))


def records(job: ImportJob, made: Conditions, count: int) -> Select[Any]:
    """Return the records: what a row says, the next admission numbers, what all have in common."""
    year = clock.today().year
    first = next_numbers(f"admission-{year}", count)
    serial = func.row_number().over(order_by=ImportRow.row_no) + (first - 1)
    return select(
        *(getattr(ImportRow, name) for name in COPIED),
        numbered("admission", year, serial).label("admission_no"),
        *same_for_all(Enterprise, in_common(job)),
    ).where(*made)


def numbered(pattern: str, year: int, serial: Any) -> Any:
    """Return the expression of `city.number` for a serial in the database."""
    before, figures, after = city.number_parts(pattern, year=year)
    full = 10**figures
    filled = func.substr(cast(serial + full, String), 2)
    return before + case((serial < full, filled), else_=cast(serial, String)) + after


def in_common(job: ImportJob) -> dict[str, Any]:
    """Return what every record of an import holds, columns nothing is said of included."""
    same: dict[str, Any] = {
        "version": 1,
        "state": State.ACTIVE,
        "origin": Origin.IMPORTED,
        "is_sample": job.is_sample,
        "created_by_id": job.created_by_id,
        "created_at": clock.now(),
        "updated_at": clock.now(),
        "admitted_on": clock.today(),
        "confirm_due_on": next_due(clock.today()),
        "import_job_id": job.id,
    }
    return {**defaults({*COPIED, "admission_no", *same}), **same}


def defaults(given: set[str]) -> dict[str, Any]:
    """Return what a record holds in the other columns where nothing is said."""
    columns = [column for column in Enterprise.__table__.c if column.name not in given]
    found: dict[str, Any] = {}
    for column in columns:
        default: Any = column.default
        if default is not None:
            found[column.name] = default.arg(None) if default.is_callable else default.arg
    return found


def same_for_all(model: Any, values: dict[str, Any]) -> list[Any]:
    """Return values as columns of a select, each of the type it has in the model."""
    table = model.__table__.c
    return [literal(value, table[name].type).label(name) for name, value in values.items()]


def of_rows(selected: Any, made: Conditions) -> Select[Any]:
    """Return a select over rows joined to the records made of them: no other holds their code."""
    holds = (Enterprise.uscc == ImportRow.uscc) & Enterprise.state.in_(TAKES_THE_CODE)
    return selected.join_from(ImportRow, Enterprise, holds).where(*made)


def periods(made: Conditions) -> Select[Any]:
    """Return the period in the registry that begins with each record."""
    same = {"state": State.ACTIVE, "valid_from": clock.today(), "recorded_at": clock.now()}
    owner = Enterprise.id.label("enterprise_id")
    return of_rows(select(owner, *same_for_all(EnterprisePeriod, same)), made)


def pillars(made: Conditions) -> Select[Any]:
    """Return the four 新 each record belongs to."""
    listed, term = json_items(ImportRow.pillar_ids)
    owner = Enterprise.id.label("enterprise_id")
    linked = of_rows(select(owner, cast(term, Integer).label("term_id")), made)
    return linked.join(listed, true())


def figures(job: ImportJob, made: Conditions) -> Select[Any]:
    """Return the figures of last year that the rows hold, as the bureau supplied them."""
    stated = union_all(*(select(literal(name).label("metric")) for name in FIGURES)).subquery()
    value = case({name: getattr(ImportRow, name) for name in FIGURES}, value=stated.c.metric)
    year = job.created_at.astimezone(clock.city_zone()).year - 1
    same: dict[str, Any] = {
        "year": year,
        "source": Source.BUREAU,
        "as_of": date(year, 12, 31),
        "note": "",
        "origin": origin_of(job),
        "recorded_at": clock.now(),
        "recorded_by_id": job.created_by_id,
    }
    owner = Enterprise.id.label("enterprise_id")
    columns = (owner, stated.c.metric, value.label("value"), *same_for_all(Figure, same))
    return of_rows(select(*columns), made).join(stated, value != "")


def origin_of(job: ImportJob) -> str:
    """Return what figures of an import name as their origin."""
    return f"import:{job.id}"


def json_items(array: Any) -> tuple[Any, Any]:
    """Return the items of a JSON array as a table to join, and the column of their texts."""
    if db.session.get_bind().dialect.name == "sqlite":
        listed: Any = func.json_each(array).table_valued("value")
        return listed, listed.c.value
    listed = func.json_array_elements_text(array).table_valued("value").render_derived()
    return listed, listed.c.value
