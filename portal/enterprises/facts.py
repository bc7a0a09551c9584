"""The facts of a record as plain values: what is frozen in a submission and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from portal import audit
from portal.enterprises.models import Enterprise
from portal.enterprises.terms.record import FIELDS, PRIVATE
from portal.taxonomy.models import Term

Facts = Mapping[str, Any]
Naming = Callable[[Term], object]
TERM_FIELDS = frozenset({"district", "zone", "industry", "key_industry", "node"})


def facts_of(enterprise: Enterprise) -> dict[str, Any]:
    """Return every field as JSON keeps it: terms as slugs, dates and money as text."""
    return {name: plain(getattr(enterprise, name)) for name in FIELDS}


def frozen_facts(enterprise: Enterprise) -> dict[str, Any]:
    """Return the facts with keyed digests in place of personal values."""
    return {name: guarded(enterprise, name, value) for name, value in facts_of(enterprise).items()}


def guarded(enterprise: Enterprise, name: str, value: Any) -> Any:
    """Return a value as the trail and the submissions may keep it."""
    if name in PRIVATE and value:
        return audit.digest(getattr(enterprise, f"{name}_key"), str(value))
    return value


def plain(value: Any) -> Any:
    """Return a slug for a term, a list of slugs for terms, text for dates and money."""
    if isinstance(value, Term):
        return value.slug
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str):
        return value
    return str(value)


def shown(value: Any, named: Naming) -> Any:
    """Return a value for reading: names for terms, Decimal and dates as they are."""
    if isinstance(value, Term):
        return named(value)
    if isinstance(value, list):
        return str(_(", ")).join(str(shown(item, named)) for item in value)
    return value if isinstance(value, date | Decimal) else value or ""


def slugs_in(facts: Facts) -> set[tuple[str, str]]:
    """Return the (scheme, slug) pairs a submission's facts refer to."""
    found = {(name, str(facts[name])) for name in TERM_FIELDS if facts.get(name)}
    return found | {("pillar", slug) for slug in facts.get("pillars") or []}


def readable(name: str, facts: Facts, names: Mapping[tuple[str, str], object]) -> object:
    """Return a frozen fact for reading, slugs replaced by names."""
    value = facts.get(name)
    if name in TERM_FIELDS:
        return names.get((name, str(value)), value or "")
    if name == "pillars":
        return str(_(", ")).join(str(names.get(("pillar", slug), slug)) for slug in value or [])
    if name in PRIVATE and value:
        return _("on record")
    if name == "registered_capital" and value is not None:
        return Decimal(value)
    return "" if value is None else value
