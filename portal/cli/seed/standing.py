"""The demonstration's records after admission: confirmed, suspended, removed, merged, changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from portal import clock, files
from portal.casework import Matter, Stage, find_case
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.enterprises.actions import change_reviews, changes, confirmation, merges, standing
from portal.enterprises.models import ChangeRequest, Enterprise, Merge, StandingRequest
from portal.enterprises.queries.changes import find_open_change
from portal.enterprises.queries.merges import find_open_merge
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.queries.standing import find_open
from portal.enterprises.rules.durations import months_later
from portal.enterprises.rules.states import LOCKED
from portal.enterprises.terms.changes import Verdict
from portal.enterprises.terms.standing import Act

Item = dict[str, Any]
ASKED_AGAIN = timedelta(days=4)  # after which most enterprises have confirmed
NIGHTS = (75, 60, 30, 20, 14, 7, 1)  # days ago on which the night's work is played


class Standing:
    """Plans what became of records. `folder` takes the evidence, `evidence` is its sample."""

    def __init__(self, registry: Registry, folder: Path, evidence: Path) -> None:
        self.registry, self.folder, self.evidence = registry, folder, evidence
        self.people = registry.people

    def plan(self, history: History, items: dict[str, Any], firms: list[Item]) -> None:
        """Put everything into the history."""
        self.registry.plan(history, items["enterprises"])
        gone = {item["enterprise"] for item in items["standing"]}
        gone |= {item["merged"] for item in items["merges"]}
        last = items["confirmed_days_ago"]
        for firm in [*firms, *items["enterprises"]]:
            if firm["state"] == "active" and firm["uscc"] not in gone:
                self.plan_confirmations(history, firm, last.get(firm["uscc"]))
        for days in NIGHTS:
            history.on(ago(days), confirmation.ask_for_confirmations)
        for item in items["standing"]:
            history.on(ago(item["asked"]), partial(self.ask, item))
            history.on(ago(item["decided"]), partial(self.consent, item))
        for item in items["merges"]:
            history.on(ago(item["asked"]), partial(self.propose, item))
            history.on(ago(item["decided"]), partial(self.merge, item))
        for item in items["changes"]:
            history.on(ago(item["reported"]), partial(self.report, item))
            if "decided" in item:
                history.on(ago(item["decided"]), partial(self.accept, item))
        for item in items["unreported"]:
            history.on(ago(item["noted"]), partial(self.note, item))

    def plan_confirmations(self, history: History, firm: Item, days_ago: int | None) -> None:
        """Let an enterprise confirm each year, for the last time so many days ago if given."""
        day = firm.get("decided_on") or clock.today()
        until = clock.today() if days_ago is None else ago(days_ago)
        while (day := months_later(day, 12) + ASKED_AGAIN) <= until:
            history.on(day, partial(self.confirm, firm["uscc"]))
        if days_ago is not None:
            history.on(until, partial(self.confirm, firm["uscc"]))

    def confirm(self, uscc: str) -> None:
        """Confirm a record as its owner."""
        enterprise = get_registered(uscc)
        confirmation.confirm(self.registry.owner(uscc), enterprise, enterprise.version)

    def ask(self, item: Item) -> None:
        """Ask for an act as the city's reviewer."""
        enterprise = get_registered(item["enterprise"])
        standing.ask(
            self.people["reviewer"],
            enterprise,
            enterprise.version,
            Act(item["act"]),
            kind=item.get("kind", ""),
            ground=item["ground"],
        )

    def consent(self, item: Item) -> None:
        """Consent as the second reviewer, after the enterprise could answer."""
        asked = find_open(get_registered(item["enterprise"]).id)
        assert isinstance(asked, StandingRequest)
        standing.consent(self.people["second-reviewer"], asked, asked.version)

    def propose(self, item: Item) -> None:
        """Propose a merge as the city's reviewer."""
        survivor, merged = get_registered(item["survivor"]), get_registered(item["merged"])
        merges.propose(
            self.people["reviewer"],
            survivor,
            merged,
            survivor.version,
            chosen=item["take"],
            ground=item["ground"],
        )

    def merge(self, item: Item) -> None:
        """Consent to a merge as the second reviewer."""
        found = find_open_merge(get_registered(item["survivor"]).id)
        assert isinstance(found, Merge)
        merges.consent(self.people["second-reviewer"], found, found.version)

    def report(self, item: Item) -> None:
        """Report a change with the sample evidence, as the owner."""
        enterprise = get_enterprise(get_registered(item["enterprise"]).id)
        told = changes.Report(
            new_values(enterprise, item["values"]),
            ago(item["effective"], since=item["reported"]),
            item["reason"],
            item["explanation"],
        )
        owner = self.registry.owner(item["enterprise"])
        with (
            self.evidence.open("rb") as stream,
            files.receiving(self.folder, stream, "变更通知书（示例）.pdf", field="evidence") as got,
        ):
            changes.report(owner, enterprise, enterprise.version, told, got)

    def accept(self, item: Item) -> None:
        """Accept a change, in the district first where it begins there."""
        enterprise = get_registered(item["enterprise"])
        change = find_open_change(enterprise.id)
        assert isinstance(change, ChangeRequest)
        case = find_case(Matter.IDENTITY_CHANGE, ChangeRequest.__tablename__, change.id)
        assert case is not None
        if case.stage == Stage.FIRST_REVIEW and enterprise.district is not None:
            self.decide(change, f"{enterprise.district.slug}-reviewer")
        self.decide(change, "reviewer")

    def decide(self, change: ChangeRequest, key: str) -> None:
        """Accept a change as one officer."""
        change_reviews.decide(
            self.people[key], change, change.version, Verdict.ACCEPT, reasons={}, ground=""
        )

    def note(self, item: Item) -> None:
        """Note a change that was not reported, as the city's reviewer."""
        change_reviews.note_unreported(
            self.people["reviewer"],
            get_registered(item["enterprise"]),
            reason=item["reason"],
            effective_on=ago(item["effective"], since=item["noted"]),
            hint=item["hint"],
        )


def ago(days: int, *, since: int = 0) -> date:
    """Return the day so many days before today; `since` days ago the clock stands already."""
    return clock.today() - timedelta(days=days - since)


def new_values(enterprise: Enterprise, changed: Item) -> Item:
    """Return all locked facts of a record with some changed, amounts as Decimal."""
    values = {name: getattr(enterprise, name) for name in LOCKED}
    if "registered_capital" in changed:
        changed = changed | {"registered_capital": Decimal(str(changed["registered_capital"]))}
    return values | changed
