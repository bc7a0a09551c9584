"""What must hold in a table of points and in a set of versions, refused by its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from flask_babel import gettext as _

from portal.classification.criteria.nodes import (
    TOTAL,
    Band,
    Choice,
    Compare,
    Criterion,
    Dimension,
    Flag,
    Grade,
    Group,
    Indicator,
    Points,
    Score,
    Version,
)
from portal.classification.criteria.reading import Place
from portal.classification.criteria.values import Bounds


def plain(number: Fraction) -> str:
    """Return a number of a rule file as it was written, without trailing zeros."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.10g}"


def check_partition(bands: Sequence[Band]) -> None:
    """Refuse bands of one figure that overlap, or leave a value out."""
    ordered = sorted(bands, key=lambda band: _edge(_bounds(band)))
    if _bounds(ordered[0]).lower is not None:
        ordered[0].place.refuse(_("A gap: no band holds what is below this one"))
    if _bounds(ordered[-1]).upper is not None:
        ordered[-1].place.refuse(_("A gap: no band holds what is above this one"))
    for below, above in pairwise(ordered):
        _check_neighbours(below, above)


def _bounds(band: Band) -> Bounds:
    assert isinstance(band.when, Compare)
    return band.when.bounds


def _edge(bounds: Bounds) -> tuple[bool, Fraction, bool]:
    return (bounds.lower is not None, bounds.lower or Fraction(0), bounds.gt is not None)


def _check_neighbours(below: Band, above: Band) -> None:
    upper, lower = _bounds(below).upper, _bounds(above).lower
    if upper is None or lower is None or upper > lower:
        above.place.refuse(
            _("This band and the one on line %(line)s overlap", line=below.place.line)
        )
    if upper < lower:
        above.place.refuse(
            _(
                "A gap: no band holds what is between %(low)s and %(high)s",
                low=plain(upper),
                high=plain(lower),
            )
        )
    holders = (_bounds(below).le is not None) + (_bounds(above).ge is not None)
    if holders == 0:
        above.place.refuse(_("A gap: no band holds exactly %(number)s", number=plain(upper)))
    if holders > 1:
        above.place.refuse(
            _(
                "Exactly %(number)s is in this band and in the one on line %(line)s",
                number=plain(upper),
                line=below.place.line,
            )
        )


def check_choices(bands: Sequence[Band], choices: Iterable[object]) -> None:
    """Refuse bands that hold a choice twice, or leave one out."""
    held: set[object] = set()
    for band in bands:
        here = _held(band)
        if held & here:
            band.place.refuse(_("Two bands hold %(choice)s", choice=_listed(held & here)))
        held |= here
    if left := set(choices) - held:
        bands[0].place.refuse(_("A gap: no band holds %(choice)s", choice=_listed(left)))


def _held(band: Band) -> set[object]:
    if isinstance(band.when, Choice):
        return set(band.when.among)
    assert isinstance(band.when, Flag)
    return {band.when.wanted}


def _listed(choices: Iterable[object]) -> str:
    return ", ".join(sorted(str(choice).lower() for choice in choices))


def check_order(bands: Sequence[Band]) -> None:
    """Refuse a cascade in which a later band, for what failed the earlier, gives more points."""
    for before, after in pairwise(bands):
        if after.points.high > before.points.high or after.points.low > before.points.low:
            after.place.refuse(
                _(
                    "This band gives more than the one on line %(line)s, which is tried first",
                    line=before.place.line,
                )
            )


def check_grades(grades: Sequence[Grade]) -> None:
    """Refuse grades that share a whole number of points, or leave one out from 0 upwards."""
    ordered = sorted(grades, key=lambda grade: grade.points.low)
    if ordered[0].points.low != 0:
        ordered[0].place.refuse(_("A gap: no grade gives 0 points"))
    for below, above in pairwise(ordered):
        if above.points.low <= below.points.high:
            above.place.refuse(
                _("This grade and the one on line %(line)s overlap", line=below.place.line)
            )
        if above.points.low > below.points.high + 1:
            above.place.refuse(
                _("A gap: no grade gives %(points)s points", points=plain(below.points.high + 1))
            )


def check_indicator(indicator: Indicator) -> None:
    """Refuse bands or grades whose best does not come to the stated points."""
    ends = [band.points.high for band in indicator.bands]
    ends += [grade.points.high for grade in indicator.grades]
    if ends:
        _check_sum(indicator.place, max(ends), indicator.most)


def check_dimension(dimension: Dimension) -> None:
    """Refuse indicators that do not come to their dimension's points."""
    counted = [one.most for one in dimension.indicators if not one.bonus]
    added = max(counted, default=Fraction(0)) if dimension.best else sum(counted, Fraction(0))
    _check_sum(dimension.place, added, dimension.most)


def check_total(score: Score) -> None:
    """Refuse dimensions that do not come to the stated total."""
    added = sum((dimension.most for dimension in score.dimensions), Fraction(0))
    _check_sum(score.place, added, score.most)


def _check_sum(place: Place, added: Fraction, stated: Fraction) -> None:
    if added != stated:
        place.refuse(
            _(
                "The points come to %(added)s, but %(stated)s are stated",
                added=plain(added),
                stated=plain(stated),
            )
        )


def check_marks(version: Version) -> None:
    """Refuse a pass mark for a score that does not exist, or above all its points."""
    most = {}
    if version.score is not None:
        most = {one.id: one.most for one in version.score.dimensions}
        most[TOTAL] = version.score.most
    for criterion in _all(version.rule):
        if not isinstance(criterion, Points):
            continue
        if criterion.of not in most:
            criterion.place.refuse(_("There is no score “%(name)s” here", name=criterion.of))
        mark = criterion.bounds.lower
        if mark is not None and mark > most[criterion.of]:
            criterion.place.refuse(
                _("The mark is above all the points: %(most)s", most=plain(most[criterion.of]))
            )


def _all(criterion: Criterion | None) -> Iterator[Criterion]:
    if criterion is None:
        return
    yield criterion
    if isinstance(criterion, Group):
        for part in criterion.parts:
            yield from _all(part)


def check_versions(versions: Sequence[Version]) -> None:
    """Refuse two versions with one id, a series of two titles, and dates that overlap."""
    ids: dict[str, Version] = {}
    ordered = sorted(versions, key=lambda one: (one.series, one.in_force.begin, one.id))
    for version in ordered:
        if version.id in ids:
            version.place.refuse(_("The id “%(id)s” stands here twice", id=version.id))
        ids[version.id] = version
    for place, version in enumerate(ordered):
        for other in ordered[:place]:
            if other.series == version.series:
                _check_pair(other, version)


def _check_pair(before: Version, after: Version) -> None:
    place = after.dates or after.place
    if before.title != after.title:
        after.place.refuse(
            _(
                "The series “%(series)s” is of another title in %(other)s",
                series=after.series,
                other=before.id,
            )
        )
    if before.in_force.overlaps(after.in_force):
        place.refuse(_("The dates overlap with those of %(other)s", other=before.id))
    if before.recheck and after.recheck and before.recheck.overlaps(after.recheck):
        place.refuse(_("The dates for re-checks overlap with those of %(other)s", other=before.id))
