"""What speaks for an enterprise and an opportunity belonging together; pure.

Nothing is a judgement of anybody: each sign is a fact on record, worth the points that the city's
data gives it, and named to the reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.matching.terms import ORDER, Sign

SHORTEST_WHOLE = 4  # characters of a product that is looked for as it is written


@dataclass(frozen=True)
class Weights:
    """What a sign is worth; from how many points on, and with which signs at least, something is
    suggested; how many words and suggestions count; the words that say nothing; the subtypes that
    offer what somebody needs, and those of them that ask for makers too."""

    points: Mapping[Sign, int]
    threshold: int
    telling: frozenset[Sign]
    most_words: int
    most: int
    everyday: frozenset[str] = frozenset()
    offering: frozenset[str] = frozenset()
    asking_too: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Node:
    """A place in an industry chain; `position` is "" where it stands beside the others."""

    id: int
    chain: int | None
    position: str = ""


@dataclass(frozen=True)
class Item:
    """One thing an enterprise makes or needs: its name normalised, the words of it, its place."""

    name: str
    words: frozenset[str]
    node: Node | None = None
    is_need: bool = False


@dataclass(frozen=True)
class Firm:
    """An enterprise as far as it matters here; terms by id, titles in force by family."""

    id: int
    items: tuple[Item, ...] = ()
    node: Node | None = None
    industry: int | None = None
    pillars: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()
    district: int | None = None
    zone: int | None = None


@dataclass(frozen=True)
class Opportunity:
    """An opportunity as far as it matters here: its text normalised, the words of it, what it
    names; `titles` are the families of the titles its text asks for. Most ask for what somebody
    makes, some offer what somebody needs: `asks` and `offers`."""

    id: int
    text: str = ""
    words: frozenset[str] = frozenset()
    asks: bool = True
    offers: bool = False
    node: Node | None = None
    industry: int | None = None
    pillar: int | None = None
    titles: frozenset[str] = frozenset()
    district: int | None = None
    zone: int | None = None


@dataclass(frozen=True)
class Reason:
    """One sign with what is shared: words, families of titles, or ids of terms. `is_need` tells
    what the enterprise needs from what it makes; `step` is -1 where its place lies upstream of
    the opportunity's, 1 downstream."""

    sign: Sign
    points: int
    words: tuple[str, ...] = ()
    terms: tuple[int, ...] = ()
    is_need: bool = False
    step: int = 0


@dataclass(frozen=True)
class Match:
    """What is suggested, and why: the strongest reason first."""

    id: int
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def points(self) -> int:
        """All its reasons together."""
        return sum(reason.points for reason in self.reasons)


def match(firm: Firm, wanted: Opportunity, weights: Weights) -> tuple[Reason, ...]:
    """Return why the two may belong together, () when too little speaks for it."""
    found = sorted(reasons(firm, wanted, weights), key=lambda one: (-one.points, one.sign))
    is_telling = any(reason.sign in weights.telling for reason in found)
    enough = sum(reason.points for reason in found) >= weights.threshold
    return tuple(found) if is_telling and enough else ()


def best(matches: Iterable[Match], weights: Weights) -> list[Match]:
    """Return the best of what was matched, the strongest first, as many as are shown."""
    found = [one for one in matches if one.reasons]
    return sorted(found, key=lambda one: (-one.points, one.id))[: weights.most]


def reasons(firm: Firm, wanted: Opportunity, weights: Weights) -> Iterator[Reason]:
    """Yield every sign the two share."""
    points = weights.points
    for is_compared, is_need in ((wanted.asks, False), (wanted.offers, True)):
        if is_compared:
            items = [item for item in firm.items if item.is_need == is_need]
            yield from shared_text(items, wanted, weights, is_need)
    if wanted.asks:
        yield from shared_place(firm, wanted.node, points)
    if titles := firm.titles & wanted.titles:
        yield Reason(Sign.TITLE, points[Sign.TITLE], words=tuple(sorted(titles)))
    if wanted.pillar in firm.pillars and wanted.pillar is not None:
        yield Reason(Sign.PILLAR, points[Sign.PILLAR], terms=(wanted.pillar,))
    for sign, own, other in (
        (Sign.INDUSTRY, firm.industry, wanted.industry),
        (Sign.ZONE, firm.zone, wanted.zone),
        (Sign.DISTRICT, firm.district, wanted.district),
    ):
        if own is not None and own == other:
            yield Reason(sign, points[sign], terms=(own,))


def shared_text(
    items: Sequence[Item], wanted: Opportunity, weights: Weights, is_need: bool
) -> Iterator[Reason]:
    """Yield what of these items stands in the opportunity: one as it is written, or its words."""
    for item in items:
        is_named = len(item.name) >= SHORTEST_WHOLE and item.name in wanted.text
        if is_named and telling(item.words, weights):
            points = weights.points[Sign.WHOLE]
            yield Reason(Sign.WHOLE, points, words=(item.name,), is_need=is_need)
            return
    shared = telling({word for item in items for word in item.words} & wanted.words, weights)
    if shared:
        points = weights.points[Sign.WORD] * min(len(shared), weights.most_words)
        yield Reason(Sign.WORD, points, words=tuple(shared), is_need=is_need)


def telling(words: Collection[str], weights: Weights) -> list[str]:
    """Return the words that say something, the longest first: single characters, figures and
    everyday words do not."""
    said = {
        word
        for word in words
        if len(word) > 1 and not word.isdigit() and word not in weights.everyday
    }
    return sorted(said, key=lambda word: (-len(word), word))


def shared_place(firm: Firm, node: Node | None, points: Mapping[Sign, int]) -> Iterator[Reason]:
    """Yield that the enterprise makes something at the place of the chain, or else at the one
    before or after."""
    if node is None:
        return
    made = {item.node for item in firm.items if not item.is_need and item.node}
    places = sorted(made | ({firm.node} if firm.node else set()), key=lambda one: one.id)
    if any(place.id == node.id for place in places):
        yield Reason(Sign.SAME_NODE, points[Sign.SAME_NODE], terms=(node.id,))
        return
    for place in places:
        if step := steps(node, place):
            yield Reason(Sign.NEXT_NODE, points[Sign.NEXT_NODE], terms=(place.id,), step=step)
            return


def steps(node: Node, other: Node) -> int:
    """Return -1 where the other place is the next upstream of one in its chain, 1 downstream, 0
    where it is neither."""
    if node.chain is None or node.chain != other.chain:
        return 0
    if node.position not in ORDER or other.position not in ORDER:
        return 0
    step = ORDER.index(other.position) - ORDER.index(node.position)
    return step if abs(step) == 1 else 0
