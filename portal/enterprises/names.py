"""The key under which a record's name is compared with others; places are the city's data."""

from __future__ import annotations

from typing import Any

from portal import city
from portal.chinese import Name, normal_name


def normal(name: str) -> Name:
    """Return a name in one spelling and its core, with the city's places left out."""
    return normal_name(name, city.words("name_places"), city.words("name_remarks"))


def name_key(name: str) -> str:
    """Return the core of a name, as the column `name_key` keeps it."""
    return normal(name).core[:120]


def key_of_new_row(context: Any) -> str:
    """Return the key of a row being inserted, also in bulk."""
    return name_key(context.get_current_parameters().get("name") or "")
