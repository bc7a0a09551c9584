"""The content of a release as its rows say now."""

from __future__ import annotations

import json
from typing import Any

from portal.extensions import db
from portal.lists import content
from portal.lists.models import Release
from portal.lists.queries.entries import accepted_entries, departments_named
from portal.lists.queries.wordings import public_wordings


def present_content(release: Release) -> dict[str, Any]:
    """Return the content of a release as its rows say now."""
    db.session.flush()
    entries = accepted_entries(release)
    slugs = {slug for entry in entries for slug in [*entry.leads, *entry.cooperating]}
    wordings = public_wordings(entries)
    return content.release_content(release, entries, departments_named(slugs), wordings)


def known_content(release: Release) -> dict[str, Any]:
    """Return the content of a release as it is fixed, or else as its rows say now."""
    if release.content is not None:
        fixed: dict[str, Any] = json.loads(release.content)
        return fixed
    return present_content(release)
