"""Matching the names in a row with the vocabularies; what is not known is never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Protocol

from portal.enterprises.importing.vocabulary import (
    TitleWord,
    Vocabulary,
    Word,
    Words,
    several,
)
from portal.enterprises.rules import record as rules
from portal.errors import Refused
from portal.sheets.terms import Level
from portal.sheets.values import Say
from portal.wording import gettext as _

Asked = tuple[str, Say]  # the text of a cell, and the function that speaks at it
INDUSTRY_CODE = re.compile(r"[A-T]?(\d{2})(\d{0,2})")
LEVELS = (("国家级", "national"), ("省级", "provincial"), ("市级", "city"))


class ChainFacts(Protocol):
    """What a place in a chain is read into."""

    key_industry_id: int | None
    node_id: int | None


class NameReader:
    """Reads the columns whose values stand in a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def district(self, asked: Asked) -> Word | None:
        """Return the district; a row without one is refused."""
        text, say = asked
        found = self.vocabulary.districts.find(text)
        if len(found) == 1:
            return found[0]
        if text:
            say(Level.REFUSED, unknown_words(self.vocabulary.districts, text))
        else:
            say(
                Level.REFUSED,
                _("The district is missing: enter it in this row, merged cells count for one only"),
            )
        return None

    def zone(self, asked: Asked, district: Word) -> int | None:
        """Return the zone, asking where it lies in other districts."""
        found = self.one(self.vocabulary.zones, asked)
        if found is not None and found.districts and district.slug not in found.districts:
            asked[1](
                Level.WARNED,
                _(
                    "%(zone)s does not lie in %(district)s as far as the portal knows: check it",
                    zone=found.name,
                    district=district.name,
                ),
            )
        return found.id if found else None

    def one(self, words: Words, asked: Asked) -> Word | None:
        """Return the term a cell names, asking where there is none or more than one."""
        text, say = asked
        if not text:
            return None
        found = words.find(text)
        if len(found) == 1:
            return found[0]
        say(Level.WARNED, _("%(why)s; left empty", why=unknown_words(words, text)))
        return None

    def read_chain(self, facts: ChainFacts, industry: Asked, node: Asked) -> None:
        """Read key industry and place in the chain, which must belong together."""
        found = self.one(self.vocabulary.key_industries, industry)
        facts.key_industry_id = found.id if found else None
        text, say = node
        places = [
            place
            for place in self.vocabulary.nodes.find(text)
            if found is None
            or found.id in place.above
            or len(self.vocabulary.nodes.find(text)) == 1
        ]
        if len(places) != 1:
            if text:
                self.one(self.vocabulary.nodes, node)
            return
        place = places[0]
        if found is None and not industry[0]:
            facts.key_industry_id = place.above[-1] or None
            say(Level.FIXED, _("The key industry follows from this place in the chain"))
        try:
            rules.check_chain(facts.key_industry_id, place.above[-1])
        except Refused as refusal:
            say(Level.WARNED, _("%(why)s; left empty", why=refusal.message))
            return
        facts.node_id = place.id

    def pillars(self, asked: Asked) -> list[int]:
        """Return the four 新 a cell names; a field stands for the one it belongs to."""
        text, say = asked
        ids: dict[int, None] = {}
        for part in several(text):
            found = self.one(self.vocabulary.pillars, (part, say))
            if found is None:
                continue
            if found.name != part and found.id not in ids:
                say(
                    Level.FIXED,
                    _("“%(text)s” is read as %(value)s", text=part[:40], value=found.name),
                )
            ids[found.id] = None
        return list(ids)

    def industry(self, asked: Asked) -> int | None:
        """Return the division; classes and groups are counted to theirs, and that is said."""
        text, say = asked
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
        code = INDUSTRY_CODE.fullmatch(plain)
        if code is None:
            found = self.one(self.vocabulary.industries, asked)
            return found.id if found else None
        words = self.vocabulary.industries.find(code.group(1))
        if len(words) != 1:
            say(Level.WARNED, _("There is no industry division %(code)s; left empty", code=text))
            return None
        if plain != code.group(1):
            say(
                Level.FIXED,
                _("“%(text)s” is counted to division %(code)s", text=text, code=code.group(1)),
            )
        return words[0].id

    def titles(self, asked: Asked) -> list[dict[str, str]]:
        """Return the titles a cell claims, each by kind and level, as they were written."""
        text, say = asked
        claims: list[dict[str, str]] = []
        for part in several(text):
            claim = self.title(part, say)
            if claim and claim not in claims:
                claims.append(claim)
        return claims

    def title(self, text: str, say: Say) -> dict[str, str] | None:
        """Return one claimed title, None where it is not known or the city's own to grant."""
        words = self.vocabulary.titles
        found = words.find(text)
        level = ""
        if not found:
            bare, level = without_level(text)
            found = words.find(bare)
        if len(found) != 1:
            say(Level.WARNED, _("%(why)s; not taken over", why=unknown_words(words, text)))
            return None
        kind = self.vocabulary.title_kinds[found[0].id]
        if kind.granted_here:
            say(
                Level.WARNED,
                _(
                    "%(title)s is granted by the city on application; not taken over",
                    title=kind.name,
                ),
            )
            return None
        level = level_of(kind, level)
        if not level:
            say(Level.FIXED, _("%(title)s: the level is left open", title=kind.name))
        return {"kind": kind.slug, "level": level, "words": text[:120]}


def without_level(text: str) -> tuple[str, str]:
    """Return a title without the level in front, and the level."""
    for prefix, level in LEVELS:
        if text.startswith(prefix):
            return text.removeprefix(prefix), level
    return text, ""


def level_of(kind: TitleWord, level: str) -> str:
    """Return the level of a claim: the one named if the kind has it, else the only one."""
    if level in kind.levels:
        return level
    return kind.levels[0] if len(kind.levels) == 1 else ""


def unknown_words(words: Words, text: str) -> str:
    """Return that a name is not known, with the names it may have meant."""
    several_of = words.find(text)
    if len(several_of) > 1:
        return _("“%(text)s” stands for more than one: write the full name", text=text[:40])
    near: Sequence[Any] = words.near(text)
    if near:
        return _(
            "“%(text)s” is not known; did you mean %(names)s?",
            text=text[:40],
            names="、".join(near),
        )
    return _("“%(text)s” is not known: write the name as the portal has it", text=text[:40])
