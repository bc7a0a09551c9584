"""Which titles are under renewal: the city's own are renewed by a procedure built upon this
package, which is passed in where the app is composed."""

from __future__ import annotations

from collections.abc import Callable, Collection

Finder = Callable[[Collection[int]], set[int]]
_finders: list[Finder] = []


def set_renewals(finder: Finder) -> None:
    """Set what says which of some titles (by id) have an application for renewal under way."""
    _finders[:] = [finder]


def under_renewal(title_ids: Collection[int]) -> set[int]:
    """Return which of these titles have an application for renewal under way."""
    return {found for finder in _finders for found in finder(title_ids)}
