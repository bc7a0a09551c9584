"""Who may read a file: the domain it belongs to says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.files.models import StoredFile

Reader = Callable[[Any, StoredFile], bool]
_readers: dict[str, Reader] = {}


def reader_of(owner_kind: str) -> Callable[[Reader], Reader]:
    """Register a domain's rule for files of its rows: (person, file) → may they read it."""

    def register(rule: Reader) -> Reader:
        _readers[owner_kind] = rule
        return rule

    return register


def may_read(person: Any, file: StoredFile) -> bool:
    """Say whether a person may read a file; nobody may where no domain says so."""
    rule = _readers.get(file.owner_kind)
    return rule is not None and rule(person, file)
