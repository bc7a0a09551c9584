"""The facts of an entry as plain values, by the names its form uses: what is compared.

Facts are the common fields, for entries of public bodies those of officers, and one
`details_<key>` for each field of the subtype.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import gettext as _

from portal.lists.models import Entry
from portal.lists.rules.values import head_of, label_of
from portal.lists.terms.fields import (
    ABOUT_FIELDS,
    COMMON_FIELDS,
    CONTACT_FIELDS,
    DETAIL_PREFIX,
    FIELD_NAMES,
    OFFICER_FIELDS,
    SECTION_NAMES,
    TERM_FIELDS,
    TIME_FIELDS,
    FieldType,
)
from portal.lists.terms.kinds import DATED_KINDS
from portal.taxonomy.models import Term


class Section(NamedTuple):
    """What is written on one page: its fields by name, each with its label."""

    slug: str
    name: str
    labels: dict[str, str]


class ShownTable(NamedTuple):
    """A table for reading: the heads of its columns, and its rows."""

    heads: list[str]
    rows: list[list[str]]


class ShownFile(NamedTuple):
    """A stored file for reading: its own name, bytes, and the name it is kept under."""

    file: str
    size: int
    stored: str


Facts = Mapping[str, Any]
Names = Mapping[tuple[str, str], object]
BODY = "body"


def own_fields(entry: Entry) -> list[str]:
    """Return the fields an entry has itself, those of its subtype left out."""
    left_out = set() if entry.subtype.kind in DATED_KINDS else set(TIME_FIELDS)
    if not (entry.enterprise_id and entry.subtype.allows_anonymous):
        left_out.add("anonymous")
    common = [name for name in COMMON_FIELDS if name not in left_out]
    return common if entry.enterprise_id else [*common, *OFFICER_FIELDS]


def labels(entry: Entry) -> dict[str, str]:
    """Return the name of every field of an entry, in the order of its form."""
    return {name: label for section in sections_of(entry) for name, label in section.labels.items()}


def sections_of(entry: Entry) -> list[Section]:
    """Return the sections an entry is written in: what all have, around those of its subtype."""
    own = own_fields(entry)

    def common(slug: str, names: Sequence[str]) -> Section:
        said = {name: str(FIELD_NAMES[name]) for name in names if name in own}
        return Section(slug, str(SECTION_NAMES[slug]), said)

    described = [
        Section(
            section["slug"],
            label_of(section, "name"),
            {
                DETAIL_PREFIX + field["key"]: label_of(field)
                for field in entry.subtype.fields
                if field["section"] == section["slug"]
            },
        )
        for section in entry.subtype.sections
    ]
    found = [
        common("about", ABOUT_FIELDS),
        *described,
        common("place", (*TERM_FIELDS, *TIME_FIELDS)),
        common("contact", CONTACT_FIELDS),
        common("basis", OFFICER_FIELDS),
    ]
    return [section for section in found if section.labels]


def wording(entry: Entry) -> Section:
    """Return what may still be corrected once an entry is published: all but its files and
    whether it stands under its publisher's name."""
    fixed = {DETAIL_PREFIX + f["key"] for f in entry.subtype.fields if f["type"] == FieldType.FILE}
    said = {name: label for name, label in labels(entry).items() if name not in fixed}
    said.pop("anonymous", None)
    return Section("", "", said)


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


def for_trail(value: Any) -> Any:
    """Return a fact as the trail keeps it: of tables and files, which are large or stand
    elsewhere, only how they can be told apart."""
    if isinstance(value, dict):
        return value["sha256"]
    if isinstance(value, list) and value and isinstance(value[0], list):
        text = json.dumps(value, ensure_ascii=False)
        return f"{len(value)} × {hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return value


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
    write = DETAIL_WORDS.get(FieldType(field["type"]))
    return value if write is None else write(field, value)


def choice_words(field: Mapping[str, Any], value: Any) -> object:
    """Return the label of a choice; one no longer on offer as it was kept."""
    return next((label_of(one) for one in field["choices"] if one["value"] == value), value)


def with_unit(field: Mapping[str, Any], value: Any) -> str:
    """Return a number with its unit."""
    return f"{value}{label_of(field, 'unit')}"


DETAIL_WORDS: Mapping[FieldType, Callable[[Mapping[str, Any], Any], object]] = {
    FieldType.CHOICE: choice_words,
    FieldType.LIST: lambda field, value: "\n".join(value),
    FieldType.MONEY: lambda field, value: Decimal(value),
    FieldType.NUMBER: with_unit,
    FieldType.DECIMAL: with_unit,
    FieldType.TABLE: lambda field, value: ShownTable([head_of(c) for c in field["columns"]], value),
    FieldType.FILE: lambda field, value: ShownFile(value["name"], value["size"], value["stored"]),
}


def slugs_in(*all_facts: Facts | None) -> set[tuple[str, str]]:
    """Return what facts refer to, as (scheme, slug) of terms and (BODY, slug) of departments."""
    found: set[tuple[str, str]] = set()
    for facts in filter(None, all_facts):
        found |= {(name, str(facts[name])) for name in TERM_FIELDS if facts.get(name)}
        for name in ("leads", "cooperating"):
            found |= {(BODY, slug) for slug in facts.get(name) or []}
    return found
