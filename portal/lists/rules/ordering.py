"""The order of the entries of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def new_order(present: Sequence[int], wanted: Mapping[int, int]) -> list[int]:
    """Return entry ids in the order of the numbers typed beside them.

    `wanted` maps ids to those numbers; entries with the same number stay as they were, and
    those without one keep their place.
    """
    places = {entry: place for place, entry in enumerate(present, 1)}
    moved = {entry for entry in present if wanted.get(entry, places[entry]) != places[entry]}
    return sorted(
        present,
        key=lambda entry: (
            wanted.get(entry, places[entry]),
            # Who was given a taken number goes before who stands there, or after when moving down.
            0 if entry not in moved else -1 if wanted[entry] < places[entry] else 1,
            places[entry],
        ),
    )


def within(present: Sequence[int], section: Sequence[int]) -> list[int]:
    """Return the whole order with the entries of one section in their new order, on the places
    that section holds; every other entry keeps its place."""
    moved = set(section)
    turn = iter(section)
    return [next(turn) if entry in moved else entry for entry in present]
