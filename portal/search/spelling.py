"""Pinyin as people type it: in full, by initials, or one after the other in one word."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portal.search.analysis import runs, syllables

# Longest first: a syllable ends before a consonant, so that “chuneng” is chu-neng.
_FINALS = (
    "iang|iong|uang|iao|ian|ing|uai|uan|ang|eng|ong|"
    "ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|ve|a|o|e|i|u|v"
)
_ALONE = "ang|eng|ai|ei|ao|ou|an|en|er|a|o|e"
_UNIT = re.compile(
    f"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:{_FINALS})|(?:{_ALONE}))(?![aeiouv])|[a-z]"
)

TELLING = 4  # letters spelled in full


class Mixed(NamedTuple):
    """The initials of all syllables of a word, and what of it is spelled in full, in pieces."""

    initials: str
    full: tuple[str, ...]


class Sound(NamedTuple):
    """A character of a text, or a Latin word of it: its syllable, and where it begins and ends."""

    syllable: str
    begin: int
    end: int


def mixed(word: str) -> Mixed | None:
    """A Latin word of which some syllables are spelled in full and some by their initials only;
    None for any other, and where too little is spelled in full to tell it from another language."""
    units = _UNIT.findall(word)
    if all(len(unit) > 1 for unit in units):
        return None
    pieces = "".join(unit if len(unit) > 1 else " " for unit in units).split()
    if not any(len(piece) >= TELLING for piece in pieces):
        return None
    return Mixed("".join(unit[0] for unit in units), tuple(pieces))


def places_spelled(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where characters of a normalised text stand that one of the words spells, in order, none
    overlapping."""
    sounds = list(_sounds(text))
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(sounds):
        last = max((_last(sounds, place, word) for word in words), default=-1)
        if last >= place:
            found.append((sounds[place].begin, sounds[last].end))
        place = max(last, place) + 1
    return found


def _sounds(text: str) -> Iterator[Sound]:
    begin = 0
    for run, is_han in runs(text):
        begin = text.index(run, begin)
        spelled = [syllable for syllable, _ in syllables(run)] if is_han else [run]
        size = 1 if len(spelled) == len(run) else len(run)  # a character without pinyin: as a whole
        for place, syllable in enumerate(spelled[: len(run) // size]):
            yield Sound(syllable, begin + place * size, begin + (place + 1) * size)
        begin += len(run)


def _last(sounds: list[Sound], place: int, letters: str) -> int:
    """The last of the syllables from a place on that letters spell, in full or by initials; -1
    where they spell something else."""
    if place == len(sounds):
        return -1
    syllable = sounds[place].syllable
    if syllable.startswith(letters):
        return place
    for taken in dict.fromkeys((syllable, syllable[:1])):
        if letters.startswith(taken):
            last = _last(sounds, place + 1, letters[len(taken) :])
            if last >= 0:
                return last
    return -1
