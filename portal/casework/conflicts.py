"""Who may not decide on a case because it is their own: the domains say so."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.models import Person
from portal.casework.models import Case

Rule = Callable[[Person, Case], None]
_rules: list[Rule] = []


def conflict_rule(rule: Rule) -> Rule:
    """Register a domain's rule: (person, case), which raises NotAllowed for their own cases."""
    _rules.append(rule)
    return rule


def check_conflicts(actor: Person, case: Case) -> None:
    """Raise NotAllowed when some domain says that the case is the actor's own."""
    for rule in _rules:
        rule(actor, case)
