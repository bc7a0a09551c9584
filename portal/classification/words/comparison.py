"""Two versions of the rules side by side: what is asked before and after, in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.classification.criteria.formulas import Stated
from portal.classification.criteria.nodes import (
    TOTAL,
    Choice,
    Compare,
    Criterion,
    Flag,
    Group,
    Points,
    Version,
)
from portal.classification.criteria.vocabulary import Vocabulary
from portal.classification.rules.strictness import change_between
from portal.classification.terms.versions import Change
from portal.classification.words.formulas import figure_name, formula_words
from portal.classification.words.rule_values import spoken
from portal.classification.words.rules import Words, figures_of


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is, what stood before, what stands after."""

    name: str
    before: str
    after: str
    change: Change
    note: str = ""


@dataclass(frozen=True)
class Leaf:
    """A single condition with how it stands among others: required, or one of several ways."""

    criterion: Criterion
    key: Hashable
    name: str
    wanted: str
    standing: str


Groups = list[tuple[str, list[Difference]]]


def compare(before: Version, after: Version, vocabulary: Vocabulary) -> Groups:
    """Return what differs, in groups; a group in which nothing differs is left out."""
    one, other = Words(before, vocabulary), Words(after, vocabulary)
    groups = [
        (_("Conditions"), list(conditions(one, other))),
        (_("Points"), list(points(one, other))),
        (_("Size classes"), list(named_rows(sizes_of(one), sizes_of(other)))),
        (_("How the figures are computed"), list(named_rows(figures(one), figures(other)))),
        (_("Wording"), list(wording(before, after))),
        (_("Source and dates"), list(named_rows(frame(before), frame(after)))),
    ]
    return [(title, rows) for title, rows in groups if rows]


def conditions(one: Words, other: Words) -> Iterator[Difference]:
    """Yield conditions that differ: those looking at the same thing are set side by side."""
    before, after = list(leaves(one)), list(leaves(other))
    for key in dict.fromkeys(leaf.key for leaf in (*after, *before)):
        left = [leaf for leaf in before if leaf.key == key]
        right = [leaf for leaf in after if leaf.key == key]
        for leaf in list(left):
            same = next((it for it in right if alike(leaf, it)), None)
            if same is not None:
                left.remove(leaf)
                right.remove(same)
        for place in range(max(len(left), len(right))):
            yield difference(
                left[place] if place < len(left) else None,
                right[place] if place < len(right) else None,
            )


def alike(one: Leaf, other: Leaf) -> bool:
    """Say whether two conditions ask for the same in the same way."""
    return (one.wanted, one.standing) == (other.wanted, other.standing)


def difference(before: Leaf | None, after: Leaf | None) -> Difference:
    """Return two conditions on one thing side by side; one of them may be missing."""
    if before is None or after is None:
        leaf = after or before
        assert leaf is not None
        change = Change.NEW if before is None else Change.DROPPED
        sides = ("", leaf.wanted) if before is None else (leaf.wanted, "")
        return Difference(leaf.name, *sides, change, leaf.standing)
    change, note = change_between(before.criterion, after.criterion), ""
    if before.standing != after.standing:
        change = Change.CHANGED
        note = _("%(before)s → %(after)s", before=before.standing, after=after.standing)
    return Difference(after.name, before.wanted, after.wanted, change, note)


def leaves(words: Words) -> Iterator[Leaf]:
    """Yield the single conditions of a version's rule, in its order."""
    if words.version.rule is not None:
        yield from leaves_of(words.version.rule, words, ())


def leaves_of(criterion: Criterion, words: Words, above: tuple[str, ...]) -> Iterator[Leaf]:
    """Yield the single conditions under a criterion."""
    if isinstance(criterion, Group):
        for part in criterion.parts:
            yield from leaves_of(part, words, (*above, criterion.how))
        return
    yield Leaf(
        criterion,
        looks_at(criterion, words),
        words.subject(criterion),
        words.wanted(criterion),
        standing(above),
    )


def looks_at(criterion: Criterion, words: Words) -> Hashable:
    """Return what a condition is about, whatever it is called."""
    match criterion:
        case Compare():
            return criterion.figure.formula
        case Flag() | Choice():
            return criterion.ref
        case Points():
            return TOTAL if criterion.of == TOTAL else words.score_name(criterion.of)
    return criterion.id


