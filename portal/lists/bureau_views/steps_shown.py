"""What the pages that decide on a content show of opinions and public notice."""

from __future__ import annotations

from typing import Any

from portal.casework.opinions import REPLY_NAMES
from portal.lists.models import Release
from portal.lists.queries.steps_taken import steps_of
from portal.lists.terms.steps import RESULT_NAMES, SETTLED_NAMES


def steps_shown(release: Release) -> dict[str, Any]:
    """Return what stood before the signing of a release, with the words for it."""
    return {
        "steps": steps_of(release),
        "reply_names": REPLY_NAMES,
        "settled_names": SETTLED_NAMES,
        "result_names": RESULT_NAMES,
    }
