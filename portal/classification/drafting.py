"""Checking the text of a version an officer writes: every fault named by its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.classification import parsed_rules
from portal.classification.criteria.library import read_unnamed
from portal.classification.criteria.nodes import Version
from portal.classification.criteria.reading import RuleFileError
from portal.classification.rules import versions as rules
from portal.classification.rules.versions import Placed
from portal.errors import Refused

GOOD_ID = re.compile(r"[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?")
LONGEST_EXCERPT = 100
LONGEST = {"series": 60, "zh": 200, "en": 300}
LONGEST_IN_DOCUMENT = {"title": 300, "number": 120, "url": 300}


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, with what stands there."""

    line: int
    sentence: str
    excerpt: str = ""


class FaultyRules(Refused):
    """The text cannot be used; `faults` are named in the order of their lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        first = self.faults[0]
        sentence = _("Line %(line)d: %(fault)s", line=first.line, fault=first.sentence)
        if len(self.faults) > 1:
            more = len(self.faults) - 1
            sentence = _("%(first)s; and %(more)d more below", first=sentence, more=more)
        super().__init__(sentence, "text")


@dataclass(frozen=True)
class Known:
    """What a text is checked against: the titles that exist, ids that are taken, titles of series,
    and the dates of the versions put in force in each series."""

    titles: frozenset[str]
    taken: frozenset[str]
    series: dict[str, str | None]
    placed: dict[str, list[Placed]]


def read_draft(text: str, known: Known) -> Version:
    """Return the version a text describes; raises FaultyRules naming everything found."""
    try:
        version = read_unnamed(text, parsed_rules.vocabulary())
    except RuleFileError as problem:
        raise FaultyRules(
            Fault(fault.line, fault.sentence, excerpt(text, fault.line)) for fault in problem.every
        ) from problem
    found = [
        Fault(line_of(text, key), sentence, excerpt(text, line_of(text, key)))
        for key, sentence in (*faults_of_names(version, known), *faults_of_dates(version, known))
    ]
    if found:
        raise FaultyRules(found)
    return version


def faults_of_names(version: Version, known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with id, series, title and lengths, by the key it stands under."""
    if not GOOD_ID.fullmatch(version.id):
        yield "id", _("An id has small letters, digits, dots and hyphens, at most 40")
    elif version.id in known.taken:
        yield "id", _("“%(id)s” is taken: a new version needs an id of its own", id=version.id)
    if version.title is None and version.sizes is None:
        yield "title", _("Name the title these rules are for")
    elif version.title is not None and version.title not in known.titles:
        yield "title", _("There is no title “%(slug)s”", slug=version.title)
    elif known.series.get(version.series, version.title) != version.title:
        yield "series", _("The series “%(series)s” is of another title", series=version.series)
    yield from faults_of_lengths(version)


def faults_of_lengths(version: Version) -> Iterator[tuple[str, str]]:
    """Yield what is longer than it can be kept."""
    said = {"series": version.series, "zh": version.said.zh, "en": version.said.en}
    for key, most in LONGEST.items():
        if len(said[key]) > most:
            yield key, _("This has more than %(most)d characters: shorten it", most=most)
    for document in version.documents:
        for key, most in LONGEST_IN_DOCUMENT.items():
            if len(getattr(document, key)) > most:
                words = _("%(key)s has more than %(most)d characters", key=key, most=most)
                yield "documents", words


def faults_of_dates(version: Version, known: Known) -> Iterator[tuple[str, str]]:
    """Yield dates that overlap with another version of the series."""
    new = rules.placed(version)
    other = rules.find_in_the_way(new, known.placed.get(version.series, ()))
    if other is None:
        return
    if other.period.overlaps(new.period):
        yield (
            "effective",
            _(
                "The dates overlap with those of %(other)s, %(begin)s to %(end)s",
                other=other.slug,
                begin=other.period.begin.isoformat(),
                end=other.period.end.isoformat() if other.period.end else "…",
            ),
        )
    else:
        yield "recheck", _("The dates for re-checks overlap with those of %(o)s", o=other.slug)


def line_of(text: str, key: str) -> int:
    """Return the line a key of the file itself stands on, the first where it does not."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1


def excerpt(text: str, line: int) -> str:
    """Return what stands on a line, shortened."""
    lines = text.splitlines()
    found = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return found if len(found) <= LONGEST_EXCERPT else f"{found[: LONGEST_EXCERPT - 1]}…"


def beginning(text: str, new_id: str, begin: str) -> str:
    """Return a text as a new version begins: with its own id and first day, open at its end."""
    kept = []
    for line in text.splitlines():
        key = line.split(":")[0]
        if key == "recheck":
            continue
        fresh = {"id": new_id, "effective": begin, "expires": "null"}.get(key)
        kept.append(line if fresh is None else f"{key}: {fresh}")
    return "\n".join(kept) + "\n"
