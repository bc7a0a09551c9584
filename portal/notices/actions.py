"""Loading policies and notices; loading the same data again changes nothing."""

from __future__ import annotations

from typing import Any

from portal import outbox
from portal.database import action, put
from portal.notices.models import Policy


@action
def put_policy(slug: str, **facts: Any) -> Policy:
    """Add or update a policy or notice and owe it to the search index."""
    policy = put(Policy, {"slug": slug}, **facts)
    outbox.send("search", key=f"policy:{policy.id}")
    return policy
