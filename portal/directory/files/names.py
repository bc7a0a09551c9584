"""Files the public takes away: their names and addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_plus

from flask import url_for

from portal import clock
from portal.web.navigation import query_without


def dated_name(what: str, ending: str = "csv") -> str:
    """Return a file name that says what and of which day: opportunity-2026-11-22.csv."""
    return f"{what}-{clock.today().isoformat()}.{ending}"


def export_url(endpoint: str, **values: Any) -> str:
    """Return the address of the file that holds what this page's query finds."""
    return f"{url_for(endpoint, **values)}{export_query()}"


def export_query() -> str:
    """Return what this page's query says to a file: it has neither pages nor picks."""
    return query_without("page", "pick")


def quoted_export_query() -> str:
    """Return the same as part of another address's query, written as url_for does."""
    return quote_plus(export_query(), safe="!$'()*,/:;?@")
