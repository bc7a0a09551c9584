"""Playing a demonstration's past in the order in which it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from portal import clock
from portal.database import transaction

OFFICE_OPENS = time(9, 0)


@dataclass
class History:
    """Acts with the day they belong to; `play` runs each under the clock of its own minute."""

    acts: list[tuple[date, int, Callable[[], None]]] = field(default_factory=list)

    def on(self, day: date, act: Callable[[], None]) -> None:
        """Add an act; acts of one day happen in the order in which they were added."""
        self.acts.append((min(day, clock.today()), len(self.acts), act))

    def play(self) -> None:
        """Run every act, oldest first, each as one transaction."""
        moment: datetime | None = None
        latest = clock.now()
        for day, _order, act in sorted(self.acts, key=lambda item: item[:2]):
            opening = datetime.combine(day, OFFICE_OPENS, tzinfo=clock.city_zone())
            moment = max(opening, moment + timedelta(minutes=1)) if moment else opening
            with clock.at(min(moment, latest)), transaction():
                act()
