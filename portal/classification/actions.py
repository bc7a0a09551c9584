"""What officers with `recognise` do: record titles granted elsewhere, and correct them."""

from __future__ import annotations

from typing import Any

from portal.classification.models import TitleKind
from portal.database import action, put


@action
def put_title_kind(slug: str, **facts: Any) -> TitleKind:
    """Add or update one kind of title and return it; `facts` are its other columns."""
    return put(TitleKind, {"slug": slug}, **facts)
