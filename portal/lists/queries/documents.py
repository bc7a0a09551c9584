"""The scanned document a release was issued with."""

from __future__ import annotations

from collections.abc import Sequence

from portal import files
from portal.files import StoredFile

ISSUED_DOCUMENT = "release"  # whose files the scanned documents are


def issued_documents(release_ids: Sequence[int]) -> dict[int, StoredFile]:
    """Return the last scanned document of each release that has one, by release."""
    return {file.owner_id: file for file in files.files_of(ISSUED_DOCUMENT, release_ids)}
