"""Reading a table of points: dimensions, indicators, bands, steps and reviewers' grades."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.checking import (
    check_choices,
    check_dimension,
    check_grades,
    check_indicator,
    check_order,
    check_partition,
    check_total,
)
from portal.classification.criteria.conditions import BOUNDS, Reader, read_bounds, said
from portal.classification.criteria.nodes import (
    TOTAL,
    Band,
    Choice,
    Compare,
    Dimension,
    Flag,
    Grade,
    Indicator,
    Score,
    Steps,
)
from portal.classification.criteria.reading import Mapping
from portal.classification.criteria.values import Interval
from portal.classification.criteria.vocabulary import NUMERIC, Ref, Type, read_ref

COMMON = ("id", "zh", "en", "clause", "max", "expert", "bonus")
PAIR = 2


def read_score(document: Mapping, reader: Reader) -> Score | None:
    """Return a version's table of points, checked to add up; None when it has none."""
    if "score" not in document:
        return None
    node = reading.mapping(document.get("score"))
    node.only("max", "dimensions")
    dropped = reader.dropped
    dimensions = reader.each(
        reading.sequence(node.get("dimensions")), lambda item: _dimension(item, reader)
    )
    score = Score(Fraction(node.number("max")), dimensions, node.place_of("max"))
    if reader.dropped == dropped:
        check_total(score)
    return score


def read_points(node: reading.Marked) -> Interval:
    """Return points as a number or as [least, most]."""
    if isinstance(node, reading.Sequence):
        ends = [Fraction(reading.scalar(item).as_number()) for item in node]
        if len(ends) != PAIR or ends[0] > ends[1] or ends[0] < 0:
            node.place.refuse(_("Points are a number, or the least and the most of them"))
        return Interval(*ends)
    points = Fraction(reading.scalar(node).as_number())
    if points < 0:
        node.place.refuse(_("Points are not negative"))
    return Interval(points, points)


def _new_id(node: Mapping, reader: Reader) -> str:
    name = node.text("id")
    if name in reader.ids or name == TOTAL:
        node.place_of("id").refuse(_("The id “%(id)s” stands here twice", id=name))
    reader.ids.add(name)
    return name


def _dimension(node: Mapping, reader: Reader) -> Dimension:
    node.only("id", "zh", "en", "max", "best", "indicators")
    dropped = reader.dropped
    dimension = Dimension(
        id=_new_id(node, reader),
        said=said(node),
        most=Fraction(node.number("max")),
        indicators=reader.each(
            reading.sequence(node.get("indicators")), lambda item: _indicator(item, reader)
        ),
        place=node.place_of("max"),
        best=node.flag("best"),
    )
    if reader.dropped == dropped:
        check_dimension(dimension)
    return dimension


def _indicator(node: Mapping, reader: Reader) -> Indicator:
    name = _new_id(node, reader)
    kind = node.one_of("value", "choice", "flag", "first", "steps", "grades", "reviewer")
    keys = {"value": ("bands",), "choice": ("bands",), "flag": ("bands",)}.get(kind, ())
    node.only(*COMMON, kind, *keys)
    found: dict[str, Any] = {
        "value": _partition,
        "choice": _choices,
        "flag": _flags,
        "first": _cascade,
        "steps": _steps,
        "grades": _grades,
        "reviewer": _reviewer,
    }[kind](node, name, reader)
    if "expert" in node:
        found["expert"] = _expert(node.get("expert"), reader)
    indicator = Indicator(
        id=name,
        said=said(node),
        clause=node.text_or("clause"),
        most=Fraction(node.number("max")),
        place=node.place_of("max"),
        bonus=node.flag("bonus"),
        **found,
    )
    check_indicator(indicator)
    return indicator


def _expert(node: reading.Marked, reader: Reader) -> Ref:
    text = reading.scalar(node)
    ref = read_ref(text.as_text(), text.place, reader.vocabulary)
    if reader.vocabulary.metrics[ref.metric].type not in NUMERIC:
        text.place.refuse(_("“%(name)s” is not a number of points", name=ref.metric))
    return ref


def _bands(node: Mapping) -> list[Mapping]:
    return [reading.mapping(item) for item in reading.sequence(node.get("bands"))]


def _partition(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """Bands of one figure, which together leave no value out and none to two of them."""
    figure = reader.figure(node.get("value"))
    bands = []
    for number, item in enumerate(_bands(node), 1):
        item.only("points", *BOUNDS)
        when = Compare(f"{name}.{number}", item.place, figure=figure, bounds=read_bounds(item))
        bands.append(Band(when, read_points(item.get("points")), item.place))
    check_partition(bands)
    return {"bands": tuple(bands)}


def _choices(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """Bands of a choice, which together hold each choice once."""
    ref = reader.ref(node.get("choice"), Type.ENUM)
    bands = []
    for number, item in enumerate(_bands(node), 1):
        item.only("points", "in")
        among = reader.among(item.get("in"), ref)
        when = Choice(f"{name}.{number}", item.place, ref=ref, among=among)
        bands.append(Band(when, read_points(item.get("points")), item.place))
    check_choices(bands, reader.vocabulary.metrics[ref.metric].choices)
    return {"bands": tuple(bands)}


def _flags(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """Bands of a yes or no: one for each."""
    ref = reader.ref(node.get("flag"), Type.BOOL)
    bands = []
    for number, item in enumerate(_bands(node), 1):
        item.only("points", "is")
        wanted = reading.scalar(item.get("is")).as_bool()
        when = Flag(f"{name}.{number}", item.place, ref=ref, wanted=wanted)
        bands.append(Band(when, read_points(item.get("points")), item.place))
    check_choices(bands, (True, False))
    return {"bands": tuple(bands)}


def _cascade(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """Conditions in order, the first that holds counts; the last is for all else."""
    bands = []
    listed = reading.sequence(node.get("first")).items
    for number, entry in enumerate(listed, 1):
        item = reading.mapping(entry)
        points = read_points(item.get("points"))
        if number == len(listed):
            item.only("otherwise", "points")
            if not item.flag("otherwise"):
                item.place.refuse(_("The last band must be for all else: otherwise: true"))
            bands.append(Band(None, points, item.place))
            continue
        item.only("when", "points")
        when = reader.criterion(reading.mapping(item.get("when")), f"{name}.{number}")
        bands.append(Band(when, points, item.place))
    check_order(bands)
    return {"bands": tuple(bands)}


def _steps(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """So many points for every full amount of a figure, up to the most."""
    item = reading.mapping(node.get("steps"))
    item.only("value", "every", "points")
    every, points = Fraction(item.number("every")), Fraction(item.number("points"))
    if every <= 0 or points <= 0:
        item.place.refuse(_("Steps and their points are above zero"))
    return {"steps": Steps(reader.figure(item.get("value")), every, points)}


def _grades(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """A reviewer's words, each with points, which together leave no number of points out."""
    node.get("expert")
    grades = []
    for entry in reading.sequence(node.get("grades")):
        item = reading.mapping(entry)
        item.only("zh", "en", "points")
        grades.append(Grade(said(item), read_points(item.get("points")), item.place))
    check_grades(grades)
    return {"grades": tuple(grades)}


def _reviewer(node: Mapping, name: str, reader: Reader) -> dict[str, Any]:
    """Points a reviewer gives freely between nothing and the most."""
    if not node.flag("reviewer"):
        node.place_of("reviewer").refuse(_("Leave this out or say true"))
    node.get("expert")
    return {}
