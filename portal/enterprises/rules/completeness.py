"""How complete a record is: a plain score, and what raises it most.

Each section has a weight, which the city sets; its share is how many of its items are there. The
score is the sum of weight × share, rounded down, so that 100 means that nothing is missing. A
to-do's gain is what the score would rise if the rest of its section were filled in. Nothing is
required by it: the score is shown to the record's members alone and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Section(StrEnum):
    """A part of a record that is looked at by itself."""

    FACTS = "facts"
    FIGURES = "figures"
    OLDER = "older"
    STATEMENTS = "statements"
    EVIDENCE = "evidence"
    PRESENCE = "presence"
    CONTACTS = "contacts"


SECTION_NAMES = {
    Section.FACTS: _l("Registered facts"),
    Section.FIGURES: _l("Figures of the last year"),
    Section.OLDER: _l("Figures of the years before"),
    Section.STATEMENTS: _l("Statements without a year"),
    Section.EVIDENCE: _l("Evidence"),
    Section.PRESENCE: _l("Places, products and needs"),
    Section.CONTACTS: _l("Contacts"),
}


@dataclass(frozen=True)
class Part:
    """A section with how many of its items are there, and the points it is worth."""

    section: Section
    done: int
    of: int
    weight: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.of

    @property
    def gain(self) -> int:
        """How many points of the score are still to be had here, rounded up."""
        missing = self.weight * (self.of - min(self.done, self.of))
        return -(-missing // self.of) if self.of else 0


@dataclass(frozen=True)
class Completeness:
    """The sections of a record in their order."""

    parts: tuple[Part, ...]

    @property
    def score(self) -> int:
        """The record's score from 0 to 100; a section that asks nothing counts as complete."""
        hundredths = sum(
            part.weight * 100 * min(part.done, part.of) // part.of if part.of else part.weight * 100
            for part in self.parts
        )
        return hundredths // 100

    @property
    def todos(self) -> list[Part]:
        """The sections that are not complete, the largest gain first."""
        missing = [part for part in self.parts if not part.is_complete]
        return sorted(missing, key=lambda part: -part.gain)


def completeness(
    counted: Mapping[Section, tuple[int, int]], weights: Mapping[str, int]
) -> Completeness:
    """Return how complete a record is from (there, asked for) and the weight per section."""
    return Completeness(
        tuple(Part(section, *counted[section], weights[section]) for section in Section)
    )


def counted(items: Iterable[bool]) -> tuple[int, int]:
    """Return how many of some yes-or-no items are there, and of how many."""
    seen = list(items)
    return sum(seen), len(seen)
