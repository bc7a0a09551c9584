"""The scores that count: given by officers without a conflict of interest."""

from __future__ import annotations

from portal.recognition.models import RecognitionScore
from portal.recognition.queries.reviews import conflicts_of, scores_of


def counted_scores(application_id: int) -> list[RecognitionScore]:
    """Return the scores of officers who declared no conflict of interest."""
    excluded = {conflict.officer_id for conflict in conflicts_of(application_id)}
    return [score for score in scores_of(application_id) if score.reviewer_id not in excluded]
