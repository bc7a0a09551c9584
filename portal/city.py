"""The adopting city's number patterns, set once at start from fixtures/site.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_patterns: dict[str, str] = {}


def set_patterns(patterns: Mapping[str, str]) -> None:
    """Set the patterns: `submission`, `admission`, `entry_<kind>` in str.format form."""
    _patterns.clear()
    _patterns.update(patterns)


def number(pattern: str, **values: Any) -> str:
    """Return a number in the city's form, such as an entry number from year and serial.

    Raises KeyError for a pattern the city has not set.
    """
    return _patterns[pattern].format(**values)
