"""Saving, changing and stopping alerts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, exists, or_, select, update

from portal import clock
from portal.accounts import keys
from portal.accounts.models import Person
from portal.accounts.rules import normal_mail
from portal.accounts.terms import Act
from portal.accounts.throttle import count_attempt
from portal.alerts import packing, queries, rules
from portal.alerts.links import token_of
from portal.alerts.models import Alert
from portal.alerts.reading import EntryFacts, Saved, reader
from portal.alerts.terms import Rhythm, Standing, Watch
from portal.database import action
from portal.errors import Refused
from portal.extensions import db
from portal.messages import write_mail


def save_for_person(person: Person, saved: Saved, rhythm: Rhythm) -> None:
    """Save an address for somebody signed in; saving it again changes the rhythm only.

    Raises Refused above MOST_PER_READER, Busy.
    """
    keep_for_person(person, saved, rhythm, seen_at(saved.watch, saved.address))


@action
def keep_for_person(person: Person, saved: Saved, rhythm: Rhythm, seen: bytes) -> None:
    """Add the alert, or set the rhythm of the one there is; `seen` is known already."""
    mine = queries.reader_of(person)
    same = queries.find_same(mine, saved.address)
    if same is not None:
        set_rhythm(same, rhythm)
        return
    check_number(mine)
    alert = add(saved, rhythm, reader=mine, person_id=person.id, language=person.language)
    begin(alert, seen)


def save_for_visitor(mail: str, saved: Saved, rhythm: Rhythm, language: str, origin: str) -> None:
    """Keep a visitor's wish and send the link that confirms it; the same is answered whether or
    not the address is known here.

    Raises Refused at `mail` for what is no address, Throttled.
    """
    address = normal_mail(mail)
    count_attempt(Act.SAVE_ALERT, address, origin)
    keep_for_visitor(address, saved, rhythm, language)


@action
def keep_for_visitor(mail: str, saved: Saved, rhythm: Rhythm, language: str) -> None:
    """Add the unconfirmed alert, or remind its reader that there is one; no more mails go to an
    address that has as many as one may have."""
    theirs = keys.keyed_digest("alert-reader", mail)
    alert = queries.find_same(theirs, saved.address)
    if alert is None:
        if queries.count_of(theirs) >= rules.MOST_PER_READER:
            write_mail(mail, "alert_too_many", language=language, most=rules.MOST_PER_READER)
            return
        alert = add(saved, rhythm, reader=theirs, mail=mail, language=language)
        db.session.flush()
    template = "alert_confirm" if alert.confirmed_at is None else "alert_known"
    write_mail(mail, template, language=language, title=alert.title, token=token_of(alert.id))


def check_number(mine: str) -> None:
    """Raise Refused where somebody has as many alerts as one may have."""
    if queries.count_of(mine) >= rules.MOST_PER_READER:
        raise Refused(
            _(
                "You have %(most)d alerts, which is the most: stop one you no longer need first",
                most=rules.MOST_PER_READER,
            )
        )


def add(saved: Saved, rhythm: Rhythm, **whose: Any) -> Alert:
    """Add an alert that is not yet looked at."""
    alert = Alert(
        watch=saved.watch,
        address=saved.address,
        title=saved.title,
        rhythm=rhythm,
        created_at=clock.now(),
        **whose,
    )
    db.session.add(alert)
    return alert


def begin(alert: Alert, seen: bytes) -> None:
    """From now on tell what is new: what was `seen` is known."""
    alert.confirmed_at = alert.confirmed_at or clock.now()
    alert.muted_at, alert.known = None, seen
    alert.due_at = due_of(alert)
    db.session.flush()


def seen_at(watch: str, address: str) -> bytes:
    """Return what an address finds now, packed; read before an action, which holds the write lock
    for as long as it lasts. Raises Busy."""
    if watch == Watch.ENTRY:
        found = reader().entry(address)
        return packing.pack(facts_of(found, []) if found else {})
    return packing.pack_keys(rules.to_keep(reader().matches(address), ()))


def due_of(alert: Alert) -> datetime | None:
    """Return when an alert is looked at next by the clock; a saved entry every morning."""
    rhythm = Rhythm.DAILY if alert.watch == Watch.ENTRY else Rhythm(alert.rhythm)
    return rules.next_due(rhythm, clock.now(), clock.city_zone())


def facts_of(found: EntryFacts, warned: list[int]) -> dict[str, Any]:
    """Return what is kept of a saved entry, to be compared with later."""
    return {
        "said": found.said,
        "life": found.life,
        "withdrawn": found.withdrawn,
        "closes_on": found.closes_on.isoformat() if found.closes_on else None,
        "warned": warned,
    }


def confirm(alert: Alert) -> None:
    """Begin a visitor's alert; confirming twice changes nothing. Raises Refused, Busy."""
    begin_from(alert, Standing.UNCONFIRMED, seen_at(alert.watch, alert.address))


