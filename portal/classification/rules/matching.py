"""Whom a row of a list means: by code, by name and former names, by nearly the same name. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from portal.chinese import Name, differ_by_one
from portal.enterprises.rules.likeness import LARGEST_BLOCK, SHORTEST_COMPARED


class How(StrEnum):
    """How a row was matched, or why it is only likely, or why not at all."""

    CODE = "code"
    NAME = "name"
    FORMER_NAME = "former_name"
    CODE_OTHER_NAME = "code_other_name"
    NAME_OTHER_CODE = "name_other_code"
    NAME_BAD_CODE = "name_bad_code"
    SAME_CORE = "same_core"
    ONE_CHARACTER = "one_character"
    SEVERAL = "several"
    NOBODY = "nobody"


EXACT = frozenset({How.CODE, How.NAME, How.FORMER_NAME})
NO_MATCH = frozenset({How.SEVERAL, How.NOBODY})


@dataclass(frozen=True)
class Firm:
    """A record of the registry as it is compared."""

    id: int
    uscc: str
    name: Name
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """Whom a row means, None for nobody, and how that was found."""

    how: How
    firm: Firm | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it can be recorded without an officer's decision on the row."""
        return self.how in EXACT


@dataclass
class Registry:
    """Firms by everything they are looked up by."""

    by_code: dict[str, Firm] = field(default_factory=dict)
    by_name: dict[str, list[Firm]] = field(default_factory=lambda: defaultdict(list))
    by_former: dict[str, list[Firm]] = field(default_factory=lambda: defaultdict(list))
    by_core: dict[str, list[Firm]] = field(default_factory=lambda: defaultdict(list))
    by_half: dict[tuple[str, str], list[Firm]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, firms: Iterable[Firm]) -> Registry:
        """Return the firms, indexed."""
        made = cls()
        for firm in firms:
            made.by_code[firm.uscc] = firm
            made.by_name[firm.name.full].append(firm)
            made.by_core[firm.name.core].append(firm)
            for former in firm.former:
                made.by_former[former].append(firm)
            for half in halves(firm.name.core):
                made.by_half[half].append(firm)
        return made

    def match(self, name: Name, code: str, *, bad_code: bool = False) -> Match:
        """Return whom a row means. `code` is a valid one or empty; `bad_code`: it was not valid."""
        held = self.by_code.get(code) if code else None
        if held is not None:
            same = name.full in (held.name.full, *held.former)
            return Match(How.CODE if same else How.CODE_OTHER_NAME, held)
        match = self.by_names(name)
        if match.is_exact and code:
            return Match(How.NAME_OTHER_CODE, match.firm)
        if match.is_exact and bad_code:
            return Match(How.NAME_BAD_CODE, match.firm)
        return match

    def by_names(self, name: Name) -> Match:
        """Return whom a name means: the present names first, then the former ones, then likely."""
        for how, found in (
            (How.NAME, self.by_name.get(name.full, [])),
            (How.FORMER_NAME, self.by_former.get(name.full, [])),
            (How.SAME_CORE, self.by_core.get(name.core, [])),
            (How.ONE_CHARACTER, self.nearly(name.core)),
        ):
            if len(found) > 1:
                return Match(How.SEVERAL)
            if found:
                return Match(how, found[0])
        return Match(How.NOBODY)

    def nearly(self, core: str) -> list[Firm]:
        """Return the firms whose core differs in one character."""
        found: dict[int, Firm] = {}
        for half in halves(core):
            block = self.by_half.get(half, [])
            if len(block) <= LARGEST_BLOCK:
                found |= {firm.id: firm for firm in block if differ_by_one(core, firm.name.core)}
        return list(found.values())


def halves(core: str) -> Iterator[tuple[str, str]]:
    """Yield the halves under which a core is found again when one character differs."""
    length = len(core)
    if length < SHORTEST_COMPARED:
        return
    middle = length // 2
    yield "first", core[:middle]
    yield "last", core[length - middle :]
    if length % 2:
        yield "first", core[: middle + 1]
        yield "last", core[length - middle - 1 :]
