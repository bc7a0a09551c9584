"""The demonstration's units of a call: named, told, handing in, forwarding, reopened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from portal import files
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.cli.seed.standing import ago
from portal.lists.actions import submissions, units
from portal.lists.actions.forwarding import forward
from portal.lists.models import AddresseeUnit, Release
from portal.lists.queries.editions import find_edition, get_release
from portal.lists.queries.entries import entries_of_record
from portal.lists.queries.units import find_unit, get_unit
from portal.taxonomy.queries import get_department

Item = dict[str, Any]


class Submissions:
    """Plans what units did. `folder` takes the scans, `scan` is their sample."""

    def __init__(self, registry: Registry, folder: Path, scan: Path) -> None:
        self.people, self.folder, self.scan = registry.people, folder, scan

    def plan(self, history: History, calls: list[Item]) -> None:
        """Put everything into the history."""
        for call in calls:
            for item in call["units"]:
                history.on(ago(item["named"]), partial(self.name, call, item))
                for each in item.get("forwarded", ()):
                    history.on(ago(each["days"]), partial(self.forward, call, item, each))
                for what, act in (
                    ("entries", self.hand_in),
                    ("nil", self.return_nil),
                    ("reopened", self.reopen),
                ):
                    if what in item:
                        history.on(ago(item[what]), partial(act, call, item))

    def release(self, call: Item) -> Release:
        """Return the release of a call."""
        edition = find_edition(call["year"], call["kind"])
        if edition is None:
            raise LookupError(f"there is no {call['kind']} edition of {call['year']}")
        return get_release(edition.releases[call["release"] - 1].id)

    def unit(self, call: Item, item: Item) -> AddresseeUnit:
        """Return a unit as it is now."""
        found = find_unit(self.release(call).id, get_department(item["body"]).id)
        if found is None:
            raise LookupError(f"{item['body']} is no unit of the call")
        return get_unit(found.id)

    def name(self, call: Item, item: Item) -> None:
        """Address the call to a body."""
        last = None if item["last_day"] is None else ago(item["last_day"], since=item["named"])
        body = get_department(item["body"])
        curator = self.people["curator"]
        units.add_units(curator, self.release(call), [body], item["expected"], last)

    def hand_in(self, call: Item, item: Item) -> None:
        """Hand in what the unit has written."""
        unit = self.unit(call, item)
        with (
            self.scan.open("rb") as stream,
            files.receiving(self.folder, stream, "盖章报送件（示例）.pdf", field="scan") as scan,
        ):
            submissions.hand_in(self.people["sender"], unit, unit.version, scan)

    def return_nil(self, call: Item, item: Item) -> None:
        """Hand in a nil return."""
        unit = self.unit(call, item)
        submissions.hand_in_nil(self.people["sender"], unit, unit.version, item["ground"])

    def forward(self, call: Item, item: Item, opinion: Item) -> None:
        """Forward what an enterprise sent in for the call."""
        unit, firm = self.unit(call, item), get_registered(opinion["enterprise"])
        for entry in entries_of_record(firm.id):
            if entry.release_id == unit.release_id:
                forward(
                    self.people["sender"],
                    unit,
                    entry,
                    entry.version,
                    supported=opinion["supported"],
                    ground=opinion["ground"],
                )

    def reopen(self, call: Item, item: Item) -> None:
        """Let a unit hand in late."""
        unit, until = self.unit(call, item), ago(item["until"], since=item["reopened"])
        units.reopen_unit(self.people["curator"], unit, unit.version, until, item["reason"])
