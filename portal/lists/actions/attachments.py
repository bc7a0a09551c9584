"""The files of an entry: kept with it, replaced, let go while nobody has read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal import files
from portal.accounts.models import Person
from portal.files import Received
from portal.lists.models import Entry
from portal.lists.queries.attachments import OWNER_KIND, attachments_of


def keep_files(
    actor: Person, entry: Entry, uploads: Mapping[str, Received]
) -> dict[str, dict[str, Any]]:
    """Keep what was uploaded and return what the details say of each; call it in the action.

    A file that is replaced or dropped goes at once from a draft; what was sent in once stays,
    since a decision may rest on it.
    """
    kept = {
        key: facts_of_file(files.keep(actor, received, OWNER_KIND, entry.id, purpose=key))
        for key, received in uploads.items()
    }
    if entry.submitted_at is None:
        held = {value["stored"] for value in kept.values()} | stored_in(entry.details, kept)
        for file in attachments_of(entry):
            if file.name not in held:
                files.remove(actor, file)
    return kept


def facts_of_file(file: files.StoredFile) -> dict[str, Any]:
    """Return what the details of an entry say of a stored file."""
    return {
        "name": file.original_name,
        "type": file.content_type,
        "size": file.size,
        "sha256": file.digest,
        "stored": file.name,
    }


def stored_in(details: Mapping[str, Any], replaced: Mapping[str, Any]) -> set[str]:
    """Return the names under which the files of details are kept, but for replaced ones."""
    return {
        value["stored"]
        for key, value in details.items()
        if isinstance(value, dict) and key not in replaced
    }
