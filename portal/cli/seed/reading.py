"""Reading fixture files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read(path: Path) -> Any:
    """Return a YAML file's content; raises FileNotFoundError naming the file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - a safe loader, in C


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, in C where the library has it: the fixtures are a megabyte."""


def columns(item: dict[str, Any], *names: str, **renamed: str) -> dict[str, Any]:
    """Return the named columns an item has; `renamed` maps our name to the fixture's."""
    pairs = {name: name for name in names} | renamed
    return {ours: item[theirs] for ours, theirs in pairs.items() if item.get(theirs) is not None}
