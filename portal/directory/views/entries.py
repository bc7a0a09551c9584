"""A published entry: what was signed with its files, and what has become of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app, render_template, send_file
from werkzeug.wrappers import Response

from portal import clock, files
from portal.directory.queries.one_entry import (
    carried_on_by,
    contacts_of,
    corrections,
    find_published,
    find_withdrawn,
    get_published,
    outcomes,
    questions,
    same_field,
)
from portal.directory.queries.parts import rows_of
from portal.directory.views.versions import changes_of
from portal.errors import NotFound
from portal.lists.queries.attachments import find_published_file
from portal.lists.terms.errata import ERRATUM_KIND_NAMES
from portal.lists.terms.fields import FieldType
from portal.lists.terms.kinds import PublisherKind
from portal.lists.terms.ledger import UNDER_WAY
from portal.web.drawn_pages import drawn_page

Page = bytes | str | tuple[str, int]


class Correction(NamedTuple):
    """What a version corrected in an entry: (item, before, after), and why."""

    version: str
    kind: str
    issued_at: datetime
    reason: str
    changes: tuple[tuple[str, object, object], ...]


def entry(number: str) -> Page:
    """Show an entry; numbers allotted but not published are not found, one that was taken back
    leaves its title and the reason."""
    found = find_published(number)
    if found is None or "withdrawn" in found.snapshot:
        return tombstone(found or find_withdrawn(number))
    own = found.id
    shown = {
        "entry": found,
        "same_field": same_field(found),
        "carried_on_by": carried_on_by(own) if found.has_carried_on else None,
        "contacts": contacts_of(own) if found.has_contacts and may_name(found) else (),
        "corrections": corrections_of(own) if found.has_corrections else (),
        "outcomes": rows_of(outcomes(), own) if found.has_outcomes else (),
        "questions": rows_of(questions(), own) if found.has_questions else (),
    }
    page = "directory/entry.html"
    return drawn_page(page, tuple(shown.values()), **shown, today=clock.today())


def may_name(found: Any) -> bool:
    """Say whether an entry may name people: one of an enterprise by name, while it is open."""
    publisher = found.snapshot["publisher"]
    is_firm = publisher["kind"] == PublisherKind.ENTERPRISE and not publisher.get("anonymous")
    return is_firm and found.life in UNDER_WAY


def corrections_of(entry_id: int) -> tuple[Correction, ...]:
    """Return the corrections of an entry, oldest first."""
    return tuple(map(corrected, rows_of(corrections(), entry_id)))


def corrected(row: Any) -> Correction:
    """Return a correction with what the public reads differently since."""
    changes = tuple((str(label), before, after) for label, before, after in changes_of(row.shown))
    kind = str(ERRATUM_KIND_NAMES[row.kind])
    return Correction(row.version, kind, row.issued_at, row.reason, changes)


def tombstone(found: Any) -> Page:
    """Return the page in the place of a withdrawn entry, 410 as it is gone for good."""
    if found is None or "withdrawn" not in found.snapshot:
        raise NotFound
    page = render_template("directory/entry_withdrawn.html", entry=found, said=found.snapshot)
    return page, 410


def entry_file(number: str, key: str) -> Response:
    """Send a public file of a published entry, under the name that was signed with it."""
    found = get_published(number)
    details = found.snapshot.get("details", [])  # none once it is withdrawn
    said = next(
        (one["value"] for one in details if one["key"] == key and is_file(one)),
        None,
    )
    stored = find_published_file(found.id, key, said["sha256"]) if said else None
    if said is None or stored is None:
        raise NotFound
    return send_file(
        files.path_of(current_app.config["FILES"], stored.name),
        mimetype=said["type"],
        as_attachment=True,
        download_name=said["name"],
    )


def is_file(item: dict[str, Any]) -> bool:
    """Say whether a published detail is a file."""
    return bool(item["type"] == FieldType.FILE)
