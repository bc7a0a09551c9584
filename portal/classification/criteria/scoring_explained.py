"""Points as plain data: each indicator with its range, what would decide it, and ways to more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portal.classification.criteria.changes import Remedies
from portal.classification.criteria.evaluation import Assessment, Outcome
from portal.classification.criteria.nodes import Points
from portal.classification.criteria.points import (
    DimensionScore,
    IndicatorScore,
    Scored,
    needs_of,
)
from portal.classification.criteria.showing import points
from portal.classification.criteria.solving import Change
from portal.classification.criteria.values import Interval
from portal.classification.criteria.vocabulary import Ref
from portal.classification.criteria.ways import short_by

Values = Callable[[Iterable[Ref]], list[dict[str, Any]]]
Changes = Callable[[Iterable[Change]], list[dict[str, Any]]]


def scores(scored: Scored, values: Values) -> list[dict[str, Any]]:
    """Return every dimension with its indicators."""
    return [_dimension(one, values) for one in scored.dimensions]


def _dimension(one: DimensionScore, values: Values) -> dict[str, Any]:
    return {
        "id": one.dimension.id,
        **vars(one.dimension.said),
        "points": _ends(one.points),
        "max": points(one.dimension.most),
        "best_counts": one.dimension.best,
        "indicators": [_indicator(indicator, values) for indicator in one.indicators],
    }


def _indicator(one: IndicatorScore, values: Values) -> dict[str, Any]:
    return {
        "id": one.indicator.id,
        **vars(one.indicator.said),
        "clause": one.indicator.clause,
        "points": _ends(one.points),
        "max": points(one.indicator.most),
        "bonus": one.indicator.bonus,
        "missing": [str(ref) for ref in one.missing],
        "needs_judgement": one.awaits_reviewer,
        "outside_band": one.outside_band,
        "grades": [
            {**vars(grade.said), "points": _ends(grade.points)} for grade in one.indicator.grades
        ],
        "values": values(needs_of(one.indicator)),
    }


def _ends(found: Interval) -> list[int | float]:
    return [points(found.low), points(found.high)]


def ways_to(
    criterion: Points,
    outcome: Outcome,
    assessment: Assessment,
    remedies: Remedies,
    changes: Changes,
) -> dict[str, Any]:
    """Return by how much a mark is missed and the ways to it, nothing where it is met."""
    if outcome.truth or outcome.scored is None:
        return {"short_by": 0, "ways": []}
    return {
        "short_by": points(short_by(criterion, outcome.scored)),
        "ways": [
            {
                "indicator": way.indicator.id,
                **vars(way.indicator.said),
                "gain": points(way.gain),
                "enough": way.enough,
                "change": changes([way.change])[0],
            }
            for way in remedies.ways(criterion, assessment.facts)
        ],
    }
