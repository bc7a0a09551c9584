"""The head of an assessment: the points or the criteria met, drawn against the mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.classification.criteria.evaluation import Assessment
from portal.classification.criteria.explanation import Result
from portal.classification.criteria.nodes import TOTAL, Group, Points
from portal.classification.rules.assessments import Explanation
from portal.classification.words.advice import verdict_words
from portal.classification.words.values import points_words, sentences


@dataclass(frozen=True)
class Head:
    """`low` is sure, `high` still possible, of `most`; `mark` is what must be reached. Without a
    score they count criteria."""

    figure: str
    most: float
    low: float
    high: float
    mark: float | None
    title: str
    text: str
    is_score: bool


def head_of(explanation: Explanation, assessment: Assessment) -> Head:
    """Return the head of an assessment."""
    results = [Result(node["result"]) for node in explanation["criteria"]]
    counts = sentences(counts_words(results))
    title, score = verdict_words(explanation), assessment.version.score
    if explanation["score"] is None or score is None:
        met, unmet = results.count(Result.MET), results.count(Result.UNMET)
        high = len(results) - unmet
        return Head(str(met), len(results), met, high, None, title, counts, is_score=False)
    low, high = explanation["score"]
    mark = mark_of(assessment)
    return Head(
        points_words([low, high]),
        float(score.most),
        low,
        high,
        mark,
        title,
        sentences([counts, score_words(low, high, mark)]),
        is_score=True,
    )


def counts_words(results: list[Result]) -> Iterator[str]:
    """Yield how many criteria came out how, in sentences."""
    yield str(
        ngettext(
            "%(met)d of %(num)d criterion is met.",
            "%(met)d of %(num)d criteria are met.",
            len(results),
            met=results.count(Result.MET),
        )
    )
    open_ = (
        (Result.UNMET, _("not met: %(count)d", count=results.count(Result.UNMET))),
        (Result.MISSING, _("data missing: %(count)d", count=results.count(Result.MISSING))),
        (Result.JUDGEMENT, _("needs judgement: %(count)d", count=results.count(Result.JUDGEMENT))),
    )
    rest = [str(words) for result, words in open_ if result in results]
    if rest:
        yield str(_("The others: %(counts)s.", counts=str(_(", ")).join(rest)))


def score_words(low: Any, high: Any, mark: float | None) -> str:
    """Return what is sure, what is possible and what is needed."""
    sure, most = points_words([low, low]), points_words([high, high])
    if low == high:
        words = _("Points: %(sure)s.", sure=sure)
    else:
        words = _("Points: %(sure)s sure, %(most)s at most.", sure=sure, most=most)
    if mark is None:
        return str(words)
    needed = _("The mark is %(mark)s.", mark=points_words([mark, mark]))
    return sentences([str(words), str(needed)])


def mark_of(assessment: Assessment) -> float | None:
    """Return the points the whole score must reach, None where no criterion says so."""
    rule = assessment.version.rule
    waiting = list(rule.parts) if rule is not None else []
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, Points) and one.of == TOTAL and one.bounds.lower is not None:
            return float(one.bounds.lower)
        if isinstance(one, Group):
            waiting += one.parts
    return None
