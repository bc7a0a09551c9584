"""The demonstration's figures, evidence, places, products, needs and named contacts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal import files
from portal.accounts.keys import digest_of
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.enterprises.actions import chain_items, presence
from portal.enterprises.actions.contacts import ask_contact, confirm_contact
from portal.enterprises.actions.evidence import add_evidence
from portal.enterprises.actions.figure_checking import Said, check_figure
from portal.enterprises.actions.figures import record_figures, show_figures
from portal.enterprises.models import Metric
from portal.enterprises.queries.figures import figures_version, metrics
from portal.enterprises.rules.figure_values import Value
from portal.enterprises.terms.figures import Kind, Source
from portal.enterprises.terms.presence import SiteKind, Way
from portal.extensions import db
from portal.messages.models import Message
from portal.taxonomy.queries import find_term, get_term
from portal.taxonomy.terms import Scheme

STATED = (5, 10)  # month and day by which a year's figures are stated
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 150]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


class FactSheet:
    """Plans what one enterprise states, shows and proves."""

    def __init__(self, item: dict[str, Any], registry: Registry, folder: Path) -> None:
        self.item = item
        self.uscc = item["enterprise"]
        self.registry = registry
        self.folder = folder

    def plan(self, history: History, admitted_on: date) -> None:
        """Put each year's figures after that year and the admission, the rest right after it."""
        after = admitted_on + timedelta(days=2)
        history.on(after, self.say_where_and_what)
        for year, values in sorted(self.item.get("years", {}).items()):
            day = max(date(year + 1, *STATED), after)
            history.on(day, lambda y=year, v=values: self.state(y, v))  # type: ignore[misc]
        if self.item.get("undated"):
            history.on(after, lambda: self.state(None, self.item["undated"]))
        for check in self.item.get("checked", []):
            day = max(date(check["year"] + 1, *STATED) + timedelta(days=20), after)
            history.on(day, lambda c=check: self.check(c))  # type: ignore[misc]

    def state(self, year: int | None, values: Mapping[str, Any]) -> None:
        """State a year's figures, with the documents behind them, and show those chosen."""
        firm, owner = get_registered(self.uscc), self.registry.owner(self.uscc)
        every = metrics()
        typed = {code: typed_value(every[code], value) for code, value in values.items()}
        as_of = date(year, 12, 31) if year else firm.updated_at.date()
        notes = self.item.get("notes", {}).get(year, {})
        version = figures_version(firm, year)
        record_figures(owner, firm, year, typed, Source.SELF_DECLARED, as_of, version, notes)
        shown = set(self.item.get("shown", ())) & typed.keys()
        show_figures(owner, firm, year, typed.keys(), shown)
        for proof in self.item.get("evidence", []):
            if proof.get("year") == year:
                self.prove(proof)

    def prove(self, proof: Mapping[str, Any]) -> None:
        """Keep a small document for a figure or field."""
        firm, owner = get_registered(self.uscc), self.registry.owner(self.uscc)
        with files.receiving(
            self.folder, io.BytesIO(PDF), proof["name"], field="proof"
        ) as received:
            add_evidence(owner, firm, proof["purpose"], received)

    def check(self, item: Mapping[str, Any]) -> None:
        """Have the reviewer check a figure against its document."""
        firm, metric = get_registered(self.uscc), metrics()[item["metric"]]
        value = typed_value(metric, item["value"])
        said = Said(value, Source(item["source"]), date(item["year"], 12, 31), item["note"])
        version = figures_version(firm, item["year"])
        officer = self.registry.people["reviewer"]
        check_figure(officer, firm, (item["metric"], item["year"]), said, version)

    def say_where_and_what(self) -> None:
        """Enter places, products, needs and the people to be named."""
        firm, owner = get_registered(self.uscc), self.registry.owner(self.uscc)
        for site in self.item.get("sites", []):
            district = get_term(Scheme.DISTRICT, site["district"])
            zones = tuple(get_term(Scheme.ZONE, slug) for slug in site.get("zones", []))
            kind = SiteKind(site["kind"])
            place = presence.Place(kind, site["address"], district, zones, site.get("since"))
            presence.add_site(owner, firm, place)
        for way in Way:
            for entry in self.item.get(way, []):
                node = find_term(Scheme.NODE, entry.get("node"))
                thing = chain_items.Thing(way, entry["name"], entry.get("what", ""), node)
                chain_items.add_item(owner, firm, thing)
        for contact in self.item.get("contacts", []):
            said = (contact["name"], contact["post"], contact["address"], contact["purpose"])
            ask_contact(owner, firm, *said)
            if contact.get("confirmed"):
                confirm_contact(digest_of(last_token()))


def last_token() -> str:
    """Return the token of the link sent last: in a demonstration the person agrees at once."""
    message = db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
    return str(message.values["token"])


def typed_value(metric: Metric, value: Any) -> Value:
    """Return a fixture's value as the metric's kind has it."""
    return Decimal(str(value)) if metric.kind == Kind.DECIMAL else value


def plan_facts(
    history: History, items: list[dict[str, Any]], registry: Registry, folder: Path, firms: Any
) -> None:
    """Put the facts of the sample enterprises into the history."""
    admitted = {firm["uscc"]: firm["decided_on"] for firm in firms if firm["state"] == "active"}
    for item in items:
        FactSheet(item, registry, folder).plan(history, admitted[item["enterprise"]])
