"""What follows a merged record into the one that remains: each domain above says for its rows.

The followers are passed in where the app is composed, so that the registry knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import Person
from portal.enterprises.models import Enterprise

Move = Callable[[Person, Enterprise, Enterprise], Any]
Restore = Callable[[Person, Enterprise, Enterprise, Any], list[str]]


@dataclass(frozen=True)
class Follower:
    """`move(actor, merged, survivor)` returns what it moved, as JSON; `restore(actor, merged,
    survivor, moved)` brings it back and returns a sentence for each thing it had to leave."""

    move: Move
    restore: Restore


_followers: dict[str, Follower] = {}


def set_followers(followers: Mapping[str, Follower]) -> None:
    """Set who follows, by the name under which what they moved is kept."""
    _followers.clear()
    _followers.update(followers)


def followers() -> Mapping[str, Follower]:
    """Return who follows."""
    return _followers