@action
def begin_from(alert: Alert, standing: Standing, seen: bytes) -> None:
    """Begin, or go on with, an alert that stands so. Raises Refused for one that was stopped."""
    check_not_ended(alert)
    if alert.standing == standing:
        begin(alert, seen)


@action
def change_rhythm(alert: Alert, rhythm: Rhythm) -> None:
    """Tell in another rhythm. Raises Refused for an alert that was stopped."""
    check_not_ended(alert)
    set_rhythm(alert, rhythm)


def set_rhythm(alert: Alert, rhythm: Rhythm) -> None:
    """Set the rhythm and, while the alert is active, when to look next."""
    alert.rhythm = rhythm
    if alert.standing == Standing.ACTIVE:
        alert.due_at = due_of(alert)


@action
def mute(alert: Alert) -> None:
    """Pause: nothing is sent and nothing is kept to be sent later. Raises Refused."""
    check_not_ended(alert)
    if alert.standing == Standing.ACTIVE:
        alert.muted_at, alert.due_at = clock.now(), None


def unmute(alert: Alert) -> None:
    """Go on with what is new from now. Raises Refused, Busy."""
    begin_from(alert, Standing.MUTED, seen_at(alert.watch, alert.address))


@action
def stop(alert: Alert) -> None:
    """Stop an alert and forget the address it wrote to; stopping twice changes nothing."""
    if alert.ended_at is None:
        alert.ended_at = clock.now()
        alert.due_at, alert.mail, alert.known = None, "", b""


def check_not_ended(alert: Alert) -> None:
    """Raise Refused for an alert that was stopped."""
    if alert.ended_at is not None:
        raise Refused(_("This alert was stopped: save the search again to be told anew"))


WAITING = (
    Alert.due_at.is_(None),
    Alert.confirmed_at.is_not(None),
    Alert.muted_at.is_(None),
    Alert.ended_at.is_(None),
)


def wake() -> None:
    """Have the alerts that are told at once looked at: something public has changed. Where none
    waits, no writer has to make room."""
    waits = db.session.scalar(select(exists().where(*WAITING)))
    db.session.rollback()
    if waits:
        look_soon()


@action
def look_soon() -> None:
    """Set the time at which each waiting alert is looked at."""
    now = clock.now()
    long_ago = or_(Alert.told_at.is_(None), Alert.told_at <= now - rules.BETWEEN)
    for which, due in ((long_ago, now + rules.GATHERED), (~long_ago, now + rules.BETWEEN)):
        db.session.execute(update(Alert).where(*WAITING, which).values(due_at=due))


@action
def forget_person(person: Person) -> None:
    """Delete a person's alerts: part of deleting an account."""
    db.session.execute(delete(Alert).where(Alert.person_id == person.id))


@action
def forget_spent() -> None:
    """Delete what was never confirmed in time, and what was stopped long ago."""
    now = clock.now()
    never = (Alert.confirmed_at.is_(None), Alert.created_at < now - rules.TO_CONFIRM)
    db.session.execute(delete(Alert).where(*never))
    db.session.execute(delete(Alert).where(Alert.ended_at < now - rules.KEPT_ENDED))
