"""The figures sent with a registration beside those of the submission before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.enterprises.models import Enterprise, Figure, Metric, Submission
from portal.enterprises.queries.figures import figures_of, metrics
from portal.enterprises.terms.figures import Source
from portal.enterprises.words.figures import value

STATED = (Source.SELF_DECLARED, Source.BUREAU)
Key = tuple[str, int | None, str]


@dataclass(frozen=True)
class SentFigure:
    """One figure, for reading: as sent now and before, "" where it was not; with its note."""

    metric: Metric
    year: int | None
    source: str
    now: str
    before: str
    note: str
    differs: bool


def sent_figures(
    enterprise: Enterprise, sent: Submission, before: Submission | None
) -> list[SentFigure]:
    """Return what was stated when the record was sent, beside what was when it was sent before;
    what its people changed since is not theirs to show yet."""
    every = metrics()
    now = by_key(figures_of(enterprise, known_at=sent.submitted_at))
    then = by_key(figures_of(enterprise, known_at=before.submitted_at)) if before else {}
    order = {code: place for place, code in enumerate(every)}
    keys = sorted(now.keys() | then.keys(), key=lambda key: (order[key[0]], -(key[1] or 0), key[2]))
    return [
        SentFigure(
            metric=every[key[0]],
            year=key[1],
            source=key[2],
            now=read(now, key, every),
            before=read(then, key, every),
            note=now[key].note if key in now else "",
            differs=before is not None and read(now, key, every) != read(then, key, every),
        )
        for key in keys
    ]


def by_key(figures: Sequence[Figure]) -> dict[Key, Figure]:
    """Return what enterprise or bureau stated by metric, year and source."""
    return {
        (figure.metric, figure.year, figure.source): figure
        for figure in figures
        if figure.source in STATED
    }


def read(figures: Mapping[Key, Figure], key: Key, every: Mapping[str, Metric]) -> str:
    """Return a figure as it is read, "" when nothing was stated."""
    return value(every[key[0]], figures[key]) if key in figures else ""
