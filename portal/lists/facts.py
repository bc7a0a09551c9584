"""The facts of an entry as plain values, by the names its form uses: what is compared.

Facts are the common fields, for entries of public bodies those of officers, and one
`details_<key>` for each field of the subtype.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from portal.lists.models import Entry
from portal.lists.rules.details import label_of
from portal.lists.terms.fields import (
    COMMON_FIELDS,
    DETAIL_PREFIX,
    FIELD_NAMES,
    OFFICER_FIELDS,
    TERM_FIELDS,
    TIME_FIELDS,
    FieldType,
)
from portal.lists.terms.kinds import DATED_KINDS
from portal.taxonomy.models import Term

Facts = Mapping[str, Any]
Names = Mapping[tuple[str, str], object]
BODY = "body"


def own_fields(entry: Entry) -> list[str]:
    """Return the fields an entry has itself, those of its subtype left out."""
    common = [
        name
        for name in COMMON_FIELDS
        if name not in TIME_FIELDS or entry.subtype.kind in DATED_KINDS
    ]
    return common if entry.enterprise_id else [*common, *OFFICER_FIELDS]


def labels(entry: Entry) -> dict[str, str]:
    """Return the name of every field of an entry, in the order of its form."""
    own = own_fields(entry)
    details = {DETAIL_PREFIX + field["key"]: label_of(field) for field in entry.subtype.fields}
    first, rest = own[:4], own[4:]
    named = {name: str(FIELD_NAMES[name]) for name in first}
    return named | details | {name: str(FIELD_NAMES[name]) for name in rest}


def facts_of(entry: Entry) -> dict[str, Any]:
    """Return every field as JSON keeps it: terms as slugs, days as text; empty ones as ""."""
    own = {name: plain(getattr(entry, name)) for name in own_fields(entry)}
    details = {
        DETAIL_PREFIX + field["key"]: entry.details.get(field["key"], "")
        for field in entry.subtype.fields
    }
    return own | details


def plain(value: Any) -> Any:
    """Return a slug for a term, text for a day, "" for nothing."""
    if isinstance(value, Term):
        return value.slug
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def differences(before: Facts | None, now: Facts) -> set[str]:
    """Return the fields that differ from what was sent before; none when nothing was."""
    if before is None:
        return set()
    return {name for name, value in now.items() if (before.get(name) or "") != (value or "")}


def readable(entry: Entry, facts: Facts, names: Names) -> dict[str, object]:
    """Return facts as a person reads them, by their names; `names` gives those of slugs."""
    described = {DETAIL_PREFIX + field["key"]: field for field in entry.subtype.fields}
    return {
        name: readable_detail(described[name], facts.get(name))
        if name in described
        else readable_value(name, facts.get(name), names)
        for name in labels(entry)
    }


def readable_value(name: str, value: Any, names: Names) -> object:
    """Return one common fact for reading: terms and bodies by name, a tick in words."""
    if value is True:
        return _("yes")
    if name in TERM_FIELDS:
        return names.get((name, value), value or "")
    if isinstance(value, list):
        return _(", ").join(str(names.get((BODY, slug), slug)) for slug in value)
    return value or ""


def readable_detail(field: Mapping[str, Any], value: Any) -> object:
    """Return one detail for reading: money as Decimal in 万元, choices in words."""
    if value in (None, "", []):
        return ""
    match field["type"]:
        case FieldType.CHOICE:
            choices = {choice["value"]: choice for choice in field["choices"]}
            return label_of(choices[value]) if value in choices else value
        case FieldType.LIST:
            return "\n".join(value)
        case FieldType.MONEY:
            return Decimal(value)
        case FieldType.NUMBER:
            return f"{value}{label_of(field, 'unit')}"
    return value


def slugs_in(*all_facts: Facts | None) -> set[tuple[str, str]]:
    """Return what facts refer to, as (scheme, slug) of terms and (BODY, slug) of departments."""
    found: set[tuple[str, str]] = set()
    for facts in filter(None, all_facts):
        found |= {(name, str(facts[name])) for name in TERM_FIELDS if facts.get(name)}
        for name in ("leads", "cooperating"):
            found |= {(BODY, slug) for slug in facts.get(name) or []}
    return found
