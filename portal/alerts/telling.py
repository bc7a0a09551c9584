"""Looking at the alerts that are due, and writing the messages: for the worker."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale

from portal import clock
from portal.accounts.queries.people import mail_of
from portal.alerts import packing, queries, rules
from portal.alerts.actions import due_of, facts_of
from portal.alerts.links import token_of
from portal.alerts.models import Alert
from portal.alerts.reading import EntryFacts, reader
from portal.alerts.terms import Standing, Watch
from portal.database import action
from portal.errors import Busy
from portal.extensions import db
from portal.messages import write_inbox, write_mail

logger = logging.getLogger(__name__)
AT_ONCE = 20  # alerts of one round of the worker, so that nothing else waits long
LINES = 10  # matches a message names; the others are counted


def tell_due() -> int:
    """Look at the alerts that are due; return how many were."""
    ids = queries.due(AT_ONCE)
    for alert_id in ids:
        try:
            look_at(alert_id)
        except Busy:
            postpone(alert_id)
    return len(ids)


def look_at(alert_id: int) -> None:
    """Look at one alert: what it finds is read before the action, which holds the write lock.

    Raises Busy.
    """
    alert = db.session.get(Alert, alert_id)
    if alert is None or alert.standing != Standing.ACTIVE:
        rest(alert_id)
        return
    with force_locale(alert.language):
        if alert.watch == Watch.ENTRY:
            tell_of_entry(alert_id, reader().entry(alert.address))
        else:
            tell_of_search(alert_id, reader().matches(alert.address))


@action
def rest(alert_id: int) -> None:
    """Look no more at an alert that is not active."""
    alert = db.session.get(Alert, alert_id)
    if alert is not None and alert.standing != Standing.ACTIVE:
        alert.due_at = None


def due_now(alert_id: int) -> Alert | None:
    """Return an alert that is still active and due, locked, with its next time set; message, what
    is known and the next time are one commit, so that nothing is told twice."""
    alert = db.session.get(Alert, alert_id, with_for_update=True, populate_existing=True)
    is_due = alert is not None and alert.due_at is not None and alert.due_at <= clock.now()
    if alert is None or not is_due or alert.standing != Standing.ACTIVE:
        return None
    alert.due_at = due_of(alert)
    return alert


@action
def postpone(alert_id: int) -> None:
    """Look again later: the search does not answer."""
    alert = db.session.get(Alert, alert_id)
    if alert is not None and alert.due_at is not None:
        alert.due_at = clock.now() + rules.RETRY


@action
def tell_of_search(alert_id: int, found: Sequence[str]) -> None:
    """Tell the matches nobody was told of; what was known once is never new again."""
    alert = due_now(alert_id)
    if alert is None:
        return
    known = packing.unpack_keys(alert.known)
    new = rules.unseen(found, known)
    if not new:
        return
    alert.known = packing.pack_keys(rules.to_keep(found, known))
    write(alert, "alert_news", total=len(new), lines=lines_of(new), address=alert.address)


def lines_of(keys: Sequence[str]) -> list[dict[str, str]]:
    """Return the first matches as plain values."""
    found = reader().lines(keys[:LINES])
    return [{"title": line.title, "address": line.address, "note": line.note} for line in found]


@action
def tell_of_entry(alert_id: int, found: EntryFacts | None) -> None:
    """Tell what has happened to a saved entry and that it closes soon."""
    alert = due_now(alert_id)
    before = packing.unpack(alert.known) if alert else {}
    if alert is None or found is None or not before:
        return
    today, now = clock.today(), facts_of(found, before["warned"])
    news = rules.news_of(before, now, today)
    warned = rules.warning(before, now, today)
    same_day = before["closes_on"] == now["closes_on"]
    told = (before["warned"] if same_day else []) + ([] if warned is None else [warned])
    alert.known = packing.pack(now | {"warned": told})
    if news:
        write(alert, "alert_entry", news=[str(each) for each in news], **entry_values(alert, found))


def entry_values(alert: Alert, found: EntryFacts) -> dict[str, Any]:
    """Return what a message says of a saved entry, as plain values."""
    return {
        "address": alert.address,
        "life": found.life_name,
        "closes_on": found.closes_on.isoformat() if found.closes_on else "",
        "days": (found.closes_on - clock.today()).days if found.closes_on else 0,
    }


def write(alert: Alert, template: str, **values: Any) -> None:
    """Write one message: a visitor's mail; a person's letter and, where they have one, mail.

    Only mails carry the link that stops the alert; the inbox is read signed in.
    """
    alert.told, alert.told_at = alert.told + 1, clock.now()
    values["title"] = alert.title
    mail, person = alert.mail, alert.person
    if person is not None:
        write_inbox(person, template, **values)
        identifier = mail_of(person)
        mail = identifier.subject if identifier else ""
    if mail:
        token = token_of(alert.id)
        stop = f"/alerts/{token}/one-click"
        write_mail(
            mail,
            template,
            language=alert.language,
            person_id=alert.person_id,
            token=token,
            one_click=stop,
            **values,
        )
