"""An assessment as plain data: every criterion with its text, values, result, lack and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from portal.classification.criteria.changes import Remedies
from portal.classification.criteria.evaluation import Assessment, Outcome, missing_of
from portal.classification.criteria.facts import Facts, Value
from portal.classification.criteria.nodes import (
    Choice,
    Compare,
    Criterion,
    Document,
    Flag,
    Group,
    Period,
    Points,
    Said,
    Version,
)
from portal.classification.criteria.scoring_explained import scores, ways_to
from portal.classification.criteria.showing import exact, points, shown
from portal.classification.criteria.size_explained import sizes
from portal.classification.criteria.solving import Change
from portal.classification.criteria.values import Bounds, Interval
from portal.classification.criteria.vocabulary import Ref, Vocabulary


class Result(StrEnum):
    """How a criterion came out: judgement is for a person to give, missing is not yet stated."""

    MET = "met"
    UNMET = "unmet"
    MISSING = "missing"
    JUDGEMENT = "judgement"


VERDICTS = {True: "met", False: "unmet", None: "undetermined"}
SCORE = Said("综合得分", "Score")
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def result_of(outcome: Outcome) -> Result:
    """Return how a criterion came out: a missing fact is named before a missing judgement."""
    if outcome.truth is not None:
        return Result.MET if outcome.truth else Result.UNMET
    if outcome.parts:
        parts = {result_of(part) for part in outcome.parts if part.truth is None}
        return Result.MISSING if Result.MISSING in parts else Result.JUDGEMENT
    if outcome.criterion.judgement:
        return Result.JUDGEMENT
    if isinstance(outcome.criterion, Points) and outcome.scored is not None:
        indicators = outcome.scored.indicators(outcome.criterion.of)
        stated = {ref for one in indicators for ref in one.missing if ref != one.indicator.expert}
        return Result.MISSING if stated else Result.JUDGEMENT
    return Result.MISSING if outcome.reading and outcome.reading.missing else Result.JUDGEMENT


def explain(assessment: Assessment, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the whole explanation as JSON can hold it."""
    version, facts = assessment.version, assessment.facts
    explained = Explaining(assessment, vocabulary)
    return {
        "version": version.id,
        "title": version.title,
        "zh": version.said.zh,
        "en": version.said.en,
        "on": facts.on.isoformat(),
        "year": facts.on.year - 1,
        "in_force": version.in_force.covers(facts.on),
        "indicative": version.indicative,
        "verdict": VERDICTS[assessment.verdict],
        "score": interval(assessment.scored.total) if assessment.scored else None,
        "criteria": [explained.outcome(one) for one in assessment.criteria],
        "missing": [str(ref) for ref in explained.missing()],
        "awaited": [str(ref) for ref in explained.awaited()],
        "remarks": [explained.outcome(one) for one in assessment.remarks if one.truth],
        "dimensions": scores(assessment.scored, explained.values) if assessment.scored else [],
        "size": sizes(assessment.size, explained.values) if assessment.size else None,
        **basis(version),
    }


def basis(version: Version) -> dict[str, Any]:
    """Return what a version rests on, when it holds and where the title is applied for."""
    return {
        "documents": [_document(one) for one in version.documents],
        "confidence": version.confidence,
        "effective": version.in_force.begin.isoformat(),
        "expires": _day(version.in_force),
        "recheck": [version.recheck.begin.isoformat(), _day(version.recheck)]
        if version.recheck
        else None,
        "platform": vars(version.applying.platform),
        "window": vars(version.applying.window),
        "note": vars(version.note),
    }


def _document(document: Document) -> dict[str, str]:
    return {**vars(document), "confidence": str(document.confidence)}


def _day(period: Period) -> str | None:
    return period.end.isoformat() if period.end else None


def interval(found: Interval) -> list[int | float]:
    """Return points as [low, high]."""
    return [points(found.low), points(found.high)]


