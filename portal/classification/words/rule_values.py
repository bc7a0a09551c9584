"""Facts, numbers and bounds of rules in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from portal.classification.criteria.nodes import Said
from portal.classification.criteria.showing import shown
from portal.classification.criteria.values import Bounds, Interval
from portal.classification.criteria.vocabulary import Metric, Ref, Vocabulary
from portal.enterprises.terms.figures import UNIT_WORDS, Unit
from portal.web.display import speaks_english
from portal.web.filters import money


def spoken(said: Said) -> str:
    """Return a text in the reader's language, Chinese where English is missing."""
    return said.en if speaks_english() and said.en else said.zh


def fact_name(metric: Metric) -> str:
    """Return what a fact is called, without its year."""
    return spoken(Said(metric.zh, metric.en))


def ref_name(ref: Ref, vocabulary: Vocabulary) -> str:
    """Return what a fact of a year is called: last year's revenue."""
    metric = vocabulary.metrics[ref.metric]
    name = fact_name(metric)
    if ref.back is None or metric.years <= 1:
        return name
    return [
        _("%(name)s of last year", name=name),
        _("%(name)s of the year before last", name=name),
        _("%(name)s two years before last", name=name),
        _("%(name)s three years before last", name=name),
    ][ref.back]


def choice_name(metric: Metric, slug: str) -> str:
    """Return what a choice is called."""
    names = dict(zip(metric.choices, metric.choice_names, strict=True))
    return spoken(Said(*names[slug])) if slug in names else slug


def amount(value: Fraction, unit: str) -> str:
    """Return a number of a rule with its unit: 3%, 5000万元, 60 points."""
    if unit == Unit.RATIO:
        return shown(value, unit)
    if unit == Unit.WAN:
        return money_of(value)
    number = shown(value, unit)
    if unit == Unit.USD:
        return _("USD %(number)s", number=grouped(number))
    if unit == "day":
        return _("%(number)s days", number=number)
    word = UNIT_WORDS.get(Unit(unit), "") if unit in Unit.__members__.values() else ""
    if unit in (Unit.RANK, Unit.LEVEL):
        return number
    return _("%(number)s %(unit)s", number=number, unit=word) if word else number


def money_of(value: Fraction) -> str:
    """Return an amount of 万元 as pages write money; below nothing with its sign."""
    number = Decimal(shown(abs(value), Unit.WAN))
    return f"{'−' if value < 0 else ''}{money(number)}"


def grouped(number: str) -> str:
    """Return a whole number with separators of thousands, another as it is."""
    return f"{int(number):,}" if number.isdigit() else number


def bounds_words(bounds: Bounds, unit: str) -> str:
    """Return a comparison in words, each bound said with or without the number itself."""
    said = []
    if unit == Unit.RANK and bounds.ge == 1 and bounds.le is not None:
        return _("among the first %(number)s", number=bounds.le)
    if bounds.ge is not None:
        said.append(_("at least %(bound)s", bound=amount(bounds.ge, unit)))
    if bounds.gt is not None:
        said.append(_("above %(bound)s", bound=amount(bounds.gt, unit)))
    if bounds.le is not None:
        said.append(_("at most %(bound)s", bound=amount(bounds.le, unit)))
    if bounds.lt is not None:
        said.append(_("below %(bound)s", bound=amount(bounds.lt, unit)))
    return _(" and ").join(said)


def points_words(points: Interval) -> str:
    """Return points a band gives: 5 points, or 3 to 5 points as a reviewer decides."""
    low, high = shown(points.low, "point"), shown(points.high, "point")
    if points.is_exact:
        return _("%(points)s points", points=low)
    return _("%(low)s to %(high)s points, as the reviewer decides", low=low, high=high)
