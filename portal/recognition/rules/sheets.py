"""What a rule version asks of reviewers, as plain data. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.casework.scoring import SheetKind
from portal.classification.criteria.nodes import Criterion, Group, Version
from portal.classification.criteria.showing import points


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