class Explaining:
    """Explains the outcomes of one assessment; holds its facts and their vocabulary."""

    def __init__(self, assessment: Assessment, vocabulary: Vocabulary) -> None:
        self.assessment, self.facts = assessment, assessment.facts
        self.vocabulary = vocabulary
        self.remedies = Remedies(assessment.version.score, vocabulary)

    def missing(self) -> tuple[Ref, ...]:
        """Return every fact that keeps the verdict open, whoever states it."""
        if self.assessment.size is not None:
            return self.assessment.size.missing
        found = (ref for one in self.assessment.criteria for ref in missing_of(one))
        return tuple(dict.fromkeys(found))

    def awaited(self) -> tuple[Ref, ...]:
        """Return what of it a reviewer states: verdicts and points."""
        metrics = self.vocabulary.metrics
        return tuple(ref for ref in self.missing() if metrics[ref.metric].by_officer)

    def unstated(self) -> tuple[Ref, ...]:
        """Return what of it the enterprise can state."""
        awaited = set(self.awaited())
        return tuple(ref for ref in self.missing() if ref not in awaited)

    def is_excluded(self) -> bool:
        """Say whether the firm is of a class the title is not for, whatever else it meets."""
        return any(self.remedies.excludes(one, self.facts) for one in self.assessment.criteria)

    def outcome(self, outcome: Outcome, above: Criterion | None = None) -> dict[str, Any]:
        """Return one criterion with its parts; a part without a clause stands under that above."""
        criterion = outcome.criterion
        clause = criterion.clause or (above.clause if above else "")
        confidence = criterion.confidence or (above.confidence if above else None)
        criterion = replace(criterion, clause=clause, confidence=confidence)
        return {
            "id": criterion.id,
            **vars(self.text(criterion)),
            "clause": clause,
            "confidence": confidence,
            "direct": criterion.direct,
            "note": vars(criterion.note),
            "result": result_of(outcome),
            **self.compared(outcome),
            "missing": [str(ref) for ref in missing_of(outcome)],
            "undefined": outcome.reading.undefined if outcome.reading else "",
            "changes": self.changes(self.remedies.smallest(outcome, self.facts)),
            "how": criterion.how if isinstance(criterion, Group) else None,
            "parts": [self.outcome(part, criterion) for part in outcome.parts],
        }

    def text(self, criterion: Criterion) -> Said:
        """Return what a criterion says, else the name of the figure or fact it looks at."""
        if criterion.said.zh:
            return criterion.said
        if isinstance(criterion, Compare):
            return criterion.figure.said
        if isinstance(criterion, Flag | Choice):
            metric = self.vocabulary.metrics[criterion.ref.metric]
            return Said(metric.zh, metric.en)
        if isinstance(criterion, Points) and self.assessment.version.score is not None:
            dimensions = self.assessment.version.score.dimensions
            return next((one.said for one in dimensions if one.id == criterion.of), SCORE)
        return criterion.said

    def compared(self, outcome: Outcome) -> dict[str, Any]:
        """Return what was compared with what."""
        criterion, facts = outcome.criterion, self.facts
        if isinstance(criterion, Compare) and outcome.reading is not None:
            return {
                "value": figure_shown(outcome, criterion),
                "wanted": bounds_shown(criterion.bounds, criterion.figure.unit),
                "of": vars(criterion.figure.said),
                "unit": criterion.figure.unit,
                "values": self.values(outcome.reading.used),
            }
        if isinstance(criterion, Flag | Choice):
            wanted = criterion.wanted if isinstance(criterion, Flag) else sorted(criterion.among)
            value = facts.find(criterion.ref)
            return {
                "value": None if value is None else plain(value),
                "wanted": wanted,
                "values": self.values([criterion.ref]),
            }
        if isinstance(criterion, Points) and outcome.scored is not None:
            return {
                "points": interval(outcome.scored.points(criterion.of)),
                "wanted": bounds_shown(criterion.bounds, "point"),
                **ways_to(criterion, outcome, self.assessment, self.remedies, self.changes),
            }
        return {}

    def values(self, refs: Iterable[Ref]) -> list[dict[str, Any]]:
        """Return facts with year, value, unit and source; a missing one's value is None."""
        return [value_of(ref, self.facts, self.vocabulary) for ref in refs]

    def changes(self, found: Iterable[Change]) -> list[dict[str, Any]]:
        """Return changes with what they assume."""
        return [change_of(one, self.facts, self.vocabulary) for one in found]


def value_of(ref: Ref, facts: Facts, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return one fact as it was used."""
    metric, value = vocabulary.metrics[ref.metric], facts.find(ref)
    return {
        "metric": ref.metric,
        "period": None if ref.back is None else f"Y{ref.back}",
        "year": facts.year(ref),
        "zh": metric.zh,
        "en": metric.en,
        "unit": metric.unit,
        "value": None if value is None else plain(value),
        "source": None if value is None else facts.source(ref),
    }


def change_of(change: Change, facts: Facts, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return one change: every fact from what to what, and what stays as it is."""
    kept = [value_of(ref, facts, vocabulary) for ref in change.kept]
    return {
        "steps": [
            {
                **value_of(step.ref, facts, vocabulary),
                "to": plain(step.after),
                "by": difference(step.before, step.after),
                "any_of": list(step.choices),
            }
            for step in change.steps
        ],
        "assumes": {**vars(change.assumes), "unchanged": kept},
    }


def difference(before: Value | None, after: Value) -> int | float | str | None:
    """Return by how much a number or a date would differ, None for what is neither."""
    if isinstance(before, Fraction) and isinstance(after, Fraction):
        return exact(after - before)
    if isinstance(before, date) and isinstance(after, date):
        return (after - before).days
    return None


def plain(value: Value) -> Any:
    """Return a value as JSON can hold it, numbers exact."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Fraction):
        return exact(value)
    return value.isoformat() if isinstance(value, date) else sorted(value)


def figure_shown(outcome: Outcome, criterion: Compare) -> str | None:
    """Return a figure so that it never reads as if it met a bound that it misses."""
    if outcome.reading is None or outcome.reading.value is None:
        return None
    bounds = [one for one in (criterion.bounds.lower, criterion.bounds.upper) if one is not None]
    return shown(outcome.reading.value, criterion.figure.unit, bounds)


def bounds_shown(bounds: Bounds, unit: str) -> str:
    """Return a comparison in signs: ≥ 3%."""
    found = ((key, getattr(bounds, key)) for key in SIGNS)
    return " ".join(
        f"{SIGNS[key]} {shown(bound, unit)}" for key, bound in found if bound is not None
    )
