"""Size classes by industry, staff, revenue and assets: reading the table and judging by it.

Large, medium and small need every listed figure at or above its lower bound, otherwise one class
down; micro needs only one figure below the bound of small. A missing figure leaves a range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.conditions import Reader, said
from portal.classification.criteria.facts import Facts
from portal.classification.criteria.nodes import SizeRow, SizeTable
from portal.classification.criteria.reading import Mapping
from portal.classification.criteria.values import Truth
from portal.classification.criteria.vocabulary import Ref, Type

CLASSES = ("micro", "small", "medium", "large")
UNCOVERED = "none"
SIZE = "sme_size"


@dataclass(frozen=True)
class Limit:
    """One figure of a row: its bounds, its value, and the classes it leaves possible."""

    ref: Ref
    bounds: tuple[Fraction, Fraction, Fraction]
    value: Fraction | None
    least: int
    most: int


@dataclass(frozen=True)
class Size:
    """The classes that are possible, with the rows and figures they follow from."""

    possible: frozenset[str]
    rows: tuple[tuple[SizeRow, tuple[Limit, ...]], ...]
    missing: tuple[Ref, ...]

    @property
    def decided(self) -> str | None:
        """Return the one class, None while several are possible."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None

    @property
    def is_sme(self) -> Truth:
        """Say whether the class is one of the three of small and medium enterprises."""
        inside = self.possible <= set(CLASSES[:-1])
        return True if inside else None if self.possible & set(CLASSES[:-1]) else False


def read_sizes(document: Mapping, reader: Reader) -> SizeTable | None:
    """Return a version's size table, None when it has none; raises RuleFileError."""
    if "sizes" not in document:
        return None
    node = reading.mapping(document.get("sizes"))
    node.only("industry", "columns", "rows", "uncovered")
    columns = {
        name: reader.figure(item).formula.named[0]
        for name, item in reading.mapping(node.get("columns")).items.items()
    }
    rows = reader.each(reading.sequence(node.get("rows")), lambda item: _row(item, columns))
    _check_codes(rows)
    uncovered = tuple(_codes(node, "uncovered"))
    return SizeTable(reader.ref(node.get("industry"), Type.CODE), rows, uncovered)


def _row(node: Mapping, columns: dict[str, Ref]) -> SizeRow:
    node.only("id", "zh", "en", "codes", "except", *columns)
    bounds = tuple((ref, _three(node, name)) for name, ref in columns.items() if name in node)
    if not bounds:
        node.place.refuse(_("A row needs at least one figure with its bounds"))
    excluded = tuple(_codes(node, "except")) if "except" in node else ()
    return SizeRow(
        node.text("id"), said(node), tuple(_codes(node, "codes")), excluded, bounds, node.place
    )


def _three(node: Mapping, name: str) -> tuple[Fraction, Fraction, Fraction]:
    items = reading.sequence(node.get(name)).items
    found = [Fraction(reading.scalar(item).as_number()) for item in items]
    if len(found) != len(CLASSES) - 1 or not found[0] > found[1] > found[2] > 0:
        node.place_of(name).refuse(_("The bounds are three: large, medium, small, each lower"))
    return found[0], found[1], found[2]


def _codes(node: Mapping, key: str) -> Iterable[str]:
    """Return prefixes of industry codes; `06-46` stands for every division between."""
    for item in reading.sequence(node.get(key)):
        first, _sep, last = reading.scalar(item).as_text().partition("-")
        if not first.isdigit() or (last and not last.isdigit()) or (last and last < first):
            item.place.refuse(_("“%(code)s” is not a code or a range of codes", code=first))
        if not last:
            yield first
            continue
        yield from (f"{code:0{len(first)}d}" for code in range(int(first), int(last) + 1))


def _check_codes(rows: Iterable[SizeRow]) -> None:
    seen: dict[str, SizeRow] = {}
    for row in rows:
        for prefix in row.prefixes:
            if prefix in seen:
                row.place.refuse(
                    _(
                        "The code %(code)s stands in %(other)s too",
                        code=prefix,
                        other=seen[prefix].id,
                    )
                )
            seen[prefix] = row


def classify(table: SizeTable, facts: Facts) -> Size:
    """Return the classes that are possible for what is known."""
    code = facts.find(table.industry)
    rows = matching(table, code) if isinstance(code, str) else table.rows
    judged = tuple((row, tuple(_limits(row, facts))) for row in rows)
    possible = {name for row, limits in judged for name in _classes(limits)}
    if not isinstance(code, str) or _may_be_uncovered(table, code, rows):
        possible.add(UNCOVERED)
    if not isinstance(code, str):
        return Size(frozenset(possible), (), (table.industry,))
    missing = dict.fromkeys(
        limit.ref for _row, limits in judged for limit in limits if limit.value is None
    )
    return Size(frozenset(possible), judged, tuple(missing) if len(possible) > 1 else ())


def matching(table: SizeTable, code: str) -> tuple[SizeRow, ...]:
    """Return the rows a code falls under; one shorter than a group may fall under several."""
    return tuple(
        row
        for row in table.rows
        if any(code.startswith(prefix) or prefix.startswith(code) for prefix in row.prefixes)
        and not any(code.startswith(prefix) for prefix in row.excluded)
    )


def _may_be_uncovered(table: SizeTable, code: str, rows: tuple[SizeRow, ...]) -> bool:
    if any(prefix.startswith(code) or code.startswith(prefix) for prefix in table.uncovered):
        return True
    return not rows


def _limits(row: SizeRow, facts: Facts) -> Iterable[Limit]:
    for ref, bounds in row.bounds:
        value = facts.find(ref)
        if not isinstance(value, Fraction):
            yield Limit(ref, bounds, None, 0, len(bounds))
            continue
        reached = sum(value >= bound for bound in bounds)
        yield Limit(ref, bounds, value, reached, reached)


def _classes(limits: tuple[Limit, ...]) -> tuple[str, ...]:
    least = min(limit.least for limit in limits)
    most = min(limit.most for limit in limits)
    return CLASSES[least : most + 1]
