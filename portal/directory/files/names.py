"""Files the public takes away: their names and addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from portal import clock


def dated_name(what: str, ending: str = "csv") -> str:
    """Return a file name that says what and of which day: opportunity-2026-11-22.csv."""
    return f"{what}-{clock.today().isoformat()}.{ending}"


def export_url(endpoint: str, **values: Any) -> str:
    """Return the address of the file that holds what this page's query finds."""
    query = request.args.to_dict(flat=False)
    for name in ("page", "pick"):  # a file has neither
        query.pop(name, None)
    text = urlencode(query, doseq=True)
    path = url_for(endpoint, **values)
    return f"{path}?{text}" if text else path
