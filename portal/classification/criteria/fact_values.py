"""Single stated values: of the right type, within their bounds, none beyond what limits it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from portal.classification.criteria.facts import Facts, Value
from portal.classification.criteria.vocabulary import NUMERIC, Metric, Ref, Type, Vocabulary

MOST_DECIMALS = 12
CODES = {"code4": r"\d{2,4}", "code6": r"\d{6}", "code18": r"[0-9A-Z]{18}"}


class FactFault(Exception):
    """A stated fact cannot be right; the sentence names it."""


def read_value(metric: Metric, stated: Any, back: int | None = None) -> Value:
    """Return a value as the engine holds it; raises FactFault naming the fact and its year."""
    name = str(Ref(metric.id, back))
    if metric.type in NUMERIC:
        return _number(metric, stated, name)
    if metric.type == Type.BOOL:
        if not isinstance(stated, bool):
            raise FactFault(_("%(name)s: true or false is wanted", name=name))
        return stated
    if not isinstance(stated, str):
        raise FactFault(_("%(name)s: a text in quotation marks is wanted", name=name))
    if metric.type == Type.DATE:
        return _date(metric, stated, name)
    if metric.type == Type.CODE:
        return _code(metric, stated, name)
    if stated not in metric.choices:
        raise FactFault(
            _(
                "%(name)s: one of %(choices)s is wanted",
                name=name,
                choices=", ".join(metric.choices),
            )
        )
    return stated


def _number(metric: Metric, stated: Any, name: str) -> Fraction:
    if isinstance(stated, bool) or not isinstance(stated, int | Decimal):
        raise FactFault(_("%(name)s: a number is wanted", name=name))
    number = Decimal(stated)
    low, high = Decimal(metric.least or "-1e12"), Decimal(metric.most or "1e12")
    if not low <= number <= high:
        raise FactFault(
            _(
                "%(name)s: %(number)s is outside %(low)s to %(high)s",
                name=name,
                number=number,
                low=metric.least or "−",
                high=metric.most or "−",
            )
        )
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DECIMALS:
        raise FactFault(
            _("%(name)s: at most %(digits)s decimals are read", name=name, digits=MOST_DECIMALS)
        )
    if metric.type == Type.INT and number != number.to_integral_value():
        raise FactFault(_("%(name)s: a whole number is wanted", name=name))
    return Fraction(number)


def _date(metric: Metric, stated: str, name: str) -> date:
    try:
        day = date.fromisoformat(stated)
    except ValueError:
        raise FactFault(_("%(name)s: a date like 2026-04-01 is wanted", name=name)) from None
    if (metric.least and day.isoformat() < metric.least) or (
        metric.most and day.isoformat() > metric.most
    ):
        raise FactFault(
            _(
                "%(name)s: %(day)s is outside %(low)s to %(high)s",
                name=name,
                day=day.isoformat(),
                low=metric.least or "−",
                high=metric.most or "−",
            )
        )
    return day


def _code(metric: Metric, stated: str, name: str) -> str:
    pattern = CODES.get(metric.unit, r"\w{1,40}")
    length = len(stated)
    low, high = (metric.least or "")[:length], (metric.most or "")[:length]
    fits = (not low or low <= stated) and (not high or stated <= high)
    if not re.fullmatch(pattern, stated, re.ASCII) or not fits:
        raise FactFault(_("%(name)s: “%(stated)s” is not such a code", name=name, stated=stated))
    return stated


def check_limits(facts: Facts, vocabulary: Vocabulary) -> list[str]:
    """Return a sentence for every fact that is above another which it cannot exceed."""
    found = []
    for ref, fact in facts.known.items():
        at_most = vocabulary.metrics[ref.metric].at_most
        if at_most is None:
            continue
        limit = Ref(at_most, ref.back)
        bound = facts.find(limit)
        if _exceeds(fact.value, bound):
            found.append(_("%(name)s: it cannot exceed %(limit)s", name=str(ref), limit=str(limit)))
    return found


def _exceeds(value: Value, bound: Value | None) -> bool:
    if isinstance(value, Fraction) and isinstance(bound, Fraction):
        return value > bound
    return isinstance(value, date) and isinstance(bound, date) and value > bound
