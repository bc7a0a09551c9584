"""Pure decisions on facts: values as the engine holds them, and what cannot be true together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portal.classification.criteria.facts import Fact, Value
from portal.classification.criteria.vocabulary import YEARS_KEPT, Ref
from portal.classification.terms.facts import strength


def exact_value(value: Decimal | int | bool | str | date) -> Value:
    """Return a figure's value as the engine holds it: numbers as fractions."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    return value


def ref_of(metric: str, years: int, year: int | None, on: date) -> Ref | None:
    """Return the fact a figure is on a date, None for one no rule reads.

    `years` is how many years back the metric is stated, 0 for one without a year. The year of the
    application is not complete, so its figures are never read, nor are those of later ones.
    """
    if (year is None) != (years == 0):
        return None
    if year is None:
        return Ref(metric)
    back = on.year - 1 - year
    return Ref(metric, back) if 0 <= back < min(years, YEARS_KEPT) else None


def without_contradictions(known: Mapping[Ref, Fact], limits: Mapping[str, str]) -> dict[Ref, Fact]:
    """Return the facts less what cannot be true together; `limits` names what each cannot exceed.

    Of a part that exceeds its whole the weaker source gives way and its fact is missing; between
    equals it is the part.
    """
    wrong: set[Ref] = set()
    for ref, fact in known.items():
        whole = Ref(limits.get(ref.metric, ""), ref.back)
        other = known.get(whole)
        if other is None or not exceeds(fact.value, other.value):
            continue
        wrong.add(whole if strength(other.source) > strength(fact.source) else ref)
    return {ref: fact for ref, fact in known.items() if ref not in wrong}


def exceeds(value: Value, bound: Value) -> bool:
    """Say whether a number is above another."""
    return isinstance(value, Fraction) and isinstance(bound, Fraction) and value > bound
