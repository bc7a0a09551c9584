"""The indicators of a score on the page of an assessment: a row each, by dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.classification.criteria.evaluation import Assessment, read
from portal.classification.criteria.explanation import bounds_shown
from portal.classification.criteria.nodes import Choice, Compare, Criterion, Flag, Group, Indicator
from portal.classification.criteria.showing import points as plain_points
from portal.classification.criteria.showing import shown
from portal.classification.criteria.values import Interval
from portal.classification.words.criteria import Row, sources_of
from portal.classification.words.values import (
    Metrics,
    fact_name,
    fact_value,
    name_of,
    points_words,
    shown_words,
    value_words,
    wanted_words,
)


@dataclass(frozen=True)
class Dimension:
    """A group of indicators with its points."""

    name: str
    points: str
    low: float
    high: float
    most: float
    rows: tuple[Row, ...]


def dimensions(
    explanation: Mapping[str, Any], assessment: Assessment, metrics: Metrics
) -> list[Dimension]:
    """Return every dimension of the score with its indicators' rows."""
    score = assessment.version.score
    if score is None:
        return []
    by_id = {one.id: one for dimension in score.dimensions for one in dimension.indicators}
    return [
        Dimension(
            name=name_of(one),
            points=points_words(one["points"]),
            low=one["points"][0],
            high=one["points"][1],
            most=one["max"],
            rows=tuple(
                indicator_row(item, by_id[item["id"]], assessment, metrics)
                for item in one["indicators"]
            ),
        )
        for one in explanation["dimensions"]
    ]


def indicator_row(
    item: Mapping[str, Any], indicator: Indicator, assessment: Assessment, metrics: Metrics
) -> Row:
    """Return one indicator's row."""
    low, high = item["points"]
    missing = tuple(one for one in item["values"] if one["value"] is None)
    bonus = str(_(" (bonus)")) if item["bonus"] else ""
    return Row(
        name=name_of(item) + bonus,
        level=0,
        mark=indicator_mark(item),
        result=f"{points_words([low, high])} / {points_words([item['max']] * 2)}",
        wanted=bands_words(indicator, metrics),
        value=indicator_value(item, indicator, assessment, metrics),
        clause=item["clause"],
        note=str(_("Points outside the band count as the nearest inside."))
        if item["outside_band"]
        else "",
        values=tuple(item["values"]),
        missing=missing if low != high else (),
        sources=sources_of(item["values"], metrics),
    )


def indicator_mark(item: Mapping[str, Any]) -> str:
    """Return how an indicator's points are drawn."""
    low, high = item["points"]
    if low != high:
        return "wait" if item["needs_judgement"] and not item["missing"] else "unknown"
    if high == item["max"]:
        return "pass"
    return "fail" if high == 0 else "wait"


def indicator_value(
    item: Mapping[str, Any], indicator: Indicator, assessment: Assessment, metrics: Metrics
) -> str:
    """Return the figure an indicator looks at, else the one fact it reads."""
    figures = [
        band.when for band in indicator.bands if band.when and isinstance(band.when, Compare)
    ]
    if figures and len({one.figure.name for one in figures}) == 1:
        figure = figures[0].figure
        bounds = [
            bound
            for one in figures
            for bound in (one.bounds.lower, one.bounds.upper)
            if bound is not None
        ]
        value = read(figure, assessment.facts).value
        return "" if value is None else shown_words(shown(value, figure.unit, bounds), figure.unit)
    known = [one for one in item["values"] if one["value"] is not None]
    if len(known) == 1:
        return fact_value(known[0], metrics)
    return str(_(", ")).join(
        str(_("%(name)s: %(value)s", name=fact_name(one), value=fact_value(one, metrics)))
        for one in known
    )


def bands_words(indicator: Indicator, metrics: Metrics) -> str:
    """Return how many points are given for what."""
    if indicator.steps is not None:
        every = shown(indicator.steps.every, indicator.steps.figure.unit)
        return str(
            _(
                "%(points)s for every full %(amount)s",
                points=points_of(Interval(indicator.steps.points, indicator.steps.points)),
                amount=shown_words(every, indicator.steps.figure.unit),
            )
        )
    given = [
        given_words(condition_words(band.when, metrics), band.points)
        for band in indicator.bands
        if band.when is not None and band.points.high > 0
    ]
    if not given and indicator.grades:
        given = [given_words(name_of(vars(one.said)), one.points) for one in indicator.grades]
    return str(_("; ")).join(given) or str(_("A reviewer gives the points"))


def given_words(when: str, points: Interval) -> str:
    """Return a band as it is read: ≥ 5%得20分."""
    return str(_("%(when)s: %(points)s", when=when, points=points_of(points)))


def points_of(found: Interval) -> str:
    """Return points with their word: 5分, 1～6分."""
    ends = [plain_points(found.low), plain_points(found.high)]
    return str(_("%(points)s points", points=points_words(ends)))


def condition_words(criterion: Criterion, metrics: Metrics) -> str:
    """Return a band's condition: ≥ 5%, 国家级, 是."""
    if criterion.said.zh:
        return name_of(vars(criterion.said))
    match criterion:
        case Compare():
            unit = criterion.figure.unit
            wanted = bounds_shown(criterion.bounds, unit)
            return wanted_words(wanted, unit, "", metrics)
        case Flag():
            return value_words(criterion.wanted, "flag", criterion.ref.metric, metrics)
        case Choice():
            slugs = sorted(criterion.among)
            return value_words(slugs, "enum", criterion.ref.metric, metrics)
        case Group():
            joint = _(" or ") if criterion.how == "any" else _(" and ")
            return str(joint).join(condition_words(part, metrics) for part in criterion.parts)
    return ""
