"""A published entry: what was signed, and what has become of it."""

from __future__ import annotations

from typing import Any

from flask import render_template

from portal.directory.queries.entries import find_withdrawn, get_published, same_field
from portal.directory.versions import changes_shown
from portal.errors import NotFound
from portal.lists.queries.errata import issued_on_entry
from portal.lists.terms.errata import ERRATUM_KIND_NAMES

Page = str | tuple[str, int]


def entry(number: str) -> Page:
    """Show an entry; numbers allotted but not published are not found, one that was taken back
    leaves its title and the reason."""
    gone = find_withdrawn(number)
    if gone is not None:
        return tombstone(gone)
    found = get_published(number)
    if "withdrawn" in found.snapshot:
        return tombstone(found)
    return render_template(
        "directory/entry.html",
        entry=found,
        said=found.snapshot,
        same_field=same_field(found),
        corrections=issued_on_entry(found.id),
        changes=changes_shown,
        kind_names=ERRATUM_KIND_NAMES,
    )


def tombstone(found: Any) -> Page:
    """Return the page in the place of a withdrawn entry, 410 as it is gone for good."""
    if "withdrawn" not in found.snapshot:
        raise NotFound
    page = render_template("directory/entry_withdrawn.html", entry=found, said=found.snapshot)
    return page, 410
