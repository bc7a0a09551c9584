"""Reading figures: one key per kind of formula, and how a figure can be moved."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.ages import Elapsed
from portal.classification.criteria.formulas import (
    AverageGrowth,
    Combined,
    CompoundGrowth,
    Difference,
    Formula,
    Growth,
    Mean,
    OperatedSum,
    PerOperatedYear,
    Share,
    Stated,
    Sum,
)
from portal.classification.criteria.nodes import Move, Said
from portal.classification.criteria.reading import Mapping, Marked
from portal.classification.criteria.vocabulary import NUMERIC, Ref, Type, Vocabulary, read_ref

OPERATED = Ref("full_years_operated")
PAIRS = {"share": Share, "growth": Growth, "difference": Difference}
LISTS = {"sum": Sum, "mean": Mean}
LONGEST = 10  # years


def read_formula(node: Mapping, vocabulary: Vocabulary) -> Formula:
    """Return the one formula that stands in a mapping; raises RuleFileError."""
    key = node.one_of(*FORMULAS)
    return FORMULAS[key](node.get(key), vocabulary)


def read_moves(node: Mapping, vocabulary: Vocabulary) -> tuple[Move, ...]:
    """Return the stated ways to move a figure; none means by its first fact alone."""
    if "moves" not in node:
        return ()
    return tuple(
        _move(reading.mapping(item), vocabulary) for item in reading.sequence(node.get("moves"))
    )


def _move(node: Mapping, vocabulary: Vocabulary) -> Move:
    node.only("by", "zh", "en")
    by = reading.mapping(node.get("by"))
    amounts = tuple(
        (read_ref(name, by.place_of(name), vocabulary), Fraction(by.number(name)))
        for name in by.items
    )
    return Move(amounts, Said(node.text("zh"), node.text("en")))


def _part(node: Marked, vocabulary: Vocabulary) -> Formula:
    """Return a fact with its year, or a nested formula."""
    if isinstance(node, Mapping):
        node.only(*FORMULAS)
        found = read_formula(node, vocabulary)
        if isinstance(found, CompoundGrowth | Elapsed):
            node.place.refuse(_("This cannot be part of another formula"))
        return found
    text = reading.scalar(node)
    return Stated(_numeric(read_ref(text.as_text(), text.place, vocabulary), text, vocabulary))


def _numeric(ref: Ref, text: reading.Text, vocabulary: Vocabulary) -> Ref:
    if vocabulary.metrics[ref.metric].type not in NUMERIC:
        text.place.refuse(_("“%(name)s” is not a number: it cannot be compared", name=ref.metric))
    return ref


def _series(node: Marked, vocabulary: Vocabulary, years: int) -> Formula:
    """Return a formula of figures named without a year, each stated for so many years."""
    if isinstance(node, Mapping):
        node.only("difference", "sum")
        key = node.one_of("difference", "sum")
        kind: type[Combined] = Difference if key == "difference" else Sum
        parts = reading.sequence(node.get(key)).items
        return kind(tuple(_series(part, vocabulary, years) for part in parts))
    text = reading.scalar(node)
    name = text.as_text()
    last = read_ref(f"{name}@Y{years - 1}", text.place, vocabulary)
    return Stated(_numeric(Ref(last.metric), text, vocabulary), yearly=True)


def _listed(kind: type[Combined]) -> Callable[[Marked, Vocabulary], Formula]:
    def read(node: Marked, vocabulary: Vocabulary) -> Formula:
        return kind(tuple(_part(part, vocabulary) for part in reading.sequence(node)))

    return read


def _paired(kind: type[Combined]) -> Callable[[Marked, Vocabulary], Formula]:
    def read(node: Marked, vocabulary: Vocabulary) -> Formula:
        return kind(_two(node, vocabulary))

    return read


def _two(node: Marked, vocabulary: Vocabulary) -> tuple[Formula, ...]:
    parts = reading.sequence(node).items
    if len(parts) != len(("first", "second")):
        node.place.refuse(_("Exactly two must stand here"))
    return tuple(_part(part, vocabulary) for part in parts)


def _years(node: Mapping) -> int:
    years = node.number("years")
    if years != int(years) or not 1 <= years <= LONGEST:
        node.place_of("years").refuse(
            _("Years are a whole number from 1 to %(most)s", most=LONGEST)
        )
    return int(years)


def _compound(node: Marked, vocabulary: Vocabulary) -> Formula:
    item = reading.mapping(node)
    item.only("of", "years")
    return CompoundGrowth(_two(item.get("of"), vocabulary), _years(item))


def _operated(
    kind: type[OperatedSum | AverageGrowth],
) -> Callable[[Marked, Vocabulary], Formula]:
    def read(node: Marked, vocabulary: Vocabulary) -> Formula:
        item = reading.mapping(node)
        item.only("of", "years")
        years = _years(item)
        return kind(OPERATED, years, _series(item.get("of"), vocabulary, years))

    return read


def _per_year(node: Marked, vocabulary: Vocabulary) -> Formula:
    item = reading.mapping(node)
    item.only("of", "years")
    return PerOperatedYear(OPERATED, _years(item), _part(item.get("of"), vocabulary))


def _elapsed(in_years: bool) -> Callable[[Marked, Vocabulary], Formula]:
    def read(node: Marked, vocabulary: Vocabulary) -> Formula:
        dates = reading.sequence(node).items
        refs = []
        for one in dates:
            text = reading.scalar(one)
            ref = read_ref(text.as_text(), text.place, vocabulary)
            if vocabulary.metrics[ref.metric].type != Type.DATE:
                text.place.refuse(_("“%(name)s” is not a date", name=ref.metric))
            refs.append(ref)
        if len(refs) != len(("start", "end")):
            node.place.refuse(_("Exactly two must stand here"))
        return Elapsed(refs[0], refs[1], in_years)

    return read


FORMULAS: dict[str, Callable[[Marked, Vocabulary], Formula]] = {
    **{name: _paired(kind) for name, kind in PAIRS.items()},
    **{name: _listed(kind) for name, kind in LISTS.items()},
    "compound": _compound,
    "operated_sum": _operated(OperatedSum),
    "average_growth": _operated(AverageGrowth),
    "per_operated_year": _per_year,
    "days": _elapsed(in_years=False),
    "years": _elapsed(in_years=True),
}
