"""What somebody probably meant: the part of a found name that a text nearly is."""

from functools import lru_cache

from portal.search.analysis import runs, syllables
from portal.search.parsing import Query

SHORTEST = 2  # characters of a run that may be corrected
SOUNDS_ALIKE = 0.5  # what a homophone costs, against 1 for another character
MOST_WRONG = 0.34  # of the characters of a run


@lru_cache(maxsize=256)
def correction(query: Query, names: tuple[str, ...]) -> str:
    """Return the query with each run of Han characters replaced by what the nearest of the names
    holds in its place; "" when there is nothing to correct or nothing comes near enough.

    `names` are normalised, the likeliest first. Of the same query and names it is found once.
    """
    if not query.is_plain or query.reason:
        return ""
    held = [run for name in names for run, is_han in runs(name) if is_han]
    corrected = query.text
    for chunk in query.chunks:
        for run in chunk.han_runs:
            corrected = corrected.replace(run, _nearest(run, held), 1)
    return corrected if corrected != query.text else ""


def _nearest(run: str, held: list[str]) -> str:
    """The part of a name that is nearest to the run; the run itself where none is near."""
    if len(run) < SHORTEST or any(run in name for name in held):
        return run
    sounds = _sounds(run)
    best, cost = run, MOST_WRONG * len(run)
    for name in dict.fromkeys(held):
        spelled = _sounds(name)
        for size in (len(run), len(run) + 1, len(run) - 1):
            for start in range(len(name) - size + 1 if size >= SHORTEST else 0):
                part = name[start : start + size]
                found = _distance(run, sounds, part, spelled[start : start + size])
                if found < cost or (found == cost and best == run):
                    best, cost = part, found
    return best


def _sounds(run: str) -> list[str]:
    return [syllable for syllable, _ in syllables(run)]


def _distance(one: str, sounds: list[str], other: str, spelled: list[str]) -> float:
    """Characters to add, remove or replace, a homophone counting half."""
    row = [float(n) for n in range(len(other) + 1)]
    for i, character in enumerate(one):
        before, row[0] = row[0], i + 1.0
        for j, wanted in enumerate(other):
            same = character == wanted
            alike = len(sounds) > i and len(spelled) > j and sounds[i] == spelled[j]
            change = before + (0 if same else SOUNDS_ALIKE if alike else 1)
            before, row[j + 1] = row[j + 1], min(change, row[j] + 1, row[j + 1] + 1)
    return row[-1]
