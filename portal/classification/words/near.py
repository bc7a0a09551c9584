"""What a stored pre-check falls short by, in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.classification import parsed_rules
from portal.classification.models.assessments import Precheck
from portal.classification.terms.assessments import Gap
from portal.classification.words.advice import change_words
from portal.classification.words.values import (
    Metrics,
    fact_name,
    name_of,
    points_words,
    shown_words,
    value_words,
    wanted_words,
)

FEW = 3


def short_words(summary: Mapping[str, Any], metrics: Metrics) -> str:
    """Return what the one unmet criterion has and wants, its parts one after the other."""
    parts = [part for short in summary["short"] for part in short["parts"]]
    return str(_("; ")).join(part_words(part, metrics) for part in parts)


def part_words(part: Mapping[str, Any], metrics: Metrics) -> str:
    """Return one unmet part: its name, what the enterprise has, what is wanted."""
    unit, metric = part["unit"], part["metric"]
    if part["points"] is not None:
        has = points_words(part["points"])
    elif isinstance(part["value"], str) and isinstance(part["wanted"], str):
        has = shown_words(part["value"], unit)
    else:
        has = value_words(part["value"], unit, metric, metrics)
    wanted = wanted_words(part["wanted"], unit, metric, metrics)
    return str(
        _("%(name)s: %(has)s, wanted %(wanted)s", name=name_of(part), has=has, wanted=wanted)
    )


def smallest_change(summary: Mapping[str, Any], metrics: Metrics) -> str:
    """Return the smallest change that would meet it, "" where there is none."""
    found = next((short["change"] for short in summary["short"] if short["change"]), None)
    return change_words(found, metrics) if found else ""


def missing_names(summary: Mapping[str, Any], last_year: int) -> list[str]:
    """Return the names of the missing facts with their years."""
    known = parsed_rules.vocabulary().metrics
    names = []
    for ref in summary["missing"]:
        metric, _sep, back = ref.partition("@Y")
        one = known[metric]
        year = last_year - int(back) if back else None
        names.append(fact_name({"zh": one.zh, "en": one.en, "year": year}))
    return names


def missing_words(summary: Mapping[str, Any], last_year: int) -> str:
    """Return the first few missing facts and how many more there are."""
    names = missing_names(summary, last_year)
    words = str(_("; ")).join(names[:FEW])
    if len(names) > FEW:
        return str(_("%(names)s and %(count)d more", names=words, count=len(names) - FEW))
    return words


def short_names(summary: Mapping[str, Any]) -> str:
    """Return the criteria that are short."""
    return str(_("; ")).join(name_of(one) for one in summary["unmet"])


def gap_of(row: Precheck) -> Gap:
    """Return what stands between, as a word of the vocabulary."""
    return Gap(row.gap)
