"""What a submitter's pages of the lists share: the blueprint, how facts are shown."""

from __future__ import annotations

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.lists import facts
from portal.lists.actions.entries import faults_of
from portal.lists.facts import Section
from portal.lists.models import Entry
from portal.lists.queries.entries import find_last_decision
from portal.lists.terms.entries import EDITABLE, Decision, EntryState

blueprint = Blueprint("lists_owner", __name__, url_prefix="/my/entries")
Answer = str | Response | tuple[str, int]
WITHDRAWABLE = EDITABLE | {EntryState.SUBMITTED}


def entry_url(entry_id: int) -> str:
    """Return an entry's address among the person's own."""
    return url_for("lists_owner.entry", entry_id=entry_id)


def open_reasons(found: Entry) -> dict[str, str]:
    """Return the reasons of the last return for fields still as they were sent."""
    last = find_last_decision(found)
    if found.state != EntryState.RETURNED or last is None or last.decision != Decision.RETURN:
        return {}
    changed = facts.differences(last.facts, facts.facts_of(found))
    return {name: why for name, why in last.reasons.items() if name not in changed}


def section_states(found: Entry) -> dict[str, str]:
    """Return how each section stands: returned, complete, started, empty, or optional while
    nothing has to be written in it and nothing is."""
    faults, returned = faults_of(found), open_reasons(found)
    values = facts.facts_of(found)
    return {
        section.slug: section_state(section, values, faults, returned)
        for section in facts.sections_of(found)
    }


def section_state(
    section: Section,
    values: facts.Facts,
    faults: dict[str, str],
    returned: dict[str, str],
) -> str:
    """Return how one section stands."""
    names = section.labels.keys()
    is_begun = any(values.get(name) for name in names)
    if names & returned.keys():
        return "returned"
    if names & faults.keys():
        return "started" if is_begun else "empty"
    return "complete" if is_begun else "optional"
