"""Words that stand for each other in a query. A table of data: no rebuild when it changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from portal.search.analysis import normalise


@dataclass(frozen=True, eq=False)
class Synonyms:
    """Every form → all forms of its group, itself first; forms are normalised. One object is the
    words of one moment: it equals nothing but itself."""

    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> "Synonyms":
        """From groups of equivalent words; a word in two groups stands for both."""
        forms: dict[str, tuple[str, ...]] = {}
        for group in groups:
            members = [normalise(word) for word in group]
            for word in members:
                forms[word] = tuple(dict.fromkeys((word, *forms.get(word, ()), *members)))
        return cls(forms)

    @classmethod
    def load(cls, path: Path) -> "Synonyms":
        """From a YAML file with a list `groups` of lists of words."""
        return cls.of(yaml.safe_load(path.read_text(encoding="utf-8"))["groups"])

    def __post_init__(self) -> None:
        longest_first = sorted(self.forms, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        object.__setattr__(self, "_pattern", pattern)

    def split(self, run: str) -> list[str]:
        """A run of Han characters cut at the forms it holds, the longest first, nothing lost."""
        pattern: re.Pattern[str] = self.__dict__["_pattern"]
        pieces: list[str] = []
        end = 0
        for match in pattern.finditer(run):
            pieces += [run[end : match.start()], match.group()]
            end = match.end()
        return [piece for piece in [*pieces, run[end:]] if piece]

    def alternatives(self, word: str) -> tuple[str, ...]:
        """The other forms of a word, none when it stands for itself alone."""
        return self.forms.get(word, (word,))[1:]


NO_SYNONYMS = Synonyms()
