"""Filling the form of an entry's section from its facts and reading it back, terms as rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from portal.enterprises.filling.steps import choices
from portal.errors import Refused
from portal.lists.facts import BODY, Section, facts_of, readable, sections_of, slugs_in
from portal.lists.forms.entry import DROP_PREFIX, SHEET_PREFIX, EntryForm, entry_form
from portal.lists.models import Entry
from portal.lists.queries.entries import departments_named
from portal.lists.rules.entries import time_faults
from portal.lists.rules.tables import as_text
from portal.lists.sheet_rows import rows_of_sheet
from portal.lists.terms.fields import DETAIL_PREFIX, TERM_FIELDS, FieldType
from portal.taxonomy.queries import departments, find_term, names_of
from portal.taxonomy.terms import Scheme
from portal.web.filters import in_language

Naming = Callable[[Any], object]
NOTHING: Mapping[str, Any] = MappingProxyType({})
BODY_FIELDS = ("leads", "cooperating")


def described(entry: Entry, section: Section) -> list[Mapping[str, Any]]:
    """Return the field descriptions of the subtype that stand in a section."""
    return [
        field for field in entry.subtype.fields if DETAIL_PREFIX + field["key"] in section.labels
    ]


def own_names(entry: Entry, section: Section) -> list[str]:
    """Return the fields of a section that the entry has itself."""
    details = {DETAIL_PREFIX + field["key"] for field in entry.subtype.fields}
    return [name for name in section.labels if name not in details]


def filled_form(
    entry: Entry, section: Section, named: Naming, worded: Mapping[str, Any] = NOTHING
) -> EntryForm:
    """Return the form of a section showing what the entry holds, or how it is `worded` in public;
    `named` writes a name."""
    facts, own = facts_of(entry), own_names(entry, section)
    values: dict[str, Any] = {
        name: facts[name] if name in TERM_FIELDS else worded.get(name, getattr(entry, name))
        for name in own
    }
    for field in described(entry, section):
        name = DETAIL_PREFIX + field["key"]
        held = worded.get(name, entry.details.get(field["key"]))
        values[name] = as_typed(field["type"], held)
    made = entry_form(list(section.labels), entry.subtype.fields)
    form = made(data=values | {"version": entry.version})
    offer_choices(form, named)
    keep_file_optional(form, entry)
    return form


def offer_choices(form: EntryForm, named: Naming) -> None:
    """Offer terms and bodies where the section asks for them."""
    for name in TERM_FIELDS:
        if name in form:
            form[name].offer([("", _("Choose")), *choices(name, named)])
    if BODY_FIELDS[0] in form:
        bodies = [(body.slug, str(named(body))) for body in departments()]
        for name in BODY_FIELDS:
            form[name].offer(bodies)


def keep_file_optional(form: EntryForm, entry: Entry) -> None:
    """Ask for no file where one is kept already, and offer to remove only what there is."""
    for field in entry.subtype.fields:
        name, key = DETAIL_PREFIX + field["key"], field["key"]
        if field["type"] == FieldType.FILE and name in form:
            if key in entry.details:
                form.forgive(name)
            else:
                del form[DROP_PREFIX + key]


def as_typed(kind: str, value: Any) -> Any:
    """Return a detail as its form field holds it."""
    if value in (None, "") or kind == FieldType.FILE:
        return None
    match kind:
        case FieldType.LIST:
            return "\n".join(value)
        case FieldType.TABLE:
            return as_text(value)
        case FieldType.MONEY | FieldType.DECIMAL:
            return Decimal(value)
        case FieldType.DATE:
            return date.fromisoformat(value)
    return value


def values_of(form: EntryForm, entry: Entry, section: Section) -> dict[str, Any]:
    """Return what was written in a section, as `save_entry` takes it; uploads stand apart."""
    values: dict[str, Any] = {}
    for name in own_names(entry, section):
        data = form[name].data
        if name in TERM_FIELDS:
            values[name] = find_term(Scheme(name), data)
        else:
            values[name] = list(data or []) if name in BODY_FIELDS else data
    details: dict[str, Any] = {}
    for field in described(entry, section):
        key = field["key"]
        if field["type"] != FieldType.FILE:
            details[key] = form[DETAIL_PREFIX + key].data
        elif DROP_PREFIX + key in form and form[DROP_PREFIX + key].data:
            details[key] = ""
    return values | {"details": details}


def uploads_in(form: EntryForm, entry: Entry, section: Section, kind: FieldType) -> dict[str, Any]:
    """Return what was uploaded by key: the files of fields, or the sheets of tables."""
    prefix = {FieldType.FILE: DETAIL_PREFIX, FieldType.TABLE: SHEET_PREFIX}[kind]
    given = {
        field["key"]: form[prefix + field["key"]].data
        for field in described(entry, section)
        if field["type"] == kind
    }
    return {key: upload for key, upload in given.items() if upload is not None}


def read_sheets(form: EntryForm, entry: Entry, section: Section) -> None:
    """Put the rows of uploaded sheets where they would have been typed."""
    for key, upload in uploads_in(form, entry, section, FieldType.TABLE).items():
        try:
            text = rows_of_sheet(upload.stream, upload.filename or "")
        except Refused as refusal:
            form[SHEET_PREFIX + key].process_errors = [refusal.message]
            continue
        rows = form[DETAIL_PREFIX + key]
        rows.raw_data, rows.process_errors = [text], []
        rows.data = text


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


def shown_facts(found: Entry) -> dict[str, object]:
    """Return the value of every field as a person reads it, by name."""
    values = facts_of(found)
    names = names_in(slugs_in(values), in_language)
    return readable(found, values, names)


def shown_sections(found: Entry) -> list[tuple[Section, list[tuple[str, object]]]]:
    """Return each section with its (label, value) pairs as a person reads them."""
    words = shown_facts(found)
    return [
        (section, [(label, words[name]) for name, label in section.labels.items()])
        for section in sections_of(found)
    ]
