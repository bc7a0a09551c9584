"""Columns that hold a text, asked of the database itself: what stands in for the index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_

from portal.search.analysis import normalise


def holds(text: str, *columns: Any) -> ColumnElement[bool]:
    """Return the condition that one of the columns holds a text, as it is typed or in the plain
    form of the index: simplified characters of one width."""
    forms = dict.fromkeys((text, normalise(text)))
    return or_(*(column.icontains(form, autoescape=True) for column in columns for form in forms))
