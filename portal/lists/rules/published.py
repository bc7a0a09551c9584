"""Changing a published content: what differs, what is left of what was withdrawn; pure.

Content and snapshots have the form docs/release-content.md describes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]
DETAILS = "details"
KEPT = (  # of a withdrawn entry
    "number",
    "kind",
    "subtype",
    "title_zh",
    "title_en",
    "publisher",
    "field",
    "node",
    "district",
    "zone",
)


def differences(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """Return what the public reads differently: a key with both values; details one by one."""
    found = [
        {"key": key, "before": before.get(key), "after": after[key]}
        for key in after
        if key != DETAILS and before.get(key) != after[key]
    ]
    old = {item["key"]: item for item in before.get(DETAILS, [])}
    new = {item["key"]: item for item in after.get(DETAILS, [])}
    return found + [
        {"key": DETAILS, "before": old.get(key), "after": new.get(key)}
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def corrected(snapshot: Facts, before: Facts, after: Facts) -> dict[str, Any]:
    """Return a snapshot with only what the correction changed: names of bodies or places that
    were renamed since stay as they were published."""
    changed = {
        key: value for key, value in after.items() if key != DETAILS and before.get(key) != value
    }
    old = {item["key"]: item for item in before.get(DETAILS, [])}
    kept = {item["key"]: item for item in snapshot[DETAILS]}
    details = [
        kept.get(item["key"], item) if old.get(item["key"]) == item else item
        for item in after[DETAILS]
    ]
    return {**snapshot, **changed, DETAILS: details}


def tombstone(snapshot: Facts, reason: str, on: str) -> dict[str, Any]:
    """Return what is left of a withdrawn entry: number, title, publisher and place, the reason
    and the day; every other fact is emptied."""
    emptied = {key: type(value)() if value is not None else None for key, value in snapshot.items()}
    kept = {key: snapshot[key] for key in KEPT if key in snapshot}
    return {**emptied, **kept, "withdrawn": {"on": on, "reason": reason}}


def with_entry(content: Facts, entry: Facts) -> dict[str, Any]:
    """Return the content with one entry in its new wording."""
    return {
        **content,
        "entries": [
            dict(entry) if old["number"] == entry["number"] else old for old in content["entries"]
        ],
    }


def withdrawn(content: Facts, reason: str, on: str) -> dict[str, Any]:
    """Return the content of a release that was withdrawn as a whole."""
    return {
        **content,
        "release": {**content["release"], "withdrawn": {"on": on, "reason": reason}},
        "entries": [tombstone(entry, reason, on) for entry in content["entries"]],
    }
