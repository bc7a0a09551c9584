"""How a figure is computed, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.classification.criteria.ages import Elapsed
from portal.classification.criteria.formulas import (
    AverageGrowth,
    Combined,
    CompoundGrowth,
    Difference,
    Formula,
    Growth,
    Mean,
    Operated,
    PerOperatedYear,
    Share,
    Stated,
    Yearly,
)
from portal.classification.criteria.nodes import Figure, Said
from portal.classification.criteria.vocabulary import Vocabulary
from portal.classification.words.rule_values import fact_name, ref_name, spoken


def figure_name(figure: Figure, vocabulary: Vocabulary) -> str:
    """Return what a figure is called: its own name, or the fact's with its year."""
    if isinstance(figure.formula, Stated):
        return ref_name(figure.formula.ref, vocabulary)
    return spoken(figure.said) or spoken(Said(figure.name, figure.name))


def formula_words(formula: Formula, vocabulary: Vocabulary) -> str:
    """Return how a formula is computed: R&D expenditure of last year ÷ revenue of last year."""
    match formula:
        case Stated(yearly=True):
            return fact_name(vocabulary.metrics[formula.ref.metric])
        case Stated():
            return ref_name(formula.ref, vocabulary)
        case Elapsed():
            start, end = (ref_name(ref, vocabulary) for ref in formula.named)
            return _("time from %(start)s to %(end)s", start=start, end=end)
        case Combined():
            return combined_words(formula, vocabulary)
        case Operated():
            return operated_words(formula, vocabulary)
    raise TypeError(f"no words for {formula}")


def operated_words(formula: Operated, vocabulary: Vocabulary) -> str:
    """Return how a formula over the years a firm operated is computed."""
    if isinstance(formula, PerOperatedYear):
        return _(
            "%(total)s, per year operated, at most %(years)s",
            total=formula_words(formula.of, vocabulary),
            years=formula.years,
        )
    assert isinstance(formula, Yearly)
    series = formula_words(formula.series, vocabulary)
    if isinstance(formula, AverageGrowth):
        return _(
            "mean yearly growth of %(series)s over the years operated, at most %(years)s",
            series=series,
            years=formula.years,
        )
    return _(
        "%(series)s of the years operated together, at most the last %(years)s",
        series=series,
        years=formula.years,
    )


def combined_words(formula: Combined, vocabulary: Vocabulary) -> str:
    """Return how a formula of other formulas is computed."""
    parts = [part_words(part, vocabulary) for part in formula.parts]
    match formula:
        case CompoundGrowth():
            now, before = parts
            return _(
                "yearly rate at which %(before)s became %(now)s in %(years)s years",
                before=before,
                now=now,
                years=formula.years,
            )
        case Share():
            return " ÷ ".join(parts)
        case Growth():
            return f"{parts[0]} ÷ {parts[1]} − 1"
        case Difference():
            return " − ".join(parts)
        case Mean():
            return _("mean of %(parts)s", parts=_(", ").join(parts))
    return " + ".join(parts)


def part_words(formula: Formula, vocabulary: Vocabulary) -> str:
    """Return a part of a formula, in brackets where it has parts of its own."""
    words = formula_words(formula, vocabulary)
    return words if isinstance(formula, Stated | Mean) else _("(%(words)s)", words=words)
