"""Filling the report of a change from record and report, and reading it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from portal.enterprises.actions.changes import Report
from portal.enterprises.facts import TERM_FIELDS, readable, slugs_in
from portal.enterprises.filling.steps import choices
from portal.enterprises.forms.changes import ReportForm
from portal.enterprises.models import ChangeRequest, Enterprise
from portal.enterprises.queries.changes import facts_to_change
from portal.enterprises.rules.changes import REPORTED, differs
from portal.taxonomy.models import Term
from portal.taxonomy.queries import find_term, names_of, terms
from portal.taxonomy.terms import Scheme

Naming = Callable[[Term], object]


def report_form(enterprise: Enterprise, change: ChangeRequest | None, named: Naming) -> ReportForm:
    """Return the form showing the record with what was reported so far."""
    facts = facts_to_change(enterprise) | (dict(change.facts) if change else {})
    values = {name: form_value(name, facts[name]) for name in REPORTED}
    if change is not None:
        values |= {
            "reason": change.reason,
            "effective_on": change.effective_on,
            "explanation": change.explanation,
        }
    version = change.version if change is not None else enterprise.version
    form = ReportForm(data=values | {"version": version})
    for name in REPORTED:
        if name in TERM_FIELDS:
            form[name].offer([("", _("Choose")), *choices(name, named)])
        elif name == "pillars":
            form[name].offer(choices("pillar", named))
    return form


def form_value(name: str, value: Any) -> Any:
    """Return a plain fact as its form field takes it."""
    if name == "established_on" and value:
        return date.fromisoformat(value)
    if name == "registered_capital" and value:
        return Decimal(value)
    return value


def report_of(form: ReportForm) -> Report:
    """Return what was entered, slugs turned into terms."""
    values: dict[str, Any] = {}
    for name in REPORTED:
        data = form[name].data
        if name in TERM_FIELDS:
            values[name] = find_term(Scheme(name), data)
        elif name == "pillars":
            chosen = set(data or [])
            values[name] = [term for term in terms(Scheme.PILLAR) if term.slug in chosen]
        else:
            values[name] = data
    return Report(
        values,
        form.effective_on.data,
        form.reason.data,
        form.explanation.data,
        form.proves.data or "",
    )


@dataclass(frozen=True)
class Item:
    """One field of a report, for reading: on record, as reported, and as the submission that was
    returned said; `differs` from that submission."""

    name: str
    on_record: object
    reported: object
    before: object
    differs: bool


def compared(change: ChangeRequest, named: Naming) -> list[Item]:
    """Return what a report changes, or changed before it was returned, slugs as names."""
    record = facts_to_change(change.enterprise) | dict(change.before)
    now, then = record | dict(change.facts), record | dict(change.sent_before)
    names = names_of(slugs_in(record) | slugs_in(now) | slugs_in(then), named)
    return [
        Item(
            name,
            readable(name, record, names),
            readable(name, now, names),
            readable(name, then, names),
            bool(change.sent_before) and differs(then.get(name), now.get(name)),
        )
        for name in REPORTED
        if name in change.facts or name in change.sent_before
    ]
