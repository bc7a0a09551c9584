"""A rule version in plain words: every criterion and point with its threshold and clause.

Drawn by `templates/components/rules.html`, for officers and on the public page of a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.classification.criteria.formulas import Stated
from portal.classification.criteria.nodes import (
    TOTAL,
    Band,
    Choice,
    Compare,
    Confidence,
    Criterion,
    Figure,
    Flag,
    Group,
    Indicator,
    Points,
    SizeRow,
    Version,
)
from portal.classification.criteria.showing import shown
from portal.classification.criteria.vocabulary import Vocabulary
from portal.classification.words.formulas import figure_name, formula_words
from portal.classification.words.rule_values import (
    amount,
    bounds_words,
    choice_name,
    points_words,
    ref_name,
    spoken,
)

CONFIDENCE_WORDS = {
    Confidence.VERIFIED: _l("Read in the document itself"),
    Confidence.SECONDARY: _l("Read in a restatement"),
    Confidence.MEMORY_HIGH: _l("To be checked against the document"),
    Confidence.MEMORY_LOW: _l("To be confirmed"),
}


@dataclass(frozen=True)
class Line:
    """One criterion: its text, the exact condition, and its parts; `how` joins those."""

    text: str
    condition: str
    clause: str
    confidence: object
    note: str
    how: str
    parts: tuple[Line, ...]
    judgement: bool
    direct: bool


@dataclass(frozen=True)
class IndicatorLine:
    """One line of points: what gives how many, at most `most`."""

    name: str
    clause: str
    most: str
    bonus: bool
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PointsGroup:
    """Lines that are added up, or of which the best counts, up to `most`."""

    name: str
    most: str
    best: bool
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True)
class SizeLine:
    """One industry of the size table: per figure the least of large, medium and small."""

    name: str
    codes: str
    bounds: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class RulesInWords:
    """A whole version; `figures` are (name, how it is computed)."""

    criteria: tuple[Line, ...]
    remarks: tuple[Line, ...]
    most: str
    dimensions: tuple[PointsGroup, ...]
    figures: tuple[tuple[str, str], ...]
    sizes: tuple[SizeLine, ...]


def rules_in_words(version: Version, vocabulary: Vocabulary) -> RulesInWords:
    """Return a version in the reader's language."""
    words = Words(version, vocabulary)
    score = version.score
    return RulesInWords(
        criteria=tuple(words.line(part) for part in version.rule.parts) if version.rule else (),
        remarks=tuple(words.line(remark) for remark in version.remarks),
        most=shown(score.most, "point") if score else "",
        dimensions=tuple(words.dimensions()),
        figures=tuple(
            (figure_name(figure, vocabulary), formula_words(figure.formula, vocabulary))
            for figure in figures_of(version)
            if not isinstance(figure.formula, Stated)
        ),
        sizes=tuple(words.size(row) for row in version.sizes.rows) if version.sizes else (),
    )


