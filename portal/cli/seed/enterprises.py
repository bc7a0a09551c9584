"""The demonstration's enterprises: registered, verified and given their titles as people do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions.certificates import issue
from portal.classification.actions.titles import record_title, take_over_title
from portal.classification.queries.titles import get_title_kind
from portal.classification.rules.titles import TitleFacts
from portal.cli.seed.history import History
from portal.cli.seed.reading import columns
from portal.enterprises.actions import registration, review
from portal.enterprises.facts import TERM_FIELDS
from portal.enterprises.models import Enterprise, EnterpriseName
from portal.enterprises.queries.records import find_taken, get_enterprise
from portal.enterprises.terms.record import STEP_FIELDS, Decision, Step
from portal.extensions import db
from portal.taxonomy.queries import find_term, terms
from portal.taxonomy.terms import Scheme

DECISIONS = {"active": Decision.ADMIT, "returned": Decision.RETURN, "refused": Decision.REFUSE}
RECORDED_AFTER = timedelta(days=7)
TEXTS = ("products", "introduction", "website", "office", "landline", "contact_name")


class Registry:
    """Plans the registration of every enterprise and answers who acts for it."""

    def __init__(self, people: Mapping[str, Person], members: list[dict[str, Any]]) -> None:
        self.people = people
        self.entries: dict[str, int] = {}  # of the lists, by key: what later ones carry on
        self.owners = {
            membership["enterprise"]: people[item["key"]]
            for item in members
            for membership in item.get("memberships", [])
            if membership["role"] == "owner"
        }

    def owner(self, uscc: str) -> Person:
        """Return who acts for an enterprise."""
        return self.owners.get(uscc, self.people["registrar"])

    def plan(self, history: History, items: list[dict[str, Any]]) -> None:
        """Put registrations and decisions into the history."""
        for item in items:
            submitted = item.get("submitted_on") or clock.today()
            history.on(submitted, lambda item=item: self.register(item))  # type: ignore[misc]
            if item["state"] in DECISIONS:
                decided = item.get("decided_on") or submitted
                if self.is_passed_on(item):
                    first = submitted + (decided - submitted) // 2
                    history.on(first, lambda item=item: self.pass_on(item))  # type: ignore[misc]
                history.on(decided, lambda item=item: self.decide(item))  # type: ignore[misc]

    def register(self, item: dict[str, Any]) -> None:
        """Fill in every step and, unless it stays a draft, submit."""
        owner = self.owner(item["uscc"])
        enterprise = registration.start_draft(owner, is_sample=True)
        fill_in(owner, enterprise, item)
        for name in item.get("former_names", []):
            kept = EnterpriseName(enterprise_id=enterprise.id, name=name, recorded_at=clock.now())
            db.session.add(kept)
        if item["state"] != "draft":
            registration.submit(owner, get_enterprise(enterprise.id), enterprise.version)

    def is_passed_on(self, item: dict[str, Any]) -> bool:
        """Say whether the district passed a registration on before the decision."""
        local = f"{item['district']}-reviewer"
        decision = item.get("decision") or {}
        return local in self.people and decision.get("reviewed_by") != local

    def pass_on(self, item: dict[str, Any]) -> None:
        """Have the district's officer pass a registration on to the city."""
        enterprise = get_registered(item["uscc"])
        review.decide(
            self.people[f"{item['district']}-reviewer"],
            enterprise,
            enterprise.version,
            Decision.PASS,
            reasons={},
            ground="登记信息与营业执照一致。",
        )

    def decide(self, item: dict[str, Any]) -> None:
        """Have the officer named in the fixture, or the city's reviewer, decide."""
        enterprise = get_registered(item["uscc"])
        decision = item.get("decision") or {}
        review.decide(
            self.people[decision.get("reviewed_by", "reviewer")],
            enterprise,
            enterprise.version,
            DECISIONS[item["state"]],
            reasons=decision.get("fields", {}),
            ground=decision.get("ground", ""),
        )


def fill_in(actor: Person, enterprise: Enterprise, item: dict[str, Any]) -> None:
    """Save every step as the fixture has it."""
    values = values_of(item)
    for step in Step:
        part = {name: values.get(name) for name in STEP_FIELDS[step]}
        registration.save_step(actor, enterprise, step, part, enterprise.version)


def values_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return a fixture row as the values of the steps."""
    chosen = set(item.get("pillars", []))
    values: dict[str, Any] = {
        "uscc": item["uscc"],
        "name": item["name_zh"],
        "name_en": item.get("name_en", ""),
        "established_on": item.get("established_on"),
        "registered_capital": amount(item.get("registered_capital")),
        "pillars": [term for term in terms(Scheme.PILLAR) if term.slug in chosen],
        "contact_phone": item.get("contact_phone", ""),
    }
    values |= {name: find_term(Scheme(name), item.get(name)) for name in TERM_FIELDS}
    return values | {name: item.get(name) or "" for name in TEXTS}


def amount(value: Any) -> Decimal | None:
    """Return an amount in 万元, None where nothing is given."""
    return None if value is None else Decimal(str(value))


def get_registered(uscc: str) -> Enterprise:
    """Return the record that holds a code; the fixtures have been loaded in order."""
    enterprise = find_taken(uscc)
    if enterprise is None:
        raise LookupError(f"{uscc} is not registered yet")
    return enterprise


def plan_titles(
    history: History, items: list[dict[str, Any]], people: Mapping[str, Person]
) -> None:
    """Put the recordings into the history: a week after the source, once the firm is admitted."""
    for item in sorted(items, key=lambda item: item["granted_on"]):
        day = item["source"]["date"] + RECORDED_AFTER
        history.on(max(day, item["admitted_on"]), lambda item=item: enter_title(item, people))  # type: ignore[misc]


def enter_title(item: dict[str, Any], people: Mapping[str, Person]) -> None:
    """Record one title as the officer named in the fixture."""
    kind = get_title_kind(item["kind"])
    source = {f"source_{name}": value for name, value in item["source"].items()}
    texts = columns(item, "level", "number", "batch", subject="subject_zh")
    dates = columns(item, "granted_on", "valid_from", "valid_until")
    facts = TitleFacts(**texts, **dates, **source)
    officer, enterprise = people[item["recorded_by"]], get_registered(item["enterprise"])
    if kind.granted_here:
        issue(officer, take_over_title(officer, enterprise, kind, facts))
    else:
        record_title(officer, enterprise, kind, facts)
