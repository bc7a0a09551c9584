"""Facts and figures of an assessment as they are read: 1120万元, 2.41%, 是, 2025年研发费用."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.classification.terms.facts import SOURCE_WORDS, split_source
from portal.enterprises.models import Metric
from portal.web.display import speaks_english
from portal.web.filters import money, plain_number

SIZE_NAMES = {
    "micro": _l("Micro enterprise"),
    "small": _l("Small enterprise"),
    "medium": _l("Medium enterprise"),
    "large": _l("Large enterprise"),
    "none": _l("No size class under the standard"),
}
CONFIDENCE_NAMES = {
    "verified": _l("Source read"),
    "secondary": _l("From a restatement of the source"),
    "memory_high": _l("Source not re-read"),
    "memory_low": _l("To be confirmed"),
}
UNITS = {
    "person": _l("persons"),
    "item": _l("items"),
    "year": _l("years"),
    "day": _l("days"),
    "point": _l("points"),
    "level": _l("level"),
    "usd": _l("USD"),
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Metrics = Mapping[str, Metric]


def name_of(item: Mapping[str, Any]) -> str:
    """Return a bilingual text of an explanation; Chinese where English is missing."""
    return str((item["en"] if speaks_english() else "") or item["zh"])


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after the other; Chinese ones stand without blanks."""
    return (" " if speaks_english() else "").join(part for part in parts if part)


def fact_name(item: Mapping[str, Any]) -> str:
    """Return a fact's name with its year: 2025年研发费用."""
    name = name_of(item)
    if item.get("year") is None:
        return name
    return str(_("%(name)s of %(year)s", name=name, year=item["year"]))


def is_open(item: Mapping[str, Any]) -> bool:
    """Say whether a fact is missing, or several values are still possible."""
    return item["value"] is None or (isinstance(item["value"], list) and len(item["value"]) > 1)


def fact_value(item: Mapping[str, Any], metrics: Metrics) -> str:
    """Return a fact's value as it is read, "" for a missing one."""
    return value_words(item["value"], item["unit"], item.get("metric", ""), metrics)


def value_words(value: Any, unit: str, metric: str, metrics: Metrics) -> str:
    """Return a value in its unit: a number, yes or no, a choice, or several still possible."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, list):
        choices = [value_words(one, unit, metric, metrics) for one in value]
        return str(_(" or ")).join(choices)
    if unit in ("enum", "code4", "code6", "code18", "date"):
        return choice_words(str(value), metric, metrics)
    return number_words(str(value), unit)


def choice_words(slug: str, metric: str, metrics: Metrics) -> str:
    """Return the name of a choice; a code or a date as it is."""
    if metric == "sme_size":
        return str(SIZE_NAMES.get(slug, slug))
    known = metrics.get(metric)
    for choice in known.choices if known else ():
        if choice["slug"] == slug:
            return str(choice["en" if speaks_english() else "zh"])
    return slug


def number_words(number: str, unit: str) -> str:
    """Return an exact number with its unit; what is no plain decimal is left as it is written."""
    if not NUMBER.fullmatch(number):
        return number
    if unit == "wan":
        return money(Decimal(number))
    if unit == "ratio":
        return f"{plain_number(Decimal(number) * 100)}%"
    if unit == "rank":
        return str(_("no. %(rank)s", rank=number) if number != "0" else _("unranked"))
    if unit not in UNITS:
        return plain_number(Decimal(number))
    return str(
        _("%(number)s %(unit)s", number=plain_number(Decimal(number)), unit=str(UNITS[unit]))
    )


def shown_words(text: str | None, unit: str) -> str:
    """Return a computed figure as the engine shows it, its unit added: its digits are never
    rounded further, so that it cannot read as if it met a bound that it misses."""
    if text is None:
        return ""
    return text if text.endswith("%") else number_words(text, unit)


def wanted_words(wanted: Any, unit: str, metric: str, metrics: Metrics) -> str:
    """Return what is wanted: ≥ 3%, ≥ 1500万元, 是, 国家级 or 省级."""
    if isinstance(wanted, str):
        return (
            NUMBER.sub(lambda found: shown_words(found.group(), unit), wanted)
            if (unit != "ratio")
            else wanted
        )
    return value_words(wanted, unit, metric, metrics)


def source_words(source: str | None) -> str:
    """Return where a fact comes from."""
    if source is None:
        return ""
    word, rest = split_source(source)
    name = str(SOURCE_WORDS.get(word, word))
    if word == "title" and rest:
        return str(_("%(source)s no. %(number)s", source=name, number=rest))
    return name


def points_words(ends: list[Any]) -> str:
    """Return points, or the range that is still possible: 57～65."""
    low, high = (plain_number(end) for end in ends)
    if low == high:
        return low
    return f"{low}–{high}" if speaks_english() else f"{low}～{high}"
