"""How the lists are curated, as the city's data says: read once at start from fixtures/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.accounts.terms import Right
from portal.lists.terms.reviews import Part


class CurationError(Exception):
    """The file of how lists are curated cannot be used; the message says why."""


@dataclass(frozen=True)
class Curation:
    """The right each part of the review sheet is given by, and whether the three reviews need
    three officers."""

    reviewers: Mapping[Part, Right]
    different_officers: bool


_curation: Curation | None = None


def load_curation(path: Path) -> None:
    """Read how the lists are curated; raises CurationError with one sentence."""
    global _curation
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        _curation = read_curation(content)
    except (KeyError, ValueError, TypeError) as error:
        raise CurationError(f"{path.name}: {error}") from error


def read_curation(content: Mapping[str, Any]) -> Curation:
    """Return the content of the file; raises KeyError, ValueError or TypeError."""
    sheet = content["review_sheet"]
    return Curation(
        reviewers={part: Right(sheet["parts"][part]) for part in Part},
        different_officers=bool(sheet["different_officers"]),
    )


def curation() -> Curation:
    """Return how the lists are curated."""
    assert _curation is not None
    return _curation
