"""What was typed into a form, kept through a sign-in and offered to be sent again."""

from __future__ import annotations

import json

from flask import request

from portal.web.display import is_same_origin
from portal.web.redirects import safe_next

Pairs = list[tuple[str, str]]
MOST_FIELDS = 300


def sent_fields() -> Pairs:
    """Return what this site's own form sent, without token and passwords; else nothing."""
    if not is_same_origin():
        return []
    pairs = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not name.endswith("csrf_token") and "password" not in name
    ]
    return pairs if len(pairs) <= MOST_FIELDS else []


def keep() -> str:
    """Return this request's address and fields as text that a hidden field can carry."""
    pairs = sent_fields()
    return json.dumps([request.path, pairs], ensure_ascii=False) if pairs else ""


def kept(text: str) -> tuple[str, Pairs] | None:
    """Return the address and fields `keep` wrote, or None for anything else."""
    try:
        path, pairs = json.loads(text)
        fields = [(str(name), str(value)) for name, value in pairs]
    except (ValueError, TypeError):
        return None
    known = isinstance(path, str) and safe_next(path, "") == path
    return (path, fields) if known and 0 < len(fields) <= MOST_FIELDS else None
