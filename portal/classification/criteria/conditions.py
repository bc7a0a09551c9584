"""Reading criteria and figures: the part of the language that says what must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from flask_babel import gettext as _

from portal.classification.criteria import reading
from portal.classification.criteria.figures import FORMULAS, read_formula, read_moves
from portal.classification.criteria.formulas import Stated
from portal.classification.criteria.nodes import (
    Choice,
    Compare,
    Confidence,
    Criterion,
    Figure,
    Flag,
    Group,
    Points,
    Said,
)
from portal.classification.criteria.reading import AlreadySaid, Mapping, RuleFileError
from portal.classification.criteria.values import Bounds
from portal.classification.criteria.vocabulary import NUMERIC, Ref, Type, Vocabulary, read_ref

COMMON = (
    "id",
    "zh",
    "en",
    "clause",
    "confidence",
    "judgement",
    "given",
    "direct",
    "note_zh",
    "note_en",
)
BOUNDS = ("ge", "gt", "le", "lt")
KINDS = ("all", "any", "not", "value", "flag", "choice", "score")
DEEPEST = 8
T = TypeVar("T")


def said(node: Mapping, prefix: str = "") -> Said:
    """Return a text in both languages, empty where it is left out."""
    return Said(node.text_or(f"{prefix}zh"), node.text_or(f"{prefix}en"))


def read_bounds(node: Mapping) -> Bounds:
    """Return the comparison that stands in a node; refuses none, contradictory and empty ones."""
    found = {key: Fraction(node.number(key)) for key in BOUNDS if key in node}
    if not found:
        node.place.refuse(_("Say a bound: ge, gt, le or lt"))
    for pair in (("ge", "gt"), ("le", "lt")):
        if all(key in found for key in pair):
            node.place_of(pair[1]).refuse(
                _("Say the bound once, with or without the number itself")
            )
    bounds = Bounds(**found)
    low, high = bounds.lower, bounds.upper
    if low is not None and high is not None:
        open_ended = bounds.gt is not None or bounds.lt is not None
        if low > high or (low == high and open_ended):
            node.place.refuse(_("Nothing can be within these bounds"))
    return bounds


@dataclass
class Reader:
    """Reads the criteria of one version; knows its figures, the facts and the ids given so far.

    A fault is kept and reading goes on behind it, so that all are named at once; `broken` are
    figures that could not be read, `dropped` counts what was left out for its faults.
    """

    version: str
    vocabulary: Vocabulary
    figures: dict[str, Figure] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    faults: list[RuleFileError] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    dropped: int = 0

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Keep a fault found inside, and go on behind it."""
        try:
            yield
        except AlreadySaid:
            self.dropped += 1
        except RuleFileError as fault:
            self.dropped += 1
            self.faults.append(fault)

    def each(self, nodes: Iterable[reading.Marked], read: Callable[[Mapping], T]) -> tuple[T, ...]:
        """Return what the mappings of a list say, without those that have a fault."""
        found = []
        for node in nodes:
            with self.gathering():
                found.append(read(reading.mapping(node)))
        return tuple(found)

    def raise_found(self) -> None:
        """Raise the first fault of the file, which knows the others, if there is any."""
        if self.faults:
            first, *others = sorted(self.faults, key=lambda fault: fault.line)
            first.others = tuple(others)
            raise first

    def read_figures(self, document: Mapping) -> None:
        """Read the named figures of a version, each of facts alone."""
        if "figures" not in document:
            return
        for name, node in reading.mapping(document.get("figures")).items.items():
            self.broken.add(name)
            with self.gathering():
                self.read_figure(name, reading.mapping(node))
                self.broken.discard(name)

    def read_figure(self, name: str, item: Mapping) -> None:
        item.only("zh", "en", "unit", "moves", *FORMULAS)
        if self.vocabulary.get(name):
            item.place.refuse(_("“%(name)s” is the name of a fact already", name=name))
        formula = read_formula(item, self.vocabulary)
        moves = read_moves(item, self.vocabulary)
        self.figures[name] = Figure(name, formula, item.text("unit"), said(item), moves)

    def figure(self, node: reading.Marked) -> Figure:
        """Return a named figure, or a fact as one."""
        text = reading.scalar(node)
        written = text.as_text()
        if written in self.figures:
            return self.figures[written]
        if written in self.broken:
            raise AlreadySaid(text.place.file, text.place.line, written)
        ref = read_ref(written, text.place, self.vocabulary)
        metric = self.vocabulary.metrics[ref.metric]
        if metric.type not in NUMERIC:
            text.place.refuse(_("“%(name)s” is not a number: it cannot be compared", name=ref))
        return Figure(written, Stated(ref), metric.unit, Said(metric.zh, metric.en))

    def ref(self, node: reading.Marked, kind: Type) -> Ref:
        """Return a fact that must be of a type."""
        text = reading.scalar(node)
        ref = read_ref(text.as_text(), text.place, self.vocabulary)
        found = self.vocabulary.metrics[ref.metric].type
        if found != kind:
            text.place.refuse(
                _(
                    "“%(name)s” is of type %(found)s, not %(wanted)s",
                    name=ref.metric,
                    found=found,
                    wanted=kind,
                )
            )
        return ref

    def criterion(self, node: Mapping, default_id: str, depth: int = 0) -> Criterion:
        """Return a criterion with all its parts; raises RuleFileError."""
        if depth > DEEPEST:
            node.place.refuse(_("Criteria are nested deeper than a rule needs"))
        kind = node.one_of(*KINDS)
        common = self.common(node, default_id)
        if kind in ("all", "any", "not"):
            return self.group(node, kind, common, depth)
        read: Callable[[Mapping, dict[str, Any]], Criterion] = {
            "value": self.compare,
            "flag": self.flag,
            "choice": self.choice,
            "score": self.points,
        }[kind]
        return read(node, common)

    def common(self, node: Mapping, default_id: str) -> dict[str, Any]:
        """Return what every criterion may carry; refuses an id that stands twice."""
        name = node.text_or("id", default_id)
        if name in self.ids:
            node.place_of("id").refuse(_("The id “%(id)s” stands here twice", id=name))
        self.ids.add(name)
        return {
            "id": name,
            "place": node.place,
            "said": said(node),
            "clause": node.text_or("clause"),
            "confidence": read_confidence(node),
            "judgement": node.flag("judgement"),
            "given": node.flag("given"),
            "direct": node.flag("direct"),
            "note": said(node, "note_"),
        }

    def group(self, node: Mapping, kind: str, common: dict[str, Any], depth: int) -> Group:
        node.only(*COMMON, kind)
        if kind == "not":
            listed: tuple[reading.Marked, ...] = (node.get(kind),)
        else:
            listed = reading.sequence(node.get(kind)).items
        numbers = iter(range(1, len(listed) + 1))
        parts = self.each(
            listed, lambda part: self.criterion(part, f"{common['id']}.{next(numbers)}", depth + 1)
        )
        return Group(**common, how=kind, parts=parts)

    def compare(self, node: Mapping, common: dict[str, Any]) -> Compare:
        node.only(*COMMON, "value", *BOUNDS)
        return Compare(**common, figure=self.figure(node.get("value")), bounds=read_bounds(node))

    def flag(self, node: Mapping, common: dict[str, Any]) -> Flag:
        node.only(*COMMON, "flag", "is")
        wanted = reading.scalar(node.get("is")).as_bool()
        return Flag(**common, ref=self.ref(node.get("flag"), Type.BOOL), wanted=wanted)

    def choice(self, node: Mapping, common: dict[str, Any]) -> Choice:
        node.only(*COMMON, "choice", "in")
        ref = self.ref(node.get("choice"), Type.ENUM)
        return Choice(**common, ref=ref, among=self.among(node.get("in"), ref))

    def among(self, node: reading.Marked, ref: Ref) -> frozenset[str]:
        """Return listed choices, each known and none twice."""
        known = self.vocabulary.metrics[ref.metric].choices
        found: set[str] = set()
        for item in reading.sequence(node):
            word = reading.scalar(item).as_text()
            if word not in known or word in found:
                item.place.refuse(
                    _(
                        "“%(word)s” is not one of %(known)s, or stands here twice",
                        word=word,
                        known=", ".join(known),
                    )
                )
            found.add(word)
        return frozenset(found)

    def points(self, node: Mapping, common: dict[str, Any]) -> Points:
        node.only(*COMMON, "score", "ge", "gt")
        return Points(**common, of=node.text("score"), bounds=read_bounds(node))


def read_confidence(node: Mapping) -> Confidence | None:
    """Return how well something is backed, None where it is not said."""
    if "confidence" not in node:
        return None
    word = node.text("confidence")
    if word not in list(Confidence):
        node.place_of("confidence").refuse(
            _("“%(word)s” is not one of %(known)s", word=word, known=", ".join(Confidence))
        )
    return Confidence(word)
