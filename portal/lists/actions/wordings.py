"""Proposing a public wording, consenting to it or objecting, deciding without consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.casework.clocks import due_after
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists.actions.curation import check_decider
from portal.lists.actions.entries import Incomplete, check_entry_version
from portal.lists.actions.scores import office_name
from portal.lists.models import Entry, EntryWording
from portal.lists.permits import check_sender
from portal.lists.procedures import curation
from portal.lists.public_texts import giving_away
from portal.lists.queries.wordings import sent_wording, wordings_of
from portal.lists.rules.details import read_details
from portal.lists.rules.entries import length_faults
from portal.lists.rules.releases import check_changeable
from portal.lists.rules.wordings import changes, check_may_decide
from portal.lists.terms.entries import EntryState
from portal.lists.terms.fields import DETAIL_PREFIX
from portal.lists.terms.wordings import STANDS, WAITS, WordingState

WORDED = frozenset({EntryState.SUBMITTED, EntryState.ACCEPTED})


@action
def propose_wording(
    actor: Person, entry: Entry, version: int, worded: Mapping[str, Any], note: str
) -> EntryWording:
    """Propose texts in place of those sent in; the submitter is asked for consent.

    Until then, and after an objection, the wording sent in stands. An open proposal is given up
    for the new one. Raises NotAllowed, Refused, Incomplete, ChangedSinceOpened.
    """
    check_decider(actor, entry)
    check_entry_version(entry, version)
    if entry.state not in WORDED:
        raise Refused(_("Only entries that wait for selection or are accepted are reworded"))
    before, after = changes(sent_wording(entry), read_texts(entry, worded))
    named = {name: said for name, said in giving_away(entry, after).items() if name in after}
    if named:
        raise Incomplete(named)
    if not after:
        raise Refused(_("Nothing differs from what was sent in"))
    for open_one in wordings_of(entry):
        if open_one.state in WAITS:
            open_one.state = WordingState.DROPPED
    wording = EntryWording(
        entry_id=entry.id,
        before=before,
        after=after,
        note=note.strip(),
        proposed_at=clock.now(),
        proposed_by_id=actor.id,
        proposed_for=office_name(actor),
        answer_by=due_after(curation().consent_days).on,
    )
    db.session.add(wording)
    db.session.flush()
    audit.record(actor, "propose_wording", entry, {"fields": (None, list(after))})
    entry.release.changed_at = clock.now()
    tell_submitter(entry, wording, "proposed")
    return wording


def read_texts(entry: Entry, worded: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts as they are kept; raises Incomplete at what is too long or empty."""
    own = {name: value for name, value in worded.items() if not name.startswith(DETAIL_PREFIX)}
    raw = {
        name.removeprefix(DETAIL_PREFIX): value
        for name, value in worded.items()
        if name.startswith(DETAIL_PREFIX)
    }
    fields = [field for field in entry.subtype.fields if field["key"] in raw]
    details, faults = read_details(fields, raw, complete=True)
    found = {DETAIL_PREFIX + key: said for key, said in faults.items()} | length_faults(own)
    if not own.get("title", "-"):
        found["title"] = _("Enter the title")
    if found:
        raise Incomplete(found)
    return own | {DETAIL_PREFIX + key: details.get(key, "") for key in raw}


def tell_submitter(entry: Entry, wording: EntryWording, event: str) -> None:
    """Write to who sent the entry in, by mail and into the inbox."""
    sender = db.session.get(Person, entry.submitted_by_id) if entry.submitted_by_id else None
    if sender is not None:
        tell(
            sender,
            "entry_wording",
            event=event,
            entry=entry.id,
            wording=wording.id,
            title=entry.title,
            day=wording.answer_by.isoformat(),
            office=wording.proposed_for,
        )


@action
def answer_wording(
    actor: Person, entry: Entry, wording: EntryWording, version: int, objection: str = ""
) -> None:
    """Consent to a proposed wording, or object to it with words.

    Raises NotAllowed unless the actor may send in this entry and did not propose the wording,
    Refused, ChangedSinceOpened.
    """
    check_sender(actor, entry)
    if wording.proposed_by_id == actor.id:
        raise NotAllowed(_("You proposed this wording: somebody else consents to it"))
    check_changeable(entry.release.state)
    if wording.version != version or wording.state != WordingState.PROPOSED:
        raise ChangedSinceOpened(_("This wording was answered already: open the page again"))
    objection = objection.strip()
    state = WordingState.OBJECTED if objection else WordingState.CONSENTED
    wording.objection, wording.answered_at, wording.answered_by_id = (
        objection,
        clock.now(),
        actor.id,
    )
    enter(actor, entry, wording, state, "answer_wording")


@action
def decide_wording(
    actor: Person, entry: Entry, wording: EntryWording, version: int, ground: str
) -> None:
    """Let a wording stand without consent: after an objection, or when the day for an answer has
    passed; the submitter reads the ground. Raises NotAllowed, Refused, ChangedSinceOpened."""
    check_decider(actor, entry)
    check_wording_version(wording, version)
    check_may_decide(wording.state, wording.answer_by, clock.today())
    if not ground.strip():
        raise Refused(_("Give the ground; the submitter will read it"), "ground")
    close(actor, wording, ground)
    enter(actor, entry, wording, WordingState.DECIDED, "decide_wording")
    tell_submitter(entry, wording, "decided")


@action
def drop_wording(
    actor: Person, entry: Entry, wording: EntryWording, version: int, ground: str = ""
) -> None:
    """Give a wording up, also one that stands: what was sent in is the public wording again."""
    check_decider(actor, entry)
    check_wording_version(wording, version)
    if wording.state == WordingState.DROPPED:
        raise Refused(_("This wording was given up already"))
    close(actor, wording, ground)
    enter(actor, entry, wording, WordingState.DROPPED, "drop_wording")
    tell_submitter(entry, wording, "dropped")


def close(actor: Person, wording: EntryWording, ground: str) -> None:
    """Note who decided, and on which ground."""
    wording.decided_at, wording.decided_by_id = clock.now(), actor.id
    wording.ground = ground.strip()


def enter(
    actor: Person, entry: Entry, wording: EntryWording, state: WordingState, act: str
) -> None:
    """Move a wording on and write the trail; the content may be another one from now on."""
    audit.record(actor, act, entry, {"wording": (wording.state, state)}, note=wording.ground)
    if state in STANDS:
        replace_wordings(entry)
    wording.state = state
    entry.release.changed_at = clock.now()


def replace_wordings(entry: Entry) -> None:
    """Let no earlier wording stand for an entry any more, also when the next one is given up."""
    for wording in wordings_of(entry):
        if wording.state in STANDS:
            wording.state = str(WordingState.REPLACED)


def check_wording_version(wording: EntryWording, version: int) -> None:
    """Raise ChangedSinceOpened when the form shows an older state of the wording."""
    if wording.version != version:
        raise ChangedSinceOpened(_("This wording was answered already: open the page again"))
