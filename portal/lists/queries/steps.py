"""The draft of a release that others are shown before it is signed, and how it differs by now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from portal.lists import content
from portal.lists.models import ConsultationRound, Release, ReleaseNotice
from portal.lists.queries.content import present_content
from portal.lists.queries.entries import accepted_entries
from portal.lists.rules.steps import Change, Shown, differences


class Draft(NamedTuple):
    """A draft with the ids of its entries, its canonical form and the SHA-256 of that."""

    draft: dict[str, Any]
    ids: list[int]
    text: str
    code: str


def present_draft(release: Release) -> Draft:
    """Return the draft of a release as its rows say now."""
    return draft_in(release, present_content(release))


def draft_in(release: Release, now: Mapping[str, Any]) -> Draft:
    """Return the draft in the present content of a release."""
    draft = content.draft_of(now)
    text = content.canonical(draft)
    ids = [entry.id for entry in accepted_entries(release)]
    return Draft(draft, ids, text, content.check_code(text))


def changes_since(shown: ConsultationRound | ReleaseNotice, now: Draft) -> Sequence[Change]:
    """Return how the list differs from what was shown."""
    if shown.content_code == now.code:
        return []
    before = Shown(json.loads(shown.content), shown.entry_ids)
    return differences(before, Shown(now.draft, now.ids))
