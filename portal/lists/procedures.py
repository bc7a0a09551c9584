"""How the lists are curated, as the city's data says: read once at start from fixtures/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portal.accounts.terms import Right
from portal.casework.scoring import SheetKind
from portal.lists.rules.steps import Asks
from portal.lists.terms.kinds import Kind
from portal.lists.terms.reviews import Part


class CurationError(Exception):
    """The file of how lists are curated cannot be used; the message says why."""


@dataclass(frozen=True)
class Curation:
    """The right each part of the review sheet is given by, whether the three reviews need three
    officers; the lines of the scoring sheet by kind of list (portal.casework.scoring); how many
    working days a submitter has to consent to a wording; what stands before the signing by kind of
    list, the working days a body usually has for its opinion and before how many it is reminded,
    where objections on paper go; for the proof report the longest title,
    the field of the official notice by subtype, and the phrases of unfair competition."""

    reviewers: Mapping[Part, Right]
    different_officers: bool
    criteria: Mapping[Kind, list[dict[str, Any]]]
    consent_days: int
    asks: Mapping[Kind, Asks]
    opinion_days: int
    remind_days: int
    address: str
    longest_title: int
    official_notice: Mapping[str, str]
    phrases: Sequence[str]


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
    sheet, proof = content["review_sheet"], content["proof"]
    opinions, asks = content["opinions"], content["before_signing"]
    return Curation(
        reviewers={part: Right(sheet["parts"][part]) for part in Part},
        different_officers=bool(sheet["different_officers"]),
        criteria={kind: lines(content["criteria"][kind]) for kind in Kind},
        consent_days=int(content["wording"]["consent_days"]),
        asks={kind: read_asks(asks[kind]) for kind in Kind},
        opinion_days=int(opinions["days"]),
        remind_days=int(opinions["remind_days"]),
        address=str(content["notice"]["address"]),
        longest_title=int(proof["longest_title"]),
        official_notice=dict(proof["official_notice"]),
        phrases=tuple(str(phrase) for phrase in proof["phrases"]),
    )


def read_asks(given: Mapping[str, Any]) -> Asks:
    """Return what stands before the signing of a kind of list."""
    return Asks(bool(given["opinions"]), int(given["notice_days"]))


def lines(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of a scoring sheet: each gives points."""
    if not given or any(int(line["max"]) < 1 for line in given):
        raise ValueError("a scoring sheet needs lines, and a line at least one point")
    return [{**line, "kind": str(SheetKind.POINTS)} for line in given]


def curation() -> Curation:
    """Return how the lists are curated."""
    assert _curation is not None
    return _curation
