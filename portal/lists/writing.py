"""From what was typed to facts, and from facts back to an entry's rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.lists.content import worded_details
from portal.lists.facts import own_fields, plain
from portal.lists.models import Entry
from portal.lists.rules.details import read_details
from portal.lists.terms.fields import DETAIL_PREFIX, TERM_FIELDS
from portal.taxonomy.queries import find_term
from portal.taxonomy.terms import Scheme

DAYS = ("opens_on", "closes_on")


def facts_with(
    entry: Entry, values: Mapping[str, Any], worded: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts an entry would have with these values (as `save_entry` takes them), and
    a message for each detail that is missing or cannot be read. What is left out of them reads as
    it is `worded` in public, or else as it was sent in."""
    own = {
        name: plain(values.get(name, worded.get(name, getattr(entry, name))))
        for name in own_fields(entry)
    }
    given = entry.details | worded_details(worded) | dict(values.get("details", {}))
    details, faults = read_details(entry.subtype.fields, given, complete=True)
    read = {
        DETAIL_PREFIX + field["key"]: details.get(field["key"], "")
        for field in entry.subtype.fields
    }
    return own | read, {DETAIL_PREFIX + key: said for key, said in faults.items()}


def write_facts(entry: Entry, facts: Mapping[str, Any]) -> None:
    """Give an entry these facts: terms from their slugs, days from their text."""
    details = dict(entry.details)
    for name, value in facts.items():
        if name.startswith(DETAIL_PREFIX):
            details[name.removeprefix(DETAIL_PREFIX)] = value
        elif name in TERM_FIELDS:
            setattr(entry, name, find_term(Scheme(name), value) if value else None)
        elif name in DAYS:
            setattr(entry, name, date.fromisoformat(value) if value else None)
        else:
            setattr(entry, name, value)
    entry.details = {key: value for key, value in details.items() if value not in (None, "", [])}
