"""Pure: facts judged by a version, with the snapshot that makes the judgement repeatable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from portal.classification.criteria.evaluation import Assessment, assess, with_size
from portal.classification.criteria.explanation import (
    VERDICTS,
    Explaining,
    Result,
    explain,
    plain,
    result_of,
)
from portal.classification.criteria.facts import APPLICATION_DATE, Fact, Facts, Value
from portal.classification.criteria.nodes import Version
from portal.classification.criteria.reads import (
    RENEWAL,
    facts_looked_at,
    facts_read,
    lasts_until,
    reads_the_date,
)
from portal.classification.criteria.vocabulary import Metric, Ref, Type, Vocabulary
from portal.classification.terms.assessments import Gap
from portal.classification.terms.facts import FactSource

Explanation = dict[str, Any]


@dataclass(frozen=True)
class Inputs:
    """What a judgement rests on: the facts a version looks at. The day stands among them only
    where the version reads it; otherwise the year does."""

    facts: Facts
    reads_the_date: bool

    @cached_property
    def text(self) -> str:
        """The one text the inputs are kept as."""
        return self.text_on(self.facts.on)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return digest_of(self.text)

    def digest_on(self, day: date) -> str:
        """Return the digest these facts had on another day of the same year."""
        return digest_of(self.text_on(day))

    def text_on(self, day: date) -> str:
        """Return the text of the same facts on a day."""
        return canonical(
            {
                "year": day.year - 1,
                "on": day.isoformat() if self.reads_the_date else None,
                "facts": {
                    str(ref): {"value": plain(fact.value), "source": fact.source}
                    for ref, fact in self.facts.known.items()
                    if ref != APPLICATION_DATE
                },
            }
        )


@dataclass(frozen=True)
class Judged:
    """An assessment in short: what a list shows and is searched by."""

    assessment: Assessment
    verdict: str
    low: float | None
    high: float | None
    gap: Gap
    summary: dict[str, Any]
    lasts_until: date


def inputs_of(
    version: Version,
    facts: Facts,
    sizes: Version | None,
    vocabulary: Vocabulary,
    holds: bool = False,
) -> Inputs:
    """Return what a version is given: only the facts it looks at, the size class derived.

    `holds` says that the firm holds the title now: then it is judged as a re-check.
    """
    if sizes is not None and version.sizes is None:
        facts = with_size(facts, sizes)
    looked_at = facts_looked_at(version, vocabulary)
    known = {ref: fact for ref, fact in facts.known.items() if ref.metric in looked_at}
    if RENEWAL.metric in facts_read(version):
        known[RENEWAL] = Fact(holds, FactSource.TITLE if holds else FactSource.NO_TITLE)
    return Inputs(Facts(facts.on, known), reads_the_date(version))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(content: Any) -> str:
    """Return plain data as the one text it is hashed as: keys in order, no idle blanks."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def facts_from(snapshot: str, on: date, vocabulary: Vocabulary) -> Facts:
    """Return the facts of a stored snapshot, judged on a day."""
    known = {}
    for name, stated in json.loads(snapshot)["facts"].items():
        metric, _sep, year = name.partition("@Y")
        ref = Ref(metric, int(year) if year else None)
        value = value_from(vocabulary.metrics[metric], stated["value"])
        known[ref] = Fact(value, stated["source"])
    return Facts(on, known)


def comes_to(
    version: Version, snapshot: str, on: date, vocabulary: Vocabulary
) -> tuple[str, float | None, float | None]:
    """Return verdict and points of a stored snapshot, judged again."""
    found = assess(version, facts_from(snapshot, on, vocabulary))
    total = found.scored.total if found.scored else None
    ends = (float(total.low), float(total.high)) if total else (None, None)
    return VERDICTS[found.verdict], *ends


def value_from(metric: Metric, stored: Any) -> Value:
    """Return a value as the engine holds it from its form in a snapshot."""
    if isinstance(stored, bool):
        return stored
    if isinstance(stored, list):
        return frozenset(stored)
    if metric.type in (Type.INT, Type.DECIMAL):
        return Fraction(str(stored))
    return date.fromisoformat(stored) if metric.type == Type.DATE else str(stored)


def judged(version: Version, inputs: Inputs, vocabulary: Vocabulary) -> Judged:
    """Judge inputs; the same inputs and version give the same for ever."""
    assessment = assess(version, inputs.facts)
    score = assessment.scored.total if assessment.scored else None
    results = [result_of(outcome) for outcome in assessment.criteria]
    explained = Explaining(assessment, vocabulary)
    return Judged(
        assessment,
        VERDICTS[assessment.verdict],
        None if score is None else float(score.low),
        None if score is None else float(score.high),
        Gap.CLASS if explained.is_excluded() else gap_of(results),
        summary_of(explained, results),
        lasts_until(version, inputs.facts),
    )


def gap_of(results: list[Result]) -> Gap:
    """Return what keeps all criteria from being met."""
    unmet, missing = results.count(Result.UNMET), results.count(Result.MISSING)
    if unmet > 1:
        return Gap.MORE
    if unmet:
        return Gap.ONE_AND_DATA if missing else Gap.ONE
    if missing:
        return Gap.DATA
    return Gap.JUDGEMENT if Result.JUDGEMENT in results else Gap.NONE


def summary_of(explained: Explaining, results: list[Result]) -> dict[str, Any]:
    """Return what a list says of an assessment: what is short, missing, or open to judgement."""
    assessment = explained.assessment
    by_result = {
        wanted: [
            outcome
            for outcome, result in zip(assessment.criteria, results, strict=True)
            if result == wanted
        ]
        for wanted in Result
    }
    few = by_result[Result.UNMET][:1] if len(by_result[Result.UNMET]) == 1 else []
    return {
        "met": len(by_result[Result.MET]),
        "criteria": len(results),
        "unmet": [vars(explained.text(one.criterion)) for one in by_result[Result.UNMET]],
        "short": [short(explained.outcome(one)) for one in few],
        "judgement": [vars(explained.text(one.criterion)) for one in by_result[Result.JUDGEMENT]],
        "missing": [str(ref) for ref in explained.unstated()],
        "size": assessment.size.decided if assessment.size else None,
    }


def short(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return where one unmet criterion falls short, and the smallest change that would meet it."""
    return {
        "parts": [leaf_in_short(leaf) for leaf in unmet_leaves(node)],
        "change": next(iter(node["changes"]), None),
    }


def leaf_in_short(leaf: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one unmet part is called, wants and has."""
    fact = next(iter(leaf.get("values", ())), {"unit": "point", "metric": ""})
    return {
        **{name: leaf.get(name) for name in ("zh", "en", "value", "wanted", "points")},
        "unit": leaf.get("unit") or fact["unit"],
        "metric": fact["metric"],
    }


def unmet_leaves(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the unmet parts of an explained criterion that have none of their own."""
    if not node["parts"]:
        return [node] if node["result"] == Result.UNMET else []
    return [leaf for part in node["parts"] for leaf in unmet_leaves(part)]


def explanation_of(found: Judged, vocabulary: Vocabulary) -> Explanation:
    """Return the whole explanation as plain data."""
    return explain(found.assessment, vocabulary)
