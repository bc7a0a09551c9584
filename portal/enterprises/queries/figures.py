"""Named selects over metrics and figures; no query per row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from portal import clock
from portal.enterprises.models import Enterprise, Figure, Metric, ShownFigure
from portal.enterprises.rules.figure_values import Value
from portal.enterprises.terms.figures import PRECEDENCE, YEARS_BACK, FilledBy, Source
from portal.extensions import db

Key = tuple[str, int | None]  # metric and year


def metrics() -> Mapping[str, Metric]:
    """Return every metric by its code, in the order of the forms."""
    rows = db.session.scalars(select(Metric).order_by(Metric.sort, Metric.code))
    return {metric.code: metric for metric in rows}


def years_now() -> list[int]:
    """Return Y0 to Y3 by today's date: the last four complete years, latest first."""
    last = clock.today().year - 1
    return [last - back for back in range(YEARS_BACK)]


def asked_for(
    every: Mapping[str, Metric], group: str, year: int | None, filled_by: str = FilledBy.MEMBER
) -> list[Metric]:
    """Return the metrics a form asks for; `year` None: the statements without a year."""
    back = 0 if year is None else clock.today().year - 1 - year
    return [
        metric
        for metric in every.values()
        if metric.group == group
        and metric.filled_by == filled_by
        and ((metric.years == 0) if year is None else metric.years > back)
    ]


def in_years(years: Iterable[int | None]) -> ColumnElement[bool]:
    """Return the condition for these years; None stands for the statements without one."""
    wanted = list(years)
    dated = Figure.year.in_([year for year in wanted if year is not None])
    return or_(dated, Figure.year.is_(None)) if None in wanted else dated


def figures_of(
    enterprise: Enterprise,
    years: Iterable[int | None] | None = None,
    known_at: datetime | None = None,
) -> Sequence[Figure]:
    """Return the figures of an enterprise, of all sources side by side, in one statement.

    `years` may hold None for the statements without a year; left out, every year is read.
    `known_at` reads what stood at a moment instead of what stands now.
    """
    found = select(Figure).where(Figure.enterprise_id == enterprise.id)
    if years is not None:
        found = found.where(in_years(years))
    if known_at is None:
        found = found.where(Figure.superseded_at.is_(None))
    else:
        still = or_(Figure.superseded_at.is_(None), Figure.superseded_at > known_at)
        found = found.where(Figure.recorded_at <= known_at, still)
    return db.session.scalars(found.order_by(Figure.year.desc(), Figure.metric, Figure.id)).all()


def ended_before(enterprise: Enterprise) -> dict[tuple[str, int | None, str], Figure]:
    """Return per metric, year and source what was stated before and is no longer, the newest."""
    newest = (
        select(func.max(Figure.id))
        .where(Figure.enterprise_id == enterprise.id, Figure.superseded_at.is_not(None))
        .group_by(Figure.metric, Figure.year, Figure.source)
    )
    rows = db.session.scalars(select(Figure).where(Figure.id.in_(newest)).order_by(Figure.id))
    return {(row.metric, row.year, row.source): row for row in rows}


def history_of(enterprise: Enterprise, code: str, year: int | None) -> Sequence[Figure]:
    """Return everything ever said of one figure, the newest first, ended rows included."""
    of_year = Figure.year.is_(None) if year is None else Figure.year == year
    return db.session.scalars(
        select(Figure)
        .where(Figure.enterprise_id == enterprise.id, Figure.metric == code, of_year)
        .order_by(Figure.id.desc())
        .limit(100)
    ).all()


def standing(figures: Iterable[Figure]) -> dict[Key, Figure]:
    """Return per metric and year the row a rule reads: official, then checked, supplied, stated."""
    found: dict[Key, Figure] = {}
    for figure in sorted(figures, key=lambda row: PRECEDENCE.index(Source(row.source))):
        found.setdefault((figure.metric, figure.year), figure)
    return found


def values_of(
    figures: Iterable[Figure], every: Mapping[str, Metric], source: str
) -> dict[int | None, dict[str, Value]]:
    """Return the typed values of one source by year."""
    found: dict[int | None, dict[str, Value]] = {}
    for figure in figures:
        if figure.source == source:
            found.setdefault(figure.year, {})[figure.metric] = figure.read(every[figure.metric])
    return found


def figures_version(enterprise: Enterprise, year: int | None) -> int:
    """Return how often the figures of a year were recorded or ended: grows with every change."""
    of_year = Figure.year.is_(None) if year is None else Figure.year == year
    counted = select(func.count(), func.count(Figure.superseded_at)).where(
        Figure.enterprise_id == enterprise.id, of_year
    )
    made, ended = db.session.execute(counted).one()
    return int(made + ended)


def shown_rows(enterprise: Enterprise, year: int | None) -> Sequence[ShownFigure]:
    """Return the choices of a year that stand."""
    of_year = ShownFigure.year.is_(None) if year is None else ShownFigure.year == year
    return db.session.scalars(
        select(ShownFigure)
        .where(ShownFigure.enterprise_id == enterprise.id, of_year, ShownFigure.ended_at.is_(None))
        .order_by(ShownFigure.id)
    ).all()


def table_of(
    every: Mapping[str, Metric], figures: Sequence[Figure]
) -> list[tuple[str, list[Metric], list[int]]]:
    """Return per group the metrics of which anything is known, and the years, latest first."""
    known = {figure.metric for figure in figures}
    years = sorted({figure.year for figure in figures if figure.year is not None}, reverse=True)
    groups: dict[str, list[Metric]] = {}
    for metric in every.values():
        if metric.code in known:
            groups.setdefault(metric.group, []).append(metric)
    return [(group, metrics, years) for group, metrics in groups.items()]


def shown_keys(enterprise: Enterprise) -> set[Key]:
    """Return which figures the enterprise shows on its public profile."""
    rows = db.session.execute(
        select(ShownFigure.metric, ShownFigure.year).where(
            ShownFigure.enterprise_id == enterprise.id, ShownFigure.ended_at.is_(None)
        )
    )
    return {(row.metric, row.year) for row in rows}
