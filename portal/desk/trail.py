"""The trail for auditors: searched by person, enterprise, act and days, and exported.

An auditor reads everything, an administrator what concerns people's rights only. Names of people
are shown beside their numbers on the page; the export holds numbers alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from flask import Response, render_template, request

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.bureau_views.frame import people_in
from portal.accounts.queries.officers import names_of_people
from portal.accounts.queries.people import rights_of
from portal.accounts.terms import RIGHT_ACTS, Right
from portal.audit import search
from portal.audit.models import AuditEvent
from portal.audit.search import TrailFilter
from portal.desk.exports import record_export
from portal.desk.trail_names import act_name, kind_name
from portal.desk.trail_words import both_in_words, words_for
from portal.enterprises.queries.records import ids_with_code
from portal.enterprises.rules.uscc import clean
from portal.web.csv import csv_response

COLUMNS = (
    "line",
    "at",
    "actor",
    "person",
    "acting for",
    "office",
    "act",
    "row",
    "number",
    "changes",
    "note",
    "digest",
    "act in words",
    "changes in words",
)
NUMBERS = 2**31


@dataclass(frozen=True)
class Asked:
    """What the filter form says, as typed."""

    person: str = ""
    enterprise: str = ""
    act: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    def in_force(self) -> dict[str, str]:
        """Return what is not empty."""
        return {name: value for name, value in vars(self).items() if value}


@officer(Right.AUDIT, Right.ADMINISTER)
def trail() -> str:
    """Show one page of the lines asked for."""
    asked = asked_for()
    only = readable_acts()
    before = number(request.args.get("before", ""))
    events = list(search.page(wanted(asked, only), before))
    shown, more = events[: search.SIZE], len(events) > search.SIZE
    return render_template(
        "desk/trail.html",
        asked=asked,
        events=shown,
        older=shown[-1].id if more else None,
        named=names_of_people(people_in(shown)),
        acts=[(act, act_name(act)) for act in search.acts(only)],
        kinds=[(kind, kind_name(kind)) for kind in search.kinds()],
        kind_name=kind_name,
        words=words_for(shown),
        is_auditor=only is None,
    )


@officer(Right.AUDIT)
def export_trail() -> Response:
    """Send the lines asked for as CSV; the export and its filter stand in the trail."""
    asked = asked_for()
    record_export(person(), asked.in_force())
    name = f"trail-{clock.today().isoformat()}.csv"
    return csv_response(name, COLUMNS, rows(wanted(asked, None)))


def asked_for() -> Asked:
    """Return what the request's filter says."""
    return Asked(**{name: request.values.get(name, "").strip()[:60] for name in vars(Asked())})


def readable_acts() -> tuple[str, ...] | None:
    """Return the acts this officer may read, None for all."""
    held = {right.right for right in rights_of(person())}
    return None if Right.AUDIT in held else RIGHT_ACTS


def wanted(asked: Asked, only: tuple[str, ...] | None) -> TrailFilter:
    """Return the filter over the trail; what cannot be understood finds nothing."""
    ids = ids_with_code(clean(asked.enterprise)) if asked.enterprise else None
    return TrailFilter(
        person_id=(number(asked.person) or 0) if asked.person else None,
        subject_kind="enterprise" if ids is not None else asked.kind,
        subject_ids=ids,
        act=asked.act,
        since=midnight(asked.since),
        until=midnight(asked.until, days=1),
        only=only,
    )


def number(text: str) -> int | None:
    """Return a row's number, None for what is none."""
    plain = text.isascii() and text.isdigit()
    return int(text) if plain and int(text) < NUMBERS else None


def midnight(text: str, days: int = 0) -> datetime | None:
    """Return the city's midnight at the beginning of a day (and so many days later), or None."""
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time(), tzinfo=clock.city_zone())


def rows(filtered: TrailFilter) -> Iterator[tuple[object, ...]]:
    """Yield the export's rows: numbers of people, never names; codes, and what they are called."""
    lines = search.every_line(filtered)
    while batch := list(islice(lines, search.BATCH)):
        words = words_for(batch)
        for event in batch:
            yield (*row(event), *both_in_words(event, words))


def row(event: AuditEvent) -> tuple[object, ...]:
    """Return one line of the trail as it is kept."""
    return (
        event.id,
        event.at.isoformat(timespec="seconds"),
        event.actor_kind,
        event.actor_id,
        (event.changes.get("acting_for") or ("", ""))[1],
        event.office,
        event.act,
        event.subject_kind,
        event.subject_id,
        json.dumps(event.changes, ensure_ascii=False, sort_keys=True),
        event.note,
        event.digest,
    )
