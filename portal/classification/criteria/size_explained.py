"""A size class as plain data, with the row and the figures it follows from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portal.classification.criteria.nodes import SizeRow
from portal.classification.criteria.showing import exact
from portal.classification.criteria.size_table import CLASSES, Limit, Size
from portal.classification.criteria.vocabulary import Ref

Values = Callable[[Iterable[Ref]], list[dict[str, Any]]]


def sizes(size: Size, values: Values) -> dict[str, Any]:
    """Return the class or the classes that are possible, smallest first, and why."""
    possible = [name for name in (*CLASSES, "none") if name in size.possible]
    return {
        "class": size.decided,
        "possible": possible,
        "rows": [_row(row, limits, values) for row, limits in size.rows],
        "missing": [str(ref) for ref in size.missing],
    }


def _row(row: SizeRow, limits: tuple[Limit, ...], values: Values) -> dict[str, Any]:
    return {
        "id": row.id,
        **vars(row.said),
        "figures": [_figure(limit, values) for limit in limits],
    }


def _figure(limit: Limit, values: Values) -> dict[str, Any]:
    large, medium, small = limit.bounds
    return {
        **values([limit.ref])[0],
        "bounds": {"large": exact(large), "medium": exact(medium), "small": exact(small)},
        "allows_at_most": CLASSES[limit.most],
        "decides": limit.value is not None and limit.most < len(CLASSES) - 1,
    }
