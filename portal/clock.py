"""The only reader of the wall clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_offset = timedelta(0)
_zone = ZoneInfo("UTC")
_standing: datetime | None = None


def set_clock(rehearsed_now: str, time_zone: str) -> None:
    """Set the city's time zone and, for rehearsals, an ISO moment from which time runs on.

    A rehearsed moment without an offset is read in the city's time zone.
    Raises ValueError when it is not an ISO moment.
    """
    global _offset, _zone
    _zone = ZoneInfo(time_zone)
    _offset = timedelta(0)
    if rehearsed_now:
        moment = datetime.fromisoformat(rehearsed_now)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_zone)
        _offset = moment - datetime.now(timezone.utc)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at an aware moment, for loading a demonstration's past."""
    global _standing
    _standing = moment
    try:
        yield
    finally:
        _standing = None


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _standing or datetime.now(timezone.utc) + _offset


def today() -> date:
    """Return the city's calendar date."""
    return now().astimezone(_zone).date()


def city_zone() -> ZoneInfo:
    """Return the city's time zone."""
    return _zone


def next_midnight() -> datetime:
    """Return the coming midnight of the city, aware."""
    tomorrow = today() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=_zone)
