"""When an alert is due, and what of a saved entry is worth telling."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.alerts.terms import News, Rhythm

MOST_PER_READER = 30
MOST_KNOWN = 10_000  # matches of a kind an alert keeps as seen: some 15 kB
TO_CONFIRM = timedelta(days=7)  # then an unconfirmed alert is forgotten
KEPT_ENDED = timedelta(days=90)  # so that a link used twice still says what became of it
GATHERED = timedelta(minutes=1)  # changes of a burst are told together
BETWEEN = timedelta(minutes=10)  # between two messages of one alert
RETRY = timedelta(minutes=10)  # when the search does not answer
MORNING = time(8)  # of the city
DAYS_BEFORE = (7, 1)  # before a saved entry closes
MONDAY = 0
OVER = "expired"


def next_morning(now: datetime, zone: ZoneInfo, *, weekly: bool) -> datetime:
    """Return the coming morning, or that of the coming Monday, in the city's time."""
    local = now.astimezone(zone)
    day = local.date()
    if local.time() >= MORNING:
        day += timedelta(days=1)
    if weekly:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, MORNING, zone)


def next_due(rhythm: Rhythm, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when an alert is looked at next; None for one that waits for a change."""
    if rhythm == Rhythm.IMMEDIATE:
        return None
    return next_morning(now, zone, weekly=rhythm == Rhythm.WEEKLY)


def wake_at(now: datetime, told_at: datetime | None) -> datetime:
    """Return when an alert that is told at once is looked at after a change."""
    earliest = now + GATHERED
    return earliest if told_at is None else max(earliest, told_at + BETWEEN)


def news_of(before: Mapping[str, Any], now: Mapping[str, Any], today: date) -> list[News]:
    """Return what has happened to a saved entry since it was last looked at.

    Both hold `said` (digest of its wording), `life`, `withdrawn` and `closes_on` (ISO or None);
    `before` also the days before closing already told as `warned`, with the closing date.
    """
    if now["withdrawn"]:
        return [] if before["withdrawn"] else [News.WITHDRAWN]
    found = [News.CORRECTED] if now["said"] != before["said"] else []
    if now["life"] not in (before["life"], OVER):  # its last day was announced
        found.append(News.MOVED_ON)
    if warning(before, now, today) is not None:
        found.append(News.CLOSING)
    return found


def warning(before: Mapping[str, Any], now: Mapping[str, Any], today: date) -> int | None:
    """Return the days before closing of which to warn today, None for no warning.

    A morning that was missed is made good by the next, while the entry is still open.
    """
    if not now["closes_on"] or now["life"] != "open":
        return None
    left = (date.fromisoformat(now["closes_on"]) - today).days
    reached = [days for days in DAYS_BEFORE if 0 <= left <= days]
    told = before["warned"] if before["closes_on"] == now["closes_on"] else []
    return min(reached) if reached and min(reached) not in told else None


def unseen(found: Sequence[str], known: Collection[str]) -> list[str]:
    """Return which matches nobody was told of. `found` is newest first within each kind.

    Of a kind of which as many are known as are kept, only the newest are known: what is older
    than all of those is taken as seen, since nobody can tell.
    """
    new: list[str] = []
    for kind, keys in by_kind(found).items():
        seen = {key for key in known if kind_of(key) == kind}
        last = len(keys)
        if len(seen) >= MOST_KNOWN:
            last = max((place + 1 for place, key in enumerate(keys) if key in seen), default=0)
        new += [key for key in keys[:last] if key not in seen]
    return new


def to_keep(found: Sequence[str], known: Collection[str]) -> set[str]:
    """Return what is known once all of `found` is told: everything that was ever seen, of a kind
    with more than MOST_KNOWN the newest so many that are found now."""
    kept: set[str] = set()
    now, before = by_kind(found), by_kind(sorted(known))
    for kind in now.keys() | before.keys():
        seen = dict.fromkeys([*now.get(kind, ()), *before.get(kind, ())])
        kept.update(list(seen)[:MOST_KNOWN])
    return kept


def by_kind(keys: Sequence[str]) -> dict[str, list[str]]:
    """Return keys such as `entry:12` by kind, in their order."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(kind_of(key), []).append(key)
    return found


def kind_of(key: str) -> str:
    """Return the kind of record a key names."""
    return key.partition(":")[0]
