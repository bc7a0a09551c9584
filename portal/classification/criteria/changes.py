"""The smallest changes that would meet a criterion, each tried before it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.classification.criteria.ages import Elapsed
from portal.classification.criteria.evaluation import Outcome, combine, truth_of
from portal.classification.criteria.facts import Facts
from portal.classification.criteria.nodes import (
    UNSAID,
    Choice,
    Compare,
    Criterion,
    Flag,
    Group,
    Points,
    Score,
)
from portal.classification.criteria.points import evaluate
from portal.classification.criteria.solving import Change, Step, solve
from portal.classification.criteria.values import Truth
from portal.classification.criteria.vocabulary import Ref, Vocabulary
from portal.classification.criteria.ways import Way, ways


@dataclass(frozen=True)
class Remedies:
    """Finds changes under one version's score and the bounds of facts; keeps the ways it found."""

    score: Score | None
    vocabulary: Vocabulary
    found: dict[tuple[str, int], tuple[Facts, list[Way]]] = field(default_factory=dict)

    def smallest(self, outcome: Outcome, facts: Facts) -> list[Change]:
        """Return ways to meet an unmet criterion, the smallest first; none where there is none.

        Nothing is said of what is unknown: there the answer is to state what is missing.
        """
        return self.changes_for(outcome.criterion, facts) if outcome.truth is False else []

    def excludes(self, outcome: Outcome, facts: Facts) -> bool:
        """Say whether an unmet criterion leaves nothing to do: the firm is of a class the title is
        not for, which neither a change nor waiting alters."""
        if outcome.truth is not False:
            return False
        criterion = outcome.criterion
        if self.is_given(criterion):
            return not self.changes_for(criterion, facts)
        if isinstance(criterion, Group) and criterion.how != "not":
            one_is_enough = any if criterion.how == "all" else all
            return one_is_enough(self.excludes(part, facts) for part in outcome.parts)
        return False

    def is_given(self, criterion: Criterion) -> bool:
        """Say whether a criterion asks for a class, by its own word or by that of its fact."""
        if isinstance(criterion, Flag | Choice):
            return criterion.given or self.vocabulary.metrics[criterion.ref.metric].given
        return criterion.given

    def changes_for(self, criterion: Criterion, facts: Facts) -> list[Change]:
        """Return the changes that meet a criterion that does not hold."""
        if criterion.judgement or (self.is_given(criterion) and not is_age(criterion)):
            return []
        match criterion:
            case Compare():
                found = list(solve(criterion, facts, self.vocabulary))
            case Flag():
                step = Step(criterion.ref, facts.find(criterion.ref), criterion.wanted)
                found = [Change((step,))]
            case Choice():
                words = tuple(sorted(criterion.among))
                step = Step(criterion.ref, facts.find(criterion.ref), words[0], words)
                found = [Change((step,))]
            case Points():
                found = [way.change for way in self.ways(criterion, facts) if way.enough]
            case Group(how="all"):
                found = list(self._all(criterion, facts))
            case Group(how="any"):
                found = [one for part in criterion.parts for one in self.changes_for(part, facts)]
            case _:
                return []
        holding = [one for one in found if self.truth(criterion, one.applied(facts))]
        return sorted(holding, key=lambda one: len(one.steps))

    def ways(self, criterion: Points, facts: Facts) -> list[Way]:
        """Return ways to the mark of a score."""
        if self.score is None:
            return []
        key = (criterion.id, id(facts))  # the facts are kept beside it, so their id stays theirs
        if key not in self.found:
            self.found[key] = (facts, ways(criterion, self.score, facts, self.changes_for))
        return self.found[key][1]

    def truth(self, criterion: Criterion, facts: Facts) -> Truth:
        """Return whether a criterion holds, scores included."""
        if isinstance(criterion, Points) and self.score is not None:
            scored = evaluate(self.score, facts, truth_of)
            return criterion.bounds.judge(scored.points(criterion.of))
        if isinstance(criterion, Group):
            return combine(criterion.how, [self.truth(part, facts) for part in criterion.parts])
        return truth_of(criterion, facts)

    def _all(self, group: Group, facts: Facts) -> Iterator[Change]:
        """Meet one part after the other, each on top of the changes before it."""
        supposed, assumes = facts, UNSAID
        touched: dict[Ref, Step] = {}
        kept: dict[Ref, None] = {}
        for part in group.parts:
            if self.truth(part, supposed):
                continue
            found = self.changes_for(part, supposed)
            if not found:
                return
            supposed = found[0].applied(supposed)
            kept |= dict.fromkeys(found[0].kept)
            assumes = assumes if assumes.zh else found[0].assumes
            for step in found[0].steps:
                before = facts.find(step.ref)
                touched[step.ref] = Step(step.ref, before, step.after, step.choices)
        if touched:
            rest = tuple(ref for ref in kept if ref not in touched)
            yield Change(tuple(touched.values()), assumes, rest)


def is_age(criterion: Criterion) -> bool:
    """Say whether a criterion asks for time to have passed: waiting may meet it."""
    return isinstance(criterion, Compare) and isinstance(criterion.figure.formula, Elapsed)
