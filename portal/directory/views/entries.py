"""A published entry: what was signed with its files, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template, send_file
from werkzeug.wrappers import Response

from portal import files
from portal.directory.queries.one_entry import (
    continued_by,
    find_published,
    find_withdrawn,
    get_published,
    same_field,
)
from portal.directory.queries.parts import parts_of_entry
from portal.directory.views.versions import changes_shown
from portal.enterprises.models import NamedContact
from portal.errors import NotFound
from portal.lists.queries.attachments import find_published_file
from portal.lists.queries.errata import issued_on_entry
from portal.lists.queries.ledger import outcomes_of
from portal.lists.queries.named_contacts import agreed_contacts
from portal.lists.queries.questions import public_questions
from portal.lists.terms.entries import LIFE_NAMES
from portal.lists.terms.errata import ERRATUM_KIND_NAMES
from portal.lists.terms.fields import FieldType
from portal.lists.terms.kinds import Kind, PublisherKind
from portal.lists.terms.ledger import NOTED_AS_NAMES, UNDER_WAY
from portal.lists.terms.shown import IN_TALKS, OPEN, STANDING

Page = str | tuple[str, int]


def entry(number: str) -> Page:
    """Show an entry; numbers allotted but not published are not found, one that was taken back
    leaves its title and the reason."""
    found = find_published(number) or find_withdrawn(number)
    if found is None:
        raise NotFound
    if "withdrawn" in found.snapshot or not hasattr(found, "life"):
        return tombstone(found)
    has = parts_of_entry(found.id)
    return render_template(
        "directory/entry.html",
        entry=found,
        said=found.snapshot,
        same_field=same_field(found),
        continued=continued_by(found.id) if has.has_continued else None,
        contacts=people_named(found),
        corrections=issued_on_entry(found.id) if has.has_corrections else (),
        changes=changes_shown,
        kind_names=ERRATUM_KIND_NAMES,
        outcomes=outcomes_of(found.id) if has.has_outcomes else (),
        questions=public_questions(found.id) if has.has_questions else (),
        takes_questions=found.state in (OPEN, STANDING, IN_TALKS) and found.kind != Kind.CASE,
        life_names=LIFE_NAMES,
        noted_as=NOTED_AS_NAMES,
    )


def people_named(found: Any) -> Sequence[NamedContact]:
    """Return who may be asked about an entry by name: who agreed to it, while it is open."""
    publisher = found.snapshot["publisher"]
    is_firm = publisher["kind"] == PublisherKind.ENTERPRISE and not publisher.get("anonymous")
    return agreed_contacts(found.id) if is_firm and found.life in UNDER_WAY else []


def tombstone(found: Any) -> Page:
    """Return the page in the place of a withdrawn entry, 410 as it is gone for good."""
    if "withdrawn" not in found.snapshot:
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
