"""Reading facts from JSON: every value checked by the vocabulary, every fault named.

Keys are ids of facts. A yearly one is a list [Y0, Y1, Y2, Y3], newest first, or a mapping of
calendar years; null is missing. A single value for a yearly fact is Y0's. Y0 is the year before
the application.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from flask_babel import gettext as _

from portal.classification.criteria.fact_values import FactFault, check_limits, read_value
from portal.classification.criteria.facts import APPLICATION_DATE, Fact, Facts
from portal.classification.criteria.vocabulary import YEARS_KEPT, Metric, Ref, Vocabulary


class FactsError(Exception):
    """The facts cannot be used; `faults` are sentences, each naming a fact."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_facts(text: str, vocabulary: Vocabulary, today: date, on: date | None = None) -> Facts:
    """Return facts for an application on a date: `on`, or the file's, or today.

    Raises FactsError with every fault that was found.
    """
    content = _content(text)
    faults: list[str] = []
    day = _day(content, vocabulary, on or today, faults) if on is None else on
    facts = Facts(day)
    known: dict[Ref, Fact] = {}
    for name, stated in content.items():
        try:
            known |= _fact(name, stated, vocabulary, facts)
        except FactFault as fault:
            faults.append(str(fault))
    known |= _standing_in(known, content, vocabulary)
    facts = Facts(day, known)
    faults += check_limits(facts, vocabulary)
    if faults:
        raise FactsError(faults)
    return facts


def _content(text: str) -> dict[str, Any]:
    try:
        content = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except FactFault as fault:
        raise FactsError([str(fault)]) from fault
    except (ValueError, RecursionError) as error:
        raise FactsError([_("This is not JSON: %(problem)s", problem=error)]) from error
    if not isinstance(content, dict):
        raise FactsError([_("The facts are one JSON object: ids of facts with their values")])
    return content


def _refuse_constant(word: str) -> NoReturn:
    raise FactFault(_("“%(word)s” is not a number", word=word))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise FactFault(_("%(name)s: it is stated twice", name=key))
        found[key] = value
    return found


def _day(content: dict[str, Any], vocabulary: Vocabulary, today: date, faults: list[str]) -> date:
    stated = content.get(APPLICATION_DATE.metric)
    if stated is None:
        return today
    try:
        found = read_value(vocabulary.metrics[APPLICATION_DATE.metric], stated)
    except FactFault as fault:
        faults.append(str(fault))
        return today
    assert isinstance(found, date)
    return found


def _fact(name: str, stated: Any, vocabulary: Vocabulary, facts: Facts) -> dict[Ref, Fact]:
    metric = vocabulary.get(name)
    if metric is None:
        raise FactFault(_("%(name)s: this is not a known fact", name=name))
    if name == APPLICATION_DATE.metric:
        return {}
    if metric.years == 0:
        if stated is None:
            return {}
        return {Ref(name): Fact(read_value(metric, stated))}
    return {
        Ref(name, back): Fact(read_value(metric, value, back))
        for back, value in _by_year(metric, stated, facts)
        if value is not None and back < metric.years
    }


def _by_year(metric: Metric, stated: Any, facts: Facts) -> Iterator[tuple[int, Any]]:
    if isinstance(stated, list):
        if len(stated) > YEARS_KEPT:
            raise FactFault(
                _("%(name)s: at most four years are stated, [Y0, Y1, Y2, Y3]", name=metric.id)
            )
        yield from enumerate(stated)
    elif isinstance(stated, dict):
        for year, value in stated.items():
            yield _years_back(metric, year, facts), value
    else:
        yield 0, stated


def _years_back(metric: Metric, year: str, facts: Facts) -> int:
    last = facts.on.year - 1
    if not (year.isascii() and year.isdigit() and len(year) == len("2025")):
        raise FactFault(_("%(name)s: “%(year)s” is not a year", name=metric.id, year=year))
    back = last - int(year)
    if back < 0:
        raise FactFault(
            _(
                "%(name)s: %(year)s is not complete on %(day)s; the latest year is %(last)s",
                name=metric.id,
                year=year,
                day=facts.on.isoformat(),
                last=last,
            )
        )
    if back >= YEARS_KEPT:
        raise FactFault(
            _("%(name)s: %(year)s is earlier than any rule reads", name=metric.id, year=year)
        )
    return back


def _standing_in(
    known: dict[Ref, Fact], content: dict[str, Any], vocabulary: Vocabulary
) -> dict[Ref, Fact]:
    """Let a plain figure stand for those it stands for, where they are not given themselves."""
    return {
        Ref(other, ref.back): Fact(fact.value, ref.metric)
        for ref, fact in known.items()
        for other in vocabulary.stands_for.get(ref.metric, ())
        if other not in content
    }
