"""What an alert has seen, packed into a column: the 10,000 that are kept of a kind
take some 15 kB."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any


def pack_keys(keys: Iterable[str]) -> bytes:
    """Return keys such as `entry:12` as bytes: per kind the distances between sorted ids."""
    ids: dict[str, set[int]] = {}
    for key in keys:
        kind, _, ref = key.partition(":")
        ids.setdefault(kind, set()).add(int(ref))
    return pack({kind: distances(sorted(refs)) for kind, refs in sorted(ids.items())})


def unpack_keys(packed: bytes) -> set[str]:
    """Return the keys again."""
    found = set()
    for kind, steps in unpack(packed).items():
        ref = 0
        for step in steps:
            ref += step
            found.add(f"{kind}:{ref}")
    return found


def distances(refs: list[int]) -> list[int]:
    """Return the first of sorted numbers and how far each is from the one before."""
    return [later - earlier for earlier, later in pairwise([0, *refs])]


def pack(facts: Mapping[str, Any]) -> bytes:
    """Return plain facts as bytes."""
    return zlib.compress(json.dumps(facts, separators=(",", ":")).encode())


def unpack(packed: bytes) -> dict[str, Any]:
    """Return packed facts again; nothing for nothing."""
    if not packed:
        return {}
    found: dict[str, Any] = json.loads(zlib.decompress(packed))
    return found