def standing(above: tuple[str, ...]) -> str:
    """Return how a condition stands among those around it."""
    if "not" in above:
        return _("must not hold")
    return _("one of several ways") if "any" in above else _("required")


def named_rows(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> Iterator[Difference]:
    """Yield what differs between (name, words) under the same key; names match where keys do
    not."""
    by_name = {name: key for key, (name, _words) in before.items()}
    seen = set()
    for key, (name, words) in after.items():
        match = key if key in before else by_name.get(name)
        if match is None:
            yield Difference(name, "", words, Change.NEW)
            continue
        seen.add(match)
        if before[match][1] != words:
            yield Difference(name, before[match][1], words, Change.CHANGED)
    for key, (name, words) in before.items():
        if key not in seen:
            yield Difference(name, words, "", Change.DROPPED)


def points(one: Words, other: Words) -> Iterator[Difference]:
    """Yield what differs in the tables of points; a whole table that comes or goes is one line."""
    before, after = (words.version.score for words in (one, other))
    if before is None or after is None:
        sides = [_("at most %(most)s points", most=it.most) if it else "" for it in (before, after)]
        if any(sides):
            change = Change.NEW if before is None else Change.DROPPED
            yield Difference(_("Table of points"), sides[0], sides[1], change)
        return
    yield from named_rows(points_of(one), points_of(other))


def points_of(words: Words) -> dict[str, tuple[str, str]]:
    """Return the lines of points and dimensions, by id."""
    found = {}
    for dimension in words.version.score.dimensions if words.version.score else ():
        name = spoken(dimension.said)
        found[dimension.id] = (name, _("at most %(most)s points", most=dimension.most))
        for indicator in dimension.indicators:
            line = words.indicator(indicator)
            gives = joined(_("%(what)s: %(points)s", what=w, points=p) for w, p in line.gives)
            most = _("at most %(most)s points", most=line.most)
            found[indicator.id] = (line.name, joined([gives, most]))
    return found


def sizes_of(words: Words) -> dict[str, tuple[str, str]]:
    """Return the rows of a size table, by id."""
    rows = words.version.sizes.rows if words.version.sizes else ()
    found = {}
    for row in rows:
        line = words.size(row)
        bounds = joined(f"{name}: {' / '.join(three)}" for name, *three in line.bounds)
        found[row.id] = (line.name, joined([line.codes, bounds]))
    return found


def figures(words: Words) -> dict[str, tuple[str, str]]:
    """Return named figures with how they are computed."""
    return {
        figure.name: (
            figure_name(figure, words.vocabulary),
            formula_words(figure.formula, words.vocabulary),
        )
        for figure in figures_of(words.version)
        if not isinstance(figure.formula, Stated)
    }


def wording(before: Version, after: Version) -> Iterator[Difference]:
    """Yield criteria of one id whose text or clause differs."""
    parts = {part.id: part for part in before.rule.parts} if before.rule else {}
    for part in after.rule.parts if after.rule else ():
        old = parts.get(part.id)
        if old is not None and (old.said, old.clause) != (part.said, part.clause):
            yield Difference(
                part.id,
                joined([spoken(old.said), old.clause]),
                joined([spoken(part.said), part.clause]),
                Change.CHANGED,
            )


def frame(version: Version) -> dict[str, tuple[str, str]]:
    """Return what a version says around its rules."""
    period, recheck = version.in_force, version.recheck
    documents = joined(f"{one.title} {one.number}".strip() for one in version.documents)
    last = period.end.isoformat() if period.end else _("open")
    again = _("%(begin)s to %(end)s", begin=recheck.begin, end=recheck.end) if recheck else ""
    return {
        "documents": (_("Documents"), documents),
        "from": (_("First day of applications"), period.begin.isoformat()),
        "until": (_("Last day of applications"), last),
        "recheck": (_("For re-checks"), again),
        "platform": (_("Applied for at"), spoken(version.applying.platform)),
        "window": (_("Window"), spoken(version.applying.window)),
        "note": (_("Note"), spoken(version.note)),
    }


def joined(parts: Iterable[str]) -> str:
    """Return words one after another."""
    return _("; ").join(part for part in parts if part)
