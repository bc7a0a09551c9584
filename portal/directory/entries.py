"""A published entry: what was signed, and what has become of it."""

from __future__ import annotations

from flask import render_template

from portal.directory.queries.entries import get_published, same_field


def entry(number: str) -> str:
    """Show an entry; numbers allotted but not published are not found."""
    found = get_published(number)
    return render_template(
        "directory/entry.html",
        entry=found,
        said=found.snapshot,
        same_field=same_field(found),
    )
