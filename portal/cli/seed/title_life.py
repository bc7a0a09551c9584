"""The demonstration's titles after they were recorded: claimed, listed, suspended, revoked."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from portal import clock, files
from portal.classification.actions import claiming, standing
from portal.classification.actions import official_lists as lists
from portal.classification.actions.reminders import remind_of_titles
from portal.classification.models.titles import Title
from portal.classification.official_lists.judging import Source
from portal.classification.official_lists.reading import PASTED
from portal.classification.official_lists.running import run_slice
from portal.classification.queries.standing import find_open
from portal.classification.queries.titles import get_title_kind, titles_of
from portal.classification.rules.standing import Asked
from portal.classification.rules.titles import TitleFacts
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.cli.seed.standing import ago
from portal.database import transaction

Item = dict[str, Any]
REMINDED = (150, 60, 3)  # days ago on which the night's reminders are played


class TitleLife:
    """Plans what became of titles. `folder` takes the evidence, `evidence` is its sample."""

    def __init__(self, registry: Registry, folder: Path, evidence: Path) -> None:
        self.registry, self.folder, self.evidence = registry, folder, evidence
        self.people = registry.people

    def plan(self, history: History, content: dict[str, list[Item]]) -> None:
        """Put everything into the history."""
        for item in content["claims"]:
            history.on(ago(item["claimed"]), partial(self.claim, item))
        for item in content["lists"]:
            history.on(ago(item["read"]), partial(self.hand_in, item))
        for item in content["standing"]:
            history.on(ago(item["asked"]), partial(self.ask, item))
            if "decided" in item:
                history.on(ago(item["decided"]), partial(self.consent, item))
        for days in REMINDED:
            history.on(ago(days), remind_of_titles)

    def claim(self, item: Item) -> None:
        """Claim a title as the owner, with the sample evidence."""
        granted = ago(item["granted"], since=item["claimed"])
        facts = TitleFacts(
            level=item["level"],
            number=item["number"],
            batch=item["batch"],
            granted_on=granted,
            source_date=granted,
            **{f"source_{name}": text for name, text in item["source"].items()},
        )
        owner, enterprise = self.registry.owner(item["enterprise"]), item["enterprise"]
        with (
            self.evidence.open("rb") as stream,
            files.receiving(self.folder, stream, "资质证书（示例）.pdf", field="proof") as got,
        ):
            kind = get_title_kind(item["kind"])
            claiming.claim_title(owner, get_registered(enterprise), kind, facts, got)

    def hand_in(self, item: Item) -> None:
        """Hand a list in and put its exact rows on record."""
        officer = self.people[item["by"]]
        granted = ago(item["granted"], since=item["read"])
        source = Source(
            source_date=granted,
            batch=item["batch"],
            **{f"source_{name}": text for name, text in item["source"].items()},
        )
        lines = ["序号,企业名称,统一社会信用代码"]
        lines += [f"{row['place']},{row['name']},{row.get('uscc', '')}" for row in item["rows"]]
        content = io.BytesIO("\n".join(lines).encode())
        kind = get_title_kind(item["kind"])
        allowed = files.SHEETS
        with (
            files.receiving(self.folder, content, PASTED, field="file", allowed=allowed) as got,
            transaction(),
        ):
            language = officer.language
            official = lists.hand_in(officer, kind, source, got, language=language, is_pasted=True)
        self.work_through(official.id)
        lists.record_list(officer, official, official.version)
        self.work_through(official.id)

    def work_through(self, list_id: int) -> None:
        """Do the worker's part of a list at once, on the day of the demonstration it belongs to."""
        while run_slice(list_id, self.folder):
            pass

    def ask(self, item: Item) -> None:
        """Ask for a suspension or revocation from the day itself."""
        title, today = title_of(item), clock.today()
        barred = today + timedelta(days=item["barred_days"]) if "barred_days" in item else None
        asked = Asked(item["act"], today, item["ground"], barred)
        standing.ask(self.people[item["by"]], title, title.version, asked)

    def consent(self, item: Item) -> None:
        """Consent as the second officer."""
        asked = find_open(title_of(item).id)
        assert asked is not None
        standing.consent(self.people[item["consented_by"]], asked, asked.version)


def title_of(item: Item) -> Title:
    """Return the title of that kind which counts today."""
    enterprise = get_registered(item["enterprise"])
    return next(
        held.title
        for held in titles_of(enterprise.id)
        if held.title.kind.slug == item["kind"] and held.counts
    )