class Words:
    """Says the parts of one version."""

    def __init__(self, version: Version, vocabulary: Vocabulary) -> None:
        self.version, self.vocabulary = version, vocabulary

    def line(self, criterion: Criterion) -> Line:
        """Return a criterion with its parts."""
        group = criterion if isinstance(criterion, Group) else None
        confidence = criterion.confidence
        return Line(
            text=spoken(criterion.said),
            condition="" if group else self.condition(criterion),
            clause=criterion.clause,
            confidence=CONFIDENCE_WORDS[confidence] if confidence else "",
            note=spoken(criterion.note),
            how=group.how if group else "",
            parts=tuple(self.line(part) for part in group.parts) if group else (),
            judgement=criterion.judgement,
            direct=criterion.direct,
        )

    def subject(self, criterion: Criterion) -> str:
        """Return what a single criterion looks at."""
        match criterion:
            case Compare():
                return figure_name(criterion.figure, self.vocabulary)
            case Flag() | Choice():
                return ref_name(criterion.ref, self.vocabulary)
            case Points():
                return self.score_name(criterion.of)
        return spoken(criterion.said)

    def wanted(self, criterion: Criterion) -> str:
        """Return what a single criterion asks for: at least 3%, yes, one of the listed."""
        match criterion:
            case Compare():
                return bounds_words(criterion.bounds, criterion.figure.unit)
            case Flag():
                return _("Yes") if criterion.wanted else _("No")
            case Choice():
                metric = self.vocabulary.metrics[criterion.ref.metric]
                names = [
                    choice_name(metric, slug) for slug in metric.choices if slug in criterion.among
                ]
                return _(" or ").join(names)
            case Points():
                return bounds_words(criterion.bounds, "point")
        return ""

    def condition(self, criterion: Criterion) -> str:
        """Return a single criterion as a condition; a group's parts one after another."""
        if isinstance(criterion, Group):
            joint = _(" and ") if criterion.how == "all" else _(" or ")
            words = joint.join(self.condition(part) for part in criterion.parts)
            return _("not: %(words)s", words=words) if criterion.how == "not" else words
        subject, wanted = self.subject(criterion), self.wanted(criterion)
        return _("%(subject)s: %(wanted)s", subject=subject, wanted=wanted)

    def score_name(self, of: str) -> str:
        """Return what the whole score or one dimension is called."""
        if of == TOTAL or self.version.score is None:
            return _("Score")
        return next(spoken(one.said) for one in self.version.score.dimensions if one.id == of)

    def dimensions(self) -> Iterator[PointsGroup]:
        """Yield the table of points."""
        for dimension in self.version.score.dimensions if self.version.score else ():
            yield PointsGroup(
                spoken(dimension.said),
                shown(dimension.most, "point"),
                dimension.best,
                tuple(self.indicator(one) for one in dimension.indicators),
            )

    def indicator(self, indicator: Indicator) -> IndicatorLine:
        """Return one line of points."""
        return IndicatorLine(
            spoken(indicator.said),
            indicator.clause,
            shown(indicator.most, "point"),
            indicator.bonus,
            tuple(self.gives(indicator)),
        )

    def gives(self, indicator: Indicator) -> Iterator[tuple[str, str]]:
        """Yield what gives how many points."""
        for band in indicator.bands:
            yield self.band(band), points_words(band.points)
        if indicator.steps is not None:
            steps = indicator.steps
            every = amount(steps.every, steps.figure.unit)
            name = figure_name(steps.figure, self.vocabulary)
            yield (
                _("%(name)s: every full %(every)s", name=name, every=every),
                _("%(points)s points", points=shown(steps.points, "point")),
            )
        for grade in indicator.grades:
            yield spoken(grade.said), points_words(grade.points)
        if not indicator.bands and indicator.steps is None and not indicator.grades:
            yield _("A reviewer gives the points"), ""

    def band(self, band: Band) -> str:
        """Return what a band asks for."""
        return _("otherwise") if band.when is None else self.condition(band.when)

    def size(self, row: SizeRow) -> SizeLine:
        """Return one industry's bounds."""
        bounds = []
        for ref, three in row.bounds:
            unit = self.vocabulary.metrics[ref.metric].unit
            large, medium, small = (amount(bound, unit) for bound in three)
            bounds.append((ref_name(ref, self.vocabulary), large, medium, small))
        return SizeLine(spoken(row.said), codes_words(row.prefixes), tuple(bounds))


def codes_words(codes: Sequence[str]) -> str:
    """Return codes of industries, neighbours as a range: 06–46."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and len(code) == len(runs[-1][-1]) and int(code) == int(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    ends = [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return _(", ").join(ends)


def figures_of(version: Version) -> list[Figure]:
    """Return every figure a version compares, once, in its order."""
    found: dict[str, Figure] = {}
    for criterion in criteria_of(version):
        if isinstance(criterion, Compare):
            found.setdefault(criterion.figure.name, criterion.figure)
    for dimension in version.score.dimensions if version.score else ():
        for indicator in dimension.indicators:
            if indicator.steps is not None:
                found.setdefault(indicator.steps.figure.name, indicator.steps.figure)
    return list(found.values())


def criteria_of(version: Version) -> Iterator[Criterion]:
    """Yield every criterion with all its parts, those of bands too."""
    roots: list[Criterion] = [*([version.rule] if version.rule else []), *version.remarks]
    for dimension in version.score.dimensions if version.score else ():
        for indicator in dimension.indicators:
            roots += [band.when for band in indicator.bands if band.when is not None]
    for root in roots:
        yield from with_parts(root)


def with_parts(criterion: Criterion) -> Iterator[Criterion]:
    """Yield a criterion and all its parts."""
    yield criterion
    if isinstance(criterion, Group):
        for part in criterion.parts:
            yield from with_parts(part)
