"""The words of the vocabularies as a sheet may write them: matched exactly, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from portal.enterprises.queries.figures import metrics
from portal.enterprises.rules.figure_values import Shape
from portal.taxonomy.models import Term
from portal.taxonomy.queries import terms
from portal.taxonomy.terms import Scheme

IDLE = re.compile(r"[\s\"'“”‘’「」《》()（）·、,，.。\-—_]+")
MOST_NEAR = 3
NEAR = 0.5
SEVERAL = re.compile(r"[、,，;；/|\n]+")


@dataclass(frozen=True)
class Word:
    """A term by its id; `above` are the ids of what it belongs to, nearest first."""

    id: int
    slug: str
    name: str
    above: tuple[int, ...] = ()
    districts: tuple[str, ...] = ()


@dataclass
class Words:
    """One vocabulary by every name its terms go by."""

    by_name: dict[str, list[Word]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, word: Word, names: Iterable[object]) -> None:
        """Let a term be found by these names."""
        for name in names:
            plain = plain_word(str(name or ""))
            if plain and word not in self.by_name.setdefault(plain, []):
                self.by_name[plain].append(word)
        self.names[plain_word(word.name)] = word.name

    def find(self, text: str) -> Sequence[Word]:
        """Return the terms of exactly this name: none, one, or several of the same name."""
        return self.by_name.get(plain_word(text), ())

    def near(self, text: str) -> tuple[str, ...]:
        """Return up to three names a text may have meant, the likeliest first."""
        plain = plain_word(text)
        if plain not in self.kept:
            if len(self.kept) > 10_000:
                self.kept.clear()
            self.kept[plain] = self.look_near(plain)
        return self.kept[plain]

    def look_near(self, plain: str) -> tuple[str, ...]:
        """Return the names that hold the text or are held in it, then those spelled alike."""
        inside = [
            name for name in self.names if len(plain) > 1 and (name in plain or plain in name)
        ]
        alike = get_close_matches(plain[:60], list(self.names), n=MOST_NEAR, cutoff=NEAR)
        found = dict.fromkeys([*inside, *alike])
        return tuple(self.names[name] for name in list(found)[:MOST_NEAR])


@dataclass(frozen=True)
class TitleWord:
    """A kind of title as a sheet may claim it; `levels` are those it is granted at."""

    slug: str
    name: str
    names: tuple[str, ...]
    levels: tuple[str, ...]
    granted_here: bool


@dataclass(frozen=True)
class Vocabulary:
    """Everything names are matched with."""

    districts: Words
    zones: Words
    key_industries: Words
    nodes: Words
    pillars: Words
    industries: Words
    titles: Words
    title_kinds: Mapping[int, TitleWord]
    metrics: Mapping[str, Shape]


def plain_word(text: str) -> str:
    """Return a name as it is compared: half-width, no blanks, brackets and quotes."""
    return IDLE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def several(text: str) -> list[str]:
    """Return the parts of a cell that holds several names."""
    return [part.strip() for part in SEVERAL.split(text) if part.strip()]


def load_vocabulary(title_words: Sequence[TitleWord]) -> Vocabulary:
    """Return the vocabularies in force today; the words of titles come from their domain."""
    chains = {term.id: term.parent_id or 0 for term in terms(Scheme.CHAIN)}
    nodes = Words()
    for term in terms(Scheme.NODE):
        chain = term.parent_id or 0
        nodes.add(word_of(term, (chain, chains.get(chain, 0))), names_of(term))
    pillars = plain_words(Scheme.PILLAR)
    by_id = {word.id: word for found in pillars.by_name.values() for word in found}
    for term in terms(Scheme.FIELD):
        if term.parent_id in by_id:
            pillars.add(by_id[term.parent_id], names_of(term))
    titles = Words()
    for place, kind in enumerate(title_words):
        titles.add(Word(place, kind.slug, kind.name), (kind.slug, kind.name, *kind.names))
    return Vocabulary(
        districts=plain_words(Scheme.DISTRICT),
        zones=plain_words(Scheme.ZONE),
        key_industries=plain_words(Scheme.KEY_INDUSTRY),
        nodes=nodes,
        pillars=pillars,
        industries=plain_words(Scheme.INDUSTRY),
        titles=titles,
        title_kinds=dict(enumerate(title_words)),
        metrics=metrics(),
    )


def plain_words(scheme: Scheme) -> Words:
    """Return a vocabulary without chains."""
    words = Words()
    for term in terms(scheme):
        words.add(word_of(term, (term.parent_id,) if term.parent_id else ()), names_of(term))
    return words


def word_of(term: Term, above: tuple[int, ...]) -> Word:
    """Return a term as a word."""
    districts = tuple(term.details.get("districts", ()))
    return Word(term.id, term.slug, term.name_zh, above, districts)


def names_of(term: Term) -> list[object]:
    """Return every name of a term: its own, aliases, the names it had by year or before, and its
    name behind that of what it lies in."""
    details = term.details
    before = [*details.get("meanings", ()), *details.get("former_codes", ())]
    names = [term.name_zh, term.name_en, term.slug, term.code, *details.get("aliases", ())]
    names += [each.get("name_zh") for each in before]
    if term.scheme == Scheme.DISTRICT and term.parent is not None:
        names.append(f"{term.parent.name_zh}{term.name_zh}")
    return names
