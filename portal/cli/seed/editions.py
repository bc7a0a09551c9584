"""Editions of the plan and of the demonstration: called for, curated, signed, published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from portal import clock
from portal.accounts.models import Person
from portal.cli.seed.after_release import follow
from portal.cli.seed.enterprises import Registry, get_registered
from portal.cli.seed.history import History
from portal.cli.seed.list_steps import STEPS_DAYS, plan_steps, set_steps
from portal.extensions import db
from portal.lists.actions import curation as curation_actions
from portal.lists.actions import editions as edition_actions
from portal.lists.actions import publication as publication_actions
from portal.lists.actions import signing as signing_actions
from portal.lists.actions.calls import close_call, open_call, start_curating, write_call
from portal.lists.actions.continuing import continue_entry
from portal.lists.actions.editions import describe_release, open_release
from portal.lists.actions.entries import save_entry, start_entry, submit_entry
from portal.lists.actions.freezing import enter_cosign
from portal.lists.actions.reviews import give_review
from portal.lists.actions.waivers import ask_waiver, consent_to_waiver
from portal.lists.facts import own_fields
from portal.lists.models import Edition, Entry, Release
from portal.lists.queries.editions import get_release
from portal.lists.queries.entries import get_entry
from portal.lists.queries.ledger import count_without_outcome
from portal.lists.queries.reviews import present_code
from portal.lists.queries.subtypes import find_subtype
from portal.lists.rules.calls import CallWords
from portal.lists.terms.entries import Decision
from portal.lists.terms.fields import TERM_FIELDS
from portal.lists.terms.kinds import Kind
from portal.lists.terms.ledger import Purpose
from portal.lists.terms.reviews import Conclusion, Part
from portal.taxonomy.queries import find_term, get_department
from portal.taxonomy.terms import Scheme

CALL_DAYS = timedelta(days=40)
SELECTION_DAYS = timedelta(days=10)
REVIEWERS = {
    Part.FIRST_REVIEW: "curator",
    Part.SECOND_REVIEW: "industry-curator",
    Part.FINAL_REVIEW: "signer",
    Part.SECRECY_REVIEW: "industry-curator",
    Part.FAIR_COMPETITION: "curator",
}
SIGNERS = {"meishan-coop": "signer", "meishan-eit": "industry-signer"}
DECISIONS = {
    "returned": Decision.RETURN,
    "not_selected": Decision.DECLINE,
}
GOES_ON = "示例：往年清单中长期有效的条目和正在实施的项目继续跟踪，不影响本年度清单发布。"
EARLY = ("示例：征集已满，提前截止。", "Sample: enough came in, closed early.")
STILL_OPEN = {"draft", "submitted"}
REACHED = ("call_open", "curating", "cosign", "published")


class Editor:
    """Takes one edition file through its releases."""

    def __init__(self, content: dict[str, Any], registry: Registry, days_before: timedelta) -> None:
        self.facts = content["edition"]
        self.entries = content["entries"]
        self.registry = registry
        self.people: Mapping[str, Person] = registry.people
        self.days_before = days_before
        self.releases: dict[int, int] = {}
        self.made: dict[str, int] = {}

    def plan(self, history: History) -> None:
        """Put every release into the history, in their order."""
        for release in self.facts["releases"]:
            number = release.get("number") or release.get("no")
            state = release.get("state") or self.facts["state"]
            end = release.get("released_on") or clock.today()
            begin = end - self.days_before
            self.plan_release(history, number, state, begin, end)

    def plan_release(
        self, history: History, number: int, state: str, begin: date, end: date
    ) -> None:
        """Put one release into the history as far as its state says."""
        reached = REACHED.index(state)
        history.on(begin, lambda: self.open(number))
        history.on(begin, lambda: self.send(number))
        if reached >= REACHED.index("curating"):
            before = self.facts.get("before_signing")
            needed = STEPS_DAYS if before else SELECTION_DAYS
            chosen = max(begin, end - needed) if self.days_before else end
            if before:
                history.on(begin, lambda: set_steps(self, number, before))
            history.on(chosen, lambda: self.select(number))
            if before:
                plan_steps(history, self, number, before, chosen)
        if reached >= REACHED.index("cosign"):
            history.on(end, lambda: self.sign(number))
        if reached >= REACHED.index("published"):
            history.on(end, lambda: self.publish(number))

    def open(self, number: int) -> None:
        """Open the edition with its first release, or the next release, and the call."""
        curator = self.people["curator"]
        if number == 1:
            edition = self.open_edition(curator)
            release = edition.releases[0]
        else:
            first = get_release(self.releases[1])
            release = open_release(curator, first.edition)
        self.releases[number] = release.id
        closes = self.facts.get("call_closes_on")
        until = closes if closes and closes >= clock.today() else None
        if said := self.facts.get("call"):
            write_call(curator, release, release.version, CallWords(**said))
            db.session.flush()
        open_call(curator, release, release.version, clock.today(), until)

    def open_edition(self, curator: Person) -> Edition:
        """Plan the edition."""
        texts = ("title_zh", "title_en", "foreword_zh", "foreword_en", "is_sample")
        return edition_actions.open_edition(
            curator,
            self.facts["year"],
            Kind(self.facts["kind"]),
            leads=[get_department(slug) for slug in self.facts["lead_bodies"]],
            **{name: self.facts[name] for name in texts},
        )

    def release(self, number: int) -> Release:
        """Return a release as it is now."""
        return get_release(self.releases[number])

    def of(self, number: int) -> list[dict[str, Any]]:
        """Return the fixture rows of a release."""
        return [item for item in self.entries if item.get("release", 1) == number]

    def send(self, number: int) -> None:
        """Write every entry and send in all but the drafts."""
        for item in self.of(number):
            entry = self.write(self.release(number), item)
            self.made[item["key"]] = self.registry.entries[item["key"]] = entry.id
            if item["status"] != "draft":
                submit_entry(self.sender(item), get_entry(entry.id), entry.version)

    def sender(self, item: dict[str, Any]) -> Person:
        """Return who sends an entry in."""
        if item.get("enterprise"):
            return self.registry.owner(item["enterprise"])
        return self.people["sender"]

    def write(self, release: Release, item: dict[str, Any]) -> Entry:
        """Write one entry as its publisher would."""
        firm, body = item.get("enterprise"), str(item.get("publisher") or item.get("submitted_by"))
        subtype = find_subtype(self.facts["kind"], item["subtype"])
        if subtype is None:
            raise LookupError(f"{item['key']}: there is no subtype {item['subtype']}")
        if before := item.get("continues"):
            old = get_entry(self.registry.entries[before])
            entry = continue_entry(self.sender(item), old, release)
        else:
            entry = start_entry(
                self.sender(item),
                release,
                subtype,
                enterprise=get_registered(firm) if firm else None,
                department=None if firm else get_department(body),
            )
        values = {
            name: values_of(item)[name] for name in own_fields(entry) if name in values_of(item)
        }
        values["details"] = item["details"]
        save_entry(self.sender(item), entry, values, entry.version)
        return entry

    def select(self, number: int) -> None:
        """Close the call and decide on every entry sent in."""
        curator = self.people["curator"]
        release = self.release(number)
        close_call(curator, release, release.version, EARLY)
        start_curating(curator, release, release.version)
        for item in self.of(number):
            if item["status"] not in STILL_OPEN:
                entry = get_entry(self.made[item["key"]])
                decision = DECISIONS.get(item["status"], Decision.ACCEPT)
                self.decide(entry, decision, item.get("decision") or "")

    def decide(self, entry: Entry, decision: Decision, words: str) -> None:
        """Decide on one entry; a return puts its reason at the summary."""
        curation_actions.decide(
            self.people["curator"],
            entry,
            entry.version,
            decision,
            reasons={"summary": words} if decision == Decision.RETURN else {},
            ground=words if decision == Decision.DECLINE else "",
        )

    def sign(self, number: int) -> None:
        """Fix the content and sign it for the lead bodies, all or those the fixture names."""
        release = self.release(number)
        document_no = self.facts.get("document_no") or ""
        curator = self.people["curator"]
        describe_release(
            curator, release, release.version, document_no, clock.today() if document_no else None
        )
        self.review(release)
        enter_cosign(curator, release, release.version)
        for slug in self.facts.get("signed") or self.facts["lead_bodies"]:
            body = get_department(slug)
            signing_actions.sign(
                self.people[SIGNERS[slug]], release, body, release.check_code or ""
            )

    def review(self, release: Release) -> None:
        """Fill in the review sheet, the three reviews by three officers."""
        code = present_code(release)
        for part, name in REVIEWERS.items():
            give_review(self.people[name], release, part, Conclusion.PASSED, seen_code=code)

    def go_on(self, release: Release) -> None:
        """Have two officers let the list go on where earlier ones have entries without outcome."""
        if count_without_outcome(release, Purpose.PUBLISH):
            waiver = ask_waiver(self.people["curator"], release, Purpose.PUBLISH, GOES_ON)
            consent_to_waiver(self.people["industry-curator"], waiver, waiver.version)

    def publish(self, number: int) -> None:
        """Publish, then tell what followed."""
        curator = self.people["curator"]
        release = self.release(number)
        self.go_on(release)
        publication_actions.publish(curator, release, release.version)
        for item in self.of(number):
            if item["key"] in self.made:
                entry = get_entry(self.made[item["key"]])
                follow(item, entry, self.registry, self.sender(item))


def values_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return a fixture row as the values of an entry's own fields."""
    values = {name: find_term(Scheme(name), item.get(name)) for name in TERM_FIELDS}
    return values | {
        "title": item["title_zh"],
        "title_en": item.get("title_en") or "",
        "summary": item["summary_zh"],
        "summary_en": item.get("summary_en") or "",
        "anonymous": bool(item.get("anonymous")),
        "standing": bool(item.get("standing")),
        "opens_on": item.get("opens_on"),
        "closes_on": item.get("closes_on"),
        "leads": item.get("leads") or [],
        "cooperating": item.get("cooperating") or [],
        "basis": item.get("basis") or "",
        "quote": item.get("quote") or "",
        "provider_name": item.get("provider_name_zh") or "",
    }
