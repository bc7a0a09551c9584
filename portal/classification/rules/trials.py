"""Facts judged by two versions side by side. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from portal.classification.criteria.evaluation import Assessment
from portal.classification.criteria.explanation import VERDICTS, Explaining
from portal.classification.criteria.vocabulary import Vocabulary
from portal.classification.terms.trials import Outcome

MET, UNMET, UNDETERMINED = "met", "unmet", "undetermined"


@dataclass(frozen=True)
class Judged:
    """What facts come to by one version: the verdict, and the points where there are any."""

    assessment: Assessment
    verdict: str
    low: float | None = None
    high: float | None = None


def judged_by(assessment: Assessment) -> Judged:
    """Return an assessment in short."""
    total = assessment.scored.total if assessment.scored else None
    ends = (float(total.low), float(total.high)) if total else (None, None)
    return Judged(assessment, VERDICTS[assessment.verdict], *ends)


def outcome_of(before: str, after: str) -> Outcome | None:
    """Return how a verdict would change, None where it would not."""
    if before == after:
        return None
    if after == MET:
        return Outcome.GAINS
    if after == UNDETERMINED:
        return Outcome.OPENS
    return Outcome.LOSES if before == MET else Outcome.RULED_OUT


def deciding(
    outcome: Outcome, before: Judged, after: Judged, vocabulary: Vocabulary
) -> list[dict[str, str]]:
    """Return the criteria that make the difference, in both languages: for who gains those that
    were not met before, otherwise those that are not met, or open, by the new rules."""
    gains = outcome == Outcome.GAINS
    assessment = before.assessment if gains else after.assessment
    truths = {False, None} if gains else {None if outcome == Outcome.OPENS else False}
    explaining = Explaining(assessment, vocabulary)
    said = [explaining.text(one.criterion) for one in assessment.criteria if one.truth in truths]
    return [vars(one) for one in dict.fromkeys(said)]
