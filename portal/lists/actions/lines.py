"""Keeping entries worded ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert

from portal.database import action
from portal.extensions import db
from portal.lists.models import EntryLine


@action
def keep_lines(lines: Sequence[dict[str, Any]]) -> None:
    """Keep these lines in the place of what is kept of the same entries. They repeat what is
    public: neither the trail nor the content version knows of them."""
    ids = [line["entry_id"] for line in lines]
    db.session.execute(delete(EntryLine).where(EntryLine.entry_id.in_(ids)))
    db.session.execute(insert(EntryLine), list(lines))
