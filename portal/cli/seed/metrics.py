"""Loading `fixtures/metrics.yaml`."""

from __future__ import annotations

from typing import Any

from portal.cli.seed.reading import columns
from portal.enterprises.actions.metrics import put_metric
from portal.enterprises.terms.figures import FilledBy, Group, Kind, Unit


def load_metrics(items: list[dict[str, Any]]) -> None:
    """Load the metrics in the order of their groups' pages."""
    for sort, item in enumerate(items):
        names = columns(item, "years", "span", "at_most", "same_as", name_zh="zh", name_en="en")
        put_metric(
            item["id"],
            sort=sort,
            group=Group(item["group"]),
            unit=Unit(item["unit"]),
            kind=Kind(item["type"]),
            minimum=text_of(item.get("min")),
            maximum=text_of(item.get("max")),
            may_be_public=item.get("public") == "choice",
            filled_by=FilledBy(item.get("by", "member")),
            **columns(item, "scope_zh", "scope_en", "choices"),
            **names,
        )


def text_of(bound: object) -> str | None:
    """Return a bound as exact text, None where there is none."""
    return None if bound is None else str(bound)
