"""Filling an entry's form from its facts and reading it back, terms as rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from portal.lists.facts import BODY, facts_of, labels, own_fields
from portal.lists.forms.entry import EntryForm, entry_form
from portal.lists.models import Entry
from portal.lists.queries.entries import departments_named
from portal.lists.rules.entries import time_faults
from portal.lists.terms.fields import DETAIL_PREFIX, TERM_FIELDS, FieldType
from portal.taxonomy.queries import departments, find_term, names_of, terms
from portal.taxonomy.terms import Scheme

Naming = Callable[[Any], object]
BODY_FIELDS = ("leads", "cooperating")


def filled_form(entry: Entry, named: Naming) -> EntryForm:
    """Return the form of an entry showing what it holds; `named` writes a name."""
    own = own_fields(entry)
    facts = facts_of(entry)
    values: dict[str, Any] = {
        name: facts[name] if name in TERM_FIELDS else getattr(entry, name) for name in own
    }
    for field in entry.subtype.fields:
        key = field["key"]
        values[DETAIL_PREFIX + key] = as_typed(field["type"], entry.details.get(key))
    made = entry_form(list(labels(entry)), entry.subtype.fields)
    form = made(data=values | {"version": entry.version})
    for name in TERM_FIELDS:
        form[name].offer(
            [("", _("Choose")), *((t.slug, str(named(t))) for t in terms(Scheme(name)))]
        )
    bodies = [(body.slug, str(named(body))) for body in departments()] if "leads" in own else []
    for name in BODY_FIELDS:
        if name in own:
            form[name].offer(bodies)
    return form


def as_typed(kind: str, value: Any) -> Any:
    """Return a detail as its form field holds it."""
    if value in (None, ""):
        return None
    match kind:
        case FieldType.LIST:
            return "\n".join(value)
        case FieldType.MONEY:
            return Decimal(value)
        case FieldType.DATE:
            return date.fromisoformat(value)
    return value


def values_of(form: EntryForm, entry: Entry) -> dict[str, Any]:
    """Return what was written, as `save_entry` takes it."""
    values: dict[str, Any] = {}
    for name in own_fields(entry):
        data = form[name].data
        if name in TERM_FIELDS:
            values[name] = find_term(Scheme(name), data)
        else:
            values[name] = list(data or []) if name in BODY_FIELDS else data
    values["details"] = {
        field["key"]: form[DETAIL_PREFIX + field["key"]].data for field in entry.subtype.fields
    }
    return values


def is_valid(form: EntryForm, entry: Entry, *, later: bool) -> bool:
    """Check a form, also its dates against each other; `later` forgives what is still empty."""
    if later:
        form.forgive_empty()
    good = form.validate()
    if not later and "closes_on" in form:
        for name, said in time_faults(entry.subtype.kind, form.data).items():
            if not form[name].errors:
                form[name].errors = [said]
                good = False
    return good


def names_in(pairs: set[tuple[str, str]], named: Naming) -> dict[tuple[str, str], object]:
    """Return the names of the terms and bodies that facts refer to, in two statements."""
    bodies = {slug for scheme, slug in pairs if scheme == BODY}
    found = names_of({pair for pair in pairs if pair[0] != BODY}, named)
    return found | {(BODY, slug): named(body) for slug, body in departments_named(bodies).items()}
