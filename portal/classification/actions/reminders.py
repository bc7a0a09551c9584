"""Telling the members of an enterprise that one of its titles ends soon, each time once."""

from __future__ import annotations

from portal import clock
from portal.classification.models.standing import TitleReminder
from portal.classification.models.titles import Title
from portal.classification.queries import standing as queries
from portal.classification.rules.standing import reminders_owed
from portal.database import action
from portal.enterprises.actions.telling import tell_members
from portal.extensions import db

BATCH = 200  # titles of one transaction


def remind_of_titles() -> None:
    """The night's work: send the reminders owed today, batch by batch."""
    last = remind_batch(0, BATCH)
    while last:
        last = remind_batch(last, BATCH)


@action
def remind_batch(after_id: int, limit: int) -> int:
    """Send what is owed for a batch of titles; return the last id, 0 at the end."""
    found = queries.ending(clock.today(), after_id, limit)
    sent = queries.reminders_of([title.id for title in found])
    for title in found:
        remind(title, sent.get(title.id, set()))
    return found[-1].id if found else 0


def remind(title: Title, sent: set[int]) -> None:
    """Owe the one reminder that is due and write down those passed over."""
    if title.valid_until is None:
        return
    owed = reminders_owed(title.valid_until, clock.today(), sent)
    for days in sorted(owed.passed | ({owed.send} if owed.send is not None else set())):
        moment = clock.now() if days == owed.send else None
        db.session.add(TitleReminder(title_id=title.id, days=days, sent_at=moment))
    if owed.send is not None:
        tell_members(
            title.enterprise,
            "title_expiring",
            title_zh=title.kind.name_zh,
            title_en=title.kind.name_en,
            valid_until=title.valid_until.isoformat(),
            days=(title.valid_until - clock.today()).days,
            platform=title.kind.official_platform_zh,
            granted_here=title.kind.granted_here,
        )
