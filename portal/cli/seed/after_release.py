"""What followed the release of a demonstration entry: a question, a correction, an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.accounts.models import Person
from portal.cli.seed.enterprises import Registry
from portal.lists.actions.errata import propose_correction
from portal.lists.actions.issuing import issue
from portal.lists.actions.life import mark_life
from portal.lists.actions.questions import answer, ask
from portal.lists.facts import own_fields
from portal.lists.models import Entry
from portal.lists.terms.entries import Life
from portal.lists.terms.errata import ErratumKind


def follow(item: Mapping[str, Any], entry: Entry, registry: Registry, publisher: Person) -> None:
    """Ask and answer, correct and note what the fixture says of an entry, in this order."""
    people = registry.people
    for said in item.get("questions") or ():
        question = ask(people[said["asked_by"]], entry, said["question"])
        answer(publisher, question, question.version, said["answer"], declined=False)
    if "erratum" in item:
        correct(item["erratum"], entry, people)
    life = Life(item["status"]) if item["status"] in set(Life) else Life.OPEN
    if life not in (Life.OPEN, Life.EXPIRED):
        mark_life(people["curator"], entry, entry.version, life, item.get("outcome") or "")


def correct(said: Mapping[str, Any], entry: Entry, people: Mapping[str, Person]) -> None:
    """Have one field corrected by two officers."""
    values = {name: getattr(entry, name) for name in own_fields(entry)}
    erratum = propose_correction(
        people["curator"],
        entry,
        entry.version,
        ErratumKind(said["kind"]),
        said["reason"],
        {**values, said["field"]: said["value"], "details": entry.details},
    )
    issue(people["industry-curator"], erratum, erratum.version)
