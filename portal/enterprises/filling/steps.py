"""Filling a step's form from a record and reading its values back, terms as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _

from portal.enterprises.facts import TERM_FIELDS, facts_of
from portal.enterprises.forms.registration import STEP_FORMS, StepForm
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import STEP_FIELDS, Step
from portal.taxonomy.models import Term
from portal.taxonomy.queries import find_term, terms
from portal.taxonomy.terms import Scheme

Naming = Callable[[Term], object]


def step_form(step: Step, enterprise: Enterprise, named: Naming) -> StepForm:
    """Return the form of a step showing what the record holds; `named` writes a term's name."""
    facts = facts_of(enterprise)
    values = {
        name: facts[name] if name in TERM_FIELDS or name == "pillars" else getattr(enterprise, name)
        for name in STEP_FIELDS[step]
    }
    form = STEP_FORMS[step](data=values | {"version": enterprise.version})
    for name in STEP_FIELDS[step]:
        if name in TERM_FIELDS:
            form[name].offer([("", _("Choose")), *choices(name, named)])
        elif name == "pillars":
            form[name].offer(choices("pillar", named))
    return form


def choices(scheme: str, named: Naming) -> list[tuple[str, object]]:
    """Return (slug, label) of a scheme's terms in force; codes and chains stand before names."""
    return [(term.slug, label(term, named)) for term in with_parents(Scheme(scheme))]


def with_parents(scheme: Scheme) -> Sequence[Term]:
    """Return the terms of a scheme with the parents loaded beside them."""
    if scheme == Scheme.NODE:
        terms(Scheme.CHAIN)  # one select: each node's chain is then at hand
    return terms(scheme)


def label(term: Term, named: Naming) -> str:
    """Return what a select shows for a term."""
    if term.scheme == Scheme.INDUSTRY:
        return f"{term.code} · {named(term)}"
    if term.scheme == Scheme.NODE and term.parent is not None:
        return f"{named(term.parent)} · {named(term)}"
    return str(named(term))


def values_of(step: Step, form: StepForm) -> dict[str, Any]:
    """Return what was entered, slugs turned into terms."""
    values: dict[str, Any] = {}
    for name in STEP_FIELDS[step]:
        data = form[name].data
        if name in TERM_FIELDS:
            values[name] = find_term(Scheme(name), data)
        elif name == "pillars":
            chosen = set(data or [])
            values[name] = [term for term in terms(Scheme.PILLAR) if term.slug in chosen]
        else:
            values[name] = data
    return values
