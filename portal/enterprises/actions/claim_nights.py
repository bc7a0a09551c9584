"""What the night does about requests to act for an enterprise: remind owners, pass on."""

from __future__ import annotations

from portal import audit, city, clock
from portal.database import action
from portal.enterprises.actions.claims import SPAN, pass_to_bureau
from portal.enterprises.actions.telling import tell_event
from portal.enterprises.queries import claims as queries
from portal.enterprises.queries.members import owners_of
from portal.taxonomy.queries import calendar

BATCH = 200  # requests of one transaction


def attend_to_claims() -> None:
    """The night's work: pass on what no owner decided in time, remind of what is due soon."""
    for batch in (pass_on_overdue, remind_owners):
        while batch(BATCH):
            pass


@action
def pass_on_overdue(limit: int) -> int:
    """Lay requests before the bureau whose owner did not decide, or is gone; return how many."""
    due = queries.claims_for_bureau(clock.today(), limit)
    for made in due:
        pass_to_bureau(audit.SYSTEM, made)
        audit.record(audit.SYSTEM, "pass_claim", made.enterprise)
        tell_event(owners_of(made.enterprise_id), made.enterprise, "claim_passed")
    return len(due)


@action
def remind_owners(limit: int) -> int:
    """Remind the owners, once, of requests they must decide soon; return how many."""
    today, days = clock.today(), city.joining().owner_reminded_days
    soon = calendar(today, today + SPAN).add(today, days).on
    due = queries.claims_to_remind(soon, limit)
    for made in due:
        made.reminded_on = today
        day = made.decide_by.isoformat() if made.decide_by else ""
        tell_event(owners_of(made.enterprise_id), made.enterprise, "claim_reminder", day=day)
    return len(due)
