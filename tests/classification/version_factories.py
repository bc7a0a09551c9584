"""Rule versions for tests, written and decided on through the officers' own actions."""

from __future__ import annotations

from typing import Any

from portal import clock
from portal.accounts.models import Person
from portal.classification.actions.trials import start_trial
from portal.classification.actions.versions import (
    draft_version,
    enact_version,
    propose_version,
)
from portal.classification.drafting import beginning
from portal.classification.models.versions import RuleVersion
from portal.classification.queries.version_pages import get_version_page
from tests.classification.factories import INDUSTRY, make_recogniser
from tests.scenes import scene

BEGIN = "2027-01-01"


@scene
def writer() -> Person:
    """Return an officer of the department in charge of the SMEs' titles."""
    return make_recogniser(INDUSTRY, "writer@portal.example")


@scene
def second() -> Person:
    """Return another one."""
    return make_recogniser(INDUSTRY, "second@portal.example")


def text_of(slug: str = "zjtx.2026", new_id: str = "zjtx.2027", begin: str = BEGIN) -> str:
    """Return the text of a new version that begins from another one."""
    return beginning(get_version_page(slug).row.text, new_id, begin)


@scene
def make_draft_version(officer: Person, text: str = "") -> RuleVersion:
    """Return a draft of that officer."""
    return draft_version(officer, text or text_of(), get_version_page("zjtx.2026").row)


@scene
def make_proposed(officer: Person, text: str = "") -> RuleVersion:
    """Return a version that officer proposed."""
    row = make_draft_version(officer, text)
    propose_version(officer, row, row.version, "示例：门槛调整")
    return row


@scene
def make_enacted(officer: Person, other: Person, text: str = "") -> RuleVersion:
    """Return a version put in force by the other officer."""
    row = make_proposed(officer, text)
    enact_version(other, row, row.version, in_the_past=False)
    return row


@scene
def rule_slugs(recogniser: Person) -> dict[str, Any]:
    """Return the addresses of a version in force, a draft of the recogniser with its trial, and a
    version that another officer of the same department proposed."""
    colleague = make_recogniser(mail="colleague@portal.example")
    draft = draft_version(recogniser, text_of("hte.2016", "hte.2030", "2030-01-01"), None)
    proposed = draft_version(colleague, text_of("hte.2016", "hte.2031", "2031-01-01"), None)
    propose_version(colleague, proposed, proposed.version, "示例")
    trial = start_trial(recogniser, draft, get_version_page("hte.2016").row, clock.today())
    rows = {"trial_id": trial.id, "rules": "hte.2016"}
    return rows | {"draft_rules": draft.slug, "proposed_rules": proposed.slug}
