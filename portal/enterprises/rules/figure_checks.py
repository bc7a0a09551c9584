"""What is impossible in a year's figures, and what only asks to be looked at again.

Errors refuse; warnings may be kept with a reason. `values` are all figures of one source and year
as they would stand; only those in `typed` are spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import gettext as _

from portal.enterprises.rules.figure_values import Shape, Value, bounds_fault, shown, write
from portal.enterprises.terms.figures import Unit

SLIP = 10  # times last year's from which a figure in 万元 asks whether 元 was typed


class Bound(Shape, Protocol):
    """A metric that may be limited by another one."""

    @property
    def at_most(self) -> str | None: ...


Metrics = Mapping[str, Any]
Values = Mapping[str, Value]
Naming = Callable[[Any], object]


@dataclass(frozen=True)
class Findings:
    """Messages by metric: what refuses, and what asks for a reason."""

    errors: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Year:
    """One year's figures of one source as they would stand, with those of the years beside it."""

    values: Values
    typed: Collection[str]
    number: int | None = None
    beside: Mapping[int, Values] = field(default_factory=dict)

    def at(self, *codes: str) -> str | None:
        """Return the first of these figures that was typed: the one to speak of."""
        return next((code for code in codes if code in self.typed), None)

    def amount(self, code: str) -> Decimal | None:
        """Return a number, None when nothing stands."""
        value = self.values.get(code)
        return None if value is None else Decimal(write(value))


def check(metrics: Metrics, year: Year, named: Naming) -> Findings:
    """Return what is wrong and what is unusual in a year; `named` writes a metric's name."""
    found = Findings()
    for code in year.typed:
        value = year.values.get(code)
        if value is not None and (fault := bounds_fault(metrics[code], value)):
            found.errors[code] = fault
    for code, other in limited(metrics):
        if (at := year.at(code, other)) and at not in found.errors:
            found.errors.update(over_limit(metrics, year, code, other, at, named))
    for rule in UNUSUAL:
        for code, words in rule(metrics, year, named).items():
            if code not in found.errors:
                found.warnings.setdefault(code, words)
    return found


def limited(metrics: Metrics) -> list[tuple[str, str]]:
    """Return the pairs of which the first cannot exceed the second."""
    return [(c, metric.at_most) for c, metric in metrics.items() if metric.at_most in metrics]


def over_limit(
    metrics: Metrics, year: Year, code: str, other: str, at: str, named: Naming
) -> dict[str, str]:
    """Return a message at `at` when a figure exceeds the one that limits it."""
    low, high = year.amount(code), year.amount(other)
    if low is None or high is None or low <= high:
        return {}
    return {
        at: _(
            "%(part)s %(low)s cannot be more than %(whole)s %(high)s: check the numbers and units.",
            part=named(metrics[code]),
            low=shown(metrics[code], write(low)),
            whole=named(metrics[other]),
            high=shown(metrics[other], write(high)),
        )
    }


def research_above_revenue(metrics: Metrics, year: Year, named: Naming) -> dict[str, str]:
    """A start-up may spend more on research than it earns; others mistook the unit."""
    spent, earned = year.amount("rd_expense"), year.amount("revenue")
    at = year.at("rd_expense", "revenue")
    if at is None or spent is None or earned is None or spent <= earned:
        return {}
    return {
        at: _(
            "R&D expenditure %(spent)s is more than the operating revenue %(earned)s."
            " That happens in young enterprises; otherwise check the unit.",
            spent=write(spent),
            earned=write(earned),
        )
    }


def revenue_without_staff(metrics: Metrics, year: Year, named: Naming) -> dict[str, str]:
    """An enterprise that earns has people, unless all are lent by others."""
    staff, earned = year.amount("employees"), year.amount("revenue")
    at = year.at("employees", "revenue")
    if at is None or staff is None or staff > 0 or not earned:
        return {}
    return {at: _("There is revenue but nobody works there: check the number of employees.")}


def out_of_step(metrics: Metrics, year: Year, named: Naming) -> dict[str, str]:
    """Amounts ten times or a tenth of those of the year before or after."""
    found: dict[str, str] = {}
    for code in year.typed:
        now = year.amount(code) if metrics[code].unit == Unit.WAN else None
        if not now or now < 0:
            continue
        for number in sorted(year.beside):
            other = year.beside[number].get(code)
            then = Decimal(write(other)) if other is not None else Decimal(0)
            if then > 0 and (now >= SLIP * then or now * SLIP <= then):
                found[code] = slip_words(now, then, number)
    return found


def slip_words(now: Decimal, then: Decimal, number: int) -> str:
    """Return the question whether the unit was mistaken."""
    if now > then:
        return _(
            "This is ten times the %(year)d figure (%(then)s) or more:"
            " was it typed in yuan instead of CNY 10,000?",
            year=number,
            then=write(then),
        )
    return _(
        "This is a tenth of the %(year)d figure (%(then)s) or less:"
        " check the unit of both, which is CNY 10,000.",
        year=number,
        then=write(then),
    )


Rule = Callable[[Metrics, Year, Naming], dict[str, str]]
UNUSUAL: tuple[Rule, ...] = (research_above_revenue, revenue_without_staff, out_of_step)
