"""The table of an assessment: one row a criterion, one for each of its parts, one an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.classification.criteria.explanation import Result
from portal.classification.words.values import (
    CONFIDENCE_NAMES,
    Metrics,
    fact_name,
    fact_value,
    is_open,
    name_of,
    points_words,
    sentences,
    shown_words,
    source_words,
    wanted_words,
)

RESULT_NAMES = {
    Result.MET: _l("Met"),
    Result.UNMET: _l("Not met"),
    Result.MISSING: _l("Data missing"),
    Result.JUDGEMENT: _l("Needs judgement"),
}
# How a result is drawn: the kinds of components/status.html.
MARKS = {
    Result.MET: "pass",
    Result.UNMET: "fail",
    Result.MISSING: "unknown",
    Result.JUDGEMENT: "wait",
}
HOW_NAMES = {"any": _l("One of these is enough"), "not": _l("This must not hold")}


@dataclass(frozen=True)
class Row:
    """One line: what is asked, what is wanted, what the enterprise has, how it came out, and from
    where. `level` is 0 for a criterion, more for its parts; `missing` names absent facts."""

    name: str
    level: int
    mark: str
    result: str
    wanted: str = ""
    value: str = ""
    clause: str = ""
    confidence: str = ""
    note: str = ""
    values: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[str, ...] = field(default_factory=tuple)


def criteria_rows(explanation: Mapping[str, Any], metrics: Metrics) -> list[Row]:
    """Return the rows of all criteria with their parts."""
    return [row for node in explanation["criteria"] for row in node_rows(node, metrics, 0)]


def remark_rows(explanation: Mapping[str, Any], metrics: Metrics) -> list[Row]:
    """Return what decides nothing but is said because it holds."""
    return [row for node in explanation["remarks"] for row in node_rows(node, metrics, 0)]


def node_rows(node: Mapping[str, Any], metrics: Metrics, level: int) -> Iterator[Row]:
    """Yield a criterion's row and those of its parts."""
    values = node.get("values", ())
    result = Result(node["result"])
    yield Row(
        name=name_of(node) or str(HOW_NAMES.get(node["how"], "")),
        level=level,
        mark=MARKS[result],
        result=str(RESULT_NAMES[result]),
        wanted=wanted_of(node, metrics),
        value=value_of(node, metrics),
        clause=node["clause"] if level == 0 else "",
        confidence=confidence_words(node["confidence"]) if level == 0 else "",
        note=sentences([name_of(node["note"]), undefined_words(node)]),
        values=tuple(values),
        missing=tuple(one for one in values if is_open(one)),
        sources=sources_of(values, metrics),
    )
    decided = node["how"] == "any" and result == Result.MET
    for part in node["parts"]:
        rows = node_rows(part, metrics, level + 1)
        # Where one of several is enough and holds, the others are named without their parts.
        yield from islice(rows, 1) if decided and part["result"] != Result.MET else rows


def wanted_of(node: Mapping[str, Any], metrics: Metrics) -> str:
    """Return what a criterion wants; of a group, whether one of its parts is enough."""
    if node["how"] in HOW_NAMES and name_of(node):
        return str(HOW_NAMES[node["how"]])
    if "wanted" not in node:
        return ""
    first: Mapping[str, Any] = next(iter(node.get("values", ())), {})
    unit = node.get("unit") or first.get("unit") or "point"
    return wanted_words(node["wanted"], unit, first.get("metric", ""), metrics)


def value_of(node: Mapping[str, Any], metrics: Metrics) -> str:
    """Return what the enterprise has: a computed figure, a fact, or points."""
    if "points" in node:
        return str(_("%(points)s points", points=points_words(node["points"])))
    if "of" in node:
        return shown_words(node["value"], node["unit"])
    first = next(iter(node.get("values", ())), None)
    return fact_value(first, metrics) if first is not None else ""


def confidence_words(confidence: str | None) -> str:
    """Return how well a statement is backed, where its source was not read itself."""
    return "" if confidence in (None, "verified") else str(CONFIDENCE_NAMES[confidence])


def undefined_words(node: Mapping[str, Any]) -> str:
    """Say why a figure has no meaning for known facts: what is divided by is zero or negative."""
    if not node["undefined"]:
        return ""
    bases = [fact_name(one) for one in node["values"] if is_no_base(one["value"])]
    return str(
        _(
            "It cannot be computed: %(facts)s is 0 or negative. That counts as unknown.",
            facts=_(", ").join(bases) or node["undefined"],
        )
    )


def is_no_base(value: Any) -> bool:
    """Say whether a number cannot be divided by."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value <= 0


def sources_of(values: Any, metrics: Metrics) -> tuple[str, ...]:
    """Return the values used, those of one fact and source together: 2025年96万元、2024年90万元."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in values:
        if one["value"] is not None:
            said = found.setdefault((name_of(one), source_words(one["source"])), [])
            said.append(dated_value(one, metrics))
    joint = str(_(", "))
    return tuple(
        str(
            _(
                "%(name)s: %(value)s (%(source)s)",
                name=name,
                value=joint.join(dict.fromkeys(said)),
                source=source,
            )
        )
        for (name, source), said in found.items()
    )


def dated_value(item: Mapping[str, Any], metrics: Metrics) -> str:
    """Return a value with its year."""
    value = fact_value(item, metrics)
    if item["year"] is None:
        return value
    return str(_("%(value)s in %(year)s", value=value, year=item["year"]))
