"""What a rule version asks of reviewers, and its pre-check of an enterprise, as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.casework.scoring import SheetKind
from portal.classification.criteria.evaluation import assess
from portal.classification.criteria.explanation import explain
from portal.classification.criteria.facts_file import FactsError, read_facts
from portal.classification.criteria.library import Library, read_library
from portal.classification.criteria.nodes import Criterion, Group, Version
from portal.classification.criteria.showing import points
from portal.classification.criteria.vocabulary import Ref
from portal.enterprises.models import Enterprise
from portal.enterprises.queries.figures import figures_of, metrics, standing
from portal.enterprises.terms.figures import FilledBy
from portal.errors import NotFound

_fixtures = Path()


def set_fixtures(folder: Path) -> None:
    """Set where the rule versions lie."""
    global _fixtures
    _fixtures = folder


@cache
def library_in(folder: Path) -> Library:
    return read_library(folder)


def library() -> Library:
    """Return all rule versions, read once per process."""
    return library_in(_fixtures)


def versions_for(kind_slug: str) -> list[Version]:
    """Return the rule versions written for a title, the newest first."""
    found = [one for one in library().versions.values() if one.title == kind_slug]
    return sorted(found, key=lambda one: one.in_force.begin, reverse=True)


def get_version(version_id: str) -> Version:
    """Return the rule version of that id; raises NotFound."""
    found = library().versions.get(version_id)
    if found is None:
        raise NotFound
    return found


def sheet_of(version: Version) -> list[dict[str, Any]]:
    """Return the lines reviewers answer: every judgement of the rule, every expert's score."""
    lines: list[dict[str, Any]] = [
        {"id": one.id, "zh": one.said.zh, "en": one.said.en, "kind": str(SheetKind.VERDICT)}
        for one in judgements(version.rule)
    ]
    for dimension in version.score.dimensions if version.score else ():
        lines += [
            {
                "id": one.id,
                "zh": one.said.zh,
                "en": one.said.en,
                "kind": str(SheetKind.POINTS),
                "max": points(one.most),
            }
            for one in dimension.indicators
            if one.expert is not None
        ]
    return lines


def judgements(criterion: Criterion | None) -> Iterator[Criterion]:
    """Yield the criteria that a person judges."""
    if criterion is None:
        return
    if criterion.judgement:
        yield criterion
    elif isinstance(criterion, Group):
        for part in criterion.parts:
            yield from judgements(part)


def precheck(enterprise: Enterprise, version_id: str, on: date) -> dict[str, Any]:
    """Return the pre-check of an enterprise by a rule version on a day: `explanation`, or
    `faults` where its figures cannot be read together, with the `facts` that were read."""
    stated = facts_of(enterprise, on)
    kept = library()
    try:
        facts = read_facts(json.dumps(stated), kept.vocabulary, on, on)
    except FactsError as problem:
        return {"explanation": None, "faults": problem.faults, "facts": stated}
    sizes = kept.sizes_on(on)
    known = assess(get_version(version_id), facts, sizes)
    return {"explanation": explain(known, kept.vocabulary), "faults": [], "facts": stated}


def facts_of(enterprise: Enterprise, on: date) -> dict[str, Any]:
    """Return what the registry knows of an enterprise as the facts a rule reads.

    Figures an officer enters after a review are left out: reviewers judge afresh.
    """
    known, every = library().vocabulary, metrics()
    years = [on.year - 1 - back for back in range(4)]
    found: dict[str, Any] = {"uscc": enterprise.uscc}
    if enterprise.established_on is not None:
        found["reg_date"] = enterprise.established_on.isoformat()
    for (code, year), figure in standing(figures_of(enterprise, [*years, None])).items():
        metric = every[code]
        if known.get(code) is None or metric.filled_by == FilledBy.OFFICER:
            continue
        value = plain(figure.read(metric))
        if year is None:
            found[code] = value
        else:
            found.setdefault(code, {})[str(year)] = value
    return found


def plain(value: Any) -> Any:
    """Return a figure as JSON holds it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


__all__ = ["Ref", "get_version", "precheck", "set_fixtures", "sheet_of", "versions_for"]
