"""What of a saved entry may change."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from portal.alerts.reading import EntryFacts
from portal.directory.queries.one_entry import find_published, find_withdrawn
from portal.lists.terms.entries import LIFE_NAMES, Life
from portal.lists.terms.shown import ENDED
from portal.web.filters import in_language


def facts_of(number: str) -> EntryFacts | None:
    """Return the present facts of a published entry, None when nothing stands at its address."""
    row = find_published(number) or find_withdrawn(number)
    if row is None:
        return None
    said = row.snapshot
    life = life_of(row)
    wording = json.dumps(dict(said), sort_keys=True, ensure_ascii=False)
    return EntryFacts(
        title=in_language(said, "title"),
        said=hashlib.sha256(wording.encode()).hexdigest(),
        life=str(life),
        life_name=str(LIFE_NAMES[life]),
        withdrawn=life == Life.WITHDRAWN,
        closes_on=None if life == Life.WITHDRAWN else row.closes_on,
    )


def life_of(row: Any) -> Life:
    """Return the life of an entry; one past its last day is over, whatever was noted."""
    if "withdrawn" in row.snapshot or not hasattr(row, "life"):
        return Life.WITHDRAWN
    is_over = row.state == ENDED and row.life == Life.OPEN
    return Life.EXPIRED if is_over else Life(row.life)
