"""Which facts titles on record answer, read once from `fixtures/record_facts.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from portal.classification.rules.titles import levels_at_least
from portal.classification.terms.titles import LEVELS_DOWN, Level


class FactSourceError(Exception):
    """The file names an unknown level or leaves something out; says which."""


@dataclass(frozen=True)
class TitleFact:
    """A fact that follows from titles of these kinds at these levels.

    `choices` gives the choice a level answers, in order of levels; without it the fact is a yes or
    no. `stated` facts may also be stated as a figure where no title stands on record.
    """

    fact: str
    kinds: frozenset[str]
    levels: frozenset[str]
    choices: Mapping[str, str] = field(default_factory=dict)
    stated: bool = False

    def answers(self, kind: str, level: str) -> bool:
        """Say whether a title of this kind and level answers the fact."""
        return kind in self.kinds and level in self.levels


_title_facts: tuple[TitleFact, ...] = ()


def load_fact_sources(fixtures: Path) -> None:
    """Read which facts titles answer; raises FactSourceError saying what is wrong."""
    global _title_facts
    path = fixtures / "record_facts.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        _title_facts = tuple(title_fact(item) for item in content["titles"])
    except (KeyError, ValueError, TypeError) as error:
        raise FactSourceError(f"{path.name}: titles: {error}") from error


def title_fact(item: Mapping[str, Any]) -> TitleFact:
    """Return one fact as the file states it; raises KeyError or ValueError."""
    choices = {str(Level(level)): slug for level, slug in item.get("choices", {}).items()}
    levels: Collection[str] = choices or LEVELS_DOWN
    if "at_least" in item:
        levels = levels_at_least(Level(item["at_least"]))
    return TitleFact(
        fact=item["fact"],
        kinds=frozenset(item["kinds"]),
        levels=frozenset(levels),
        choices={level: choices[level] for level in LEVELS_DOWN if level in choices},
        stated=bool(item.get("stated", False)),
    )


def title_facts() -> tuple[TitleFact, ...]:
    """Return the facts that titles answer."""
    return _title_facts
