"""What signs are worth in this city, as its data says: read once at start from fixtures/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from portal.matching.rules import Weights
from portal.matching.terms import Sign


class MatchingError(Exception):
    """The file of what signs are worth cannot be used; the message says why."""


_weights: list[Weights] = []


def load_weights(path: Path) -> None:
    """Read what signs are worth; raises MatchingError with one sentence."""
    try:
        _weights[:] = [read_weights(yaml.safe_load(path.read_text(encoding="utf-8")))]
    except (KeyError, ValueError, TypeError) as error:
        raise MatchingError(f"{path.name}: {error}") from error


def read_weights(content: Mapping[str, Any]) -> Weights:
    """Return the content of the file; raises KeyError, ValueError or TypeError."""
    found = Weights(
        points={sign: int(content["points"][sign]) for sign in Sign},
        threshold=int(content["threshold"]),
        telling=frozenset(Sign(name) for name in content["telling"]),
        most_words=int(content["most_words"]),
        most=int(content["most"]),
        everyday=frozenset(word for line in content["everyday"] for word in line.split()),
        offering=frozenset(content["offering"]),
        asking_too=frozenset(content["asking_too"]),
    )
    if not 1 <= found.most <= 50:
        raise ValueError("between 1 and 50 suggestions are shown")
    if min(found.points.values()) < 0 or found.threshold < 1:
        raise ValueError("no sign counts against a suggestion, and it takes at least a point")
    return found


def weights() -> Weights:
    """Return what signs are worth; `load_weights` comes first."""
    return _weights[0]
