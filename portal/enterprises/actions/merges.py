"""Merging duplicates: one officer proposes, another consents; undone within thirty days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework import (
    Addressee,
    Case,
    Contents,
    Matter,
    check_may_decide,
    close_case,
    conflict_rule,
    open_case,
    write_letter,
)
from portal.casework.queries import get_case_about, last_case
from portal.chinese import sort_key
from portal.database import action
from portal.enterprises.actions.merge_moves import move_members, restore_members
from portal.enterprises.actions.merge_values import (
    forget_names,
    keep_other_name,
    restore_values,
    take_values,
)
from portal.enterprises.actions.records import announce, check_version, enter_state
from portal.enterprises.actions.review import check_reviewer
from portal.enterprises.actions.standing import office
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.following import followers
from portal.enterprises.models import Enterprise, Merge
from portal.enterprises.queries import merges as queries
from portal.enterprises.queries.changes import find_open_change
from portal.enterprises.queries.records import find_taken
from portal.enterprises.queries.standing import find_open
from portal.enterprises.rules import merges as rules
from portal.enterprises.rules.standing import check_decline
from portal.enterprises.terms.record import State
from portal.enterprises.terms.standing import Outcome
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db


@action
def propose(
    actor: Person,
    survivor: Enterprise,
    merged: Enterprise,
    version: int,
    *,
    chosen: Sequence[str],
    ground: str,
    frees_code: bool = False,
) -> Merge:
    """Propose to merge a record into `survivor`, whose `version` the form was opened on.

    Raises NotAllowed, Refused also while anything about either record is undecided.
    """
    for record in (survivor, merged):
        check_reviewer(actor, record)
    check_version(survivor, version)
    check_mergeable(survivor, merged)
    if not ground.strip():
        raise Refused(_("Give the ground; the enterprise will read it"), "ground")
    merge = Merge(
        survivor_id=survivor.id,
        merged_id=merged.id,
        chosen=[name for name in rules.CHOOSABLE if name in set(chosen)],
        frees_code=frees_code,
        ground=ground.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.id,
        asked_for=office(actor),
    )
    db.session.add(merge)
    db.session.flush()
    open_case(
        actor,
        Matter.MERGE,
        merge,
        label=survivor.name,
        enterprise_id=survivor.id,
        district_id=survivor.district_id,
        zone_id=survivor.zone_id,
    )
    write_down(actor, "ask_merge", merge, note=merge.ground)
    return merge


def check_mergeable(survivor: Enterprise, merged: Enterprise) -> None:
    """Raise Refused for states that cannot be merged and while something is undecided."""
    rules.check_pair((survivor.id, State(survivor.state)), (merged.id, State(merged.state)))
    if queries.find_open_merge(survivor.id, merged.id) is not None:
        raise Refused(_("A merge of one of these records waits for its decision: see that first"))
    for record in (survivor, merged):
        if find_open(record.id) or find_open_change(record.id):
            raise Refused(
                _("%(name)s has a request that is undecided: settle that first", name=record.name)
            )
    if queries.has_open_claims(merged.id):
        raise Refused(_("Somebody asked to act for %(name)s: settle that first", name=merged.name))


@action
def consent(actor: Person, merge: Merge, version: int) -> None:
    """Merge the records another officer named. Raises NotAllowed, Refused, ChangedSinceOpened."""
    case = check_decidable(actor, merge, version)
    survivor, merged = merge.survivor, merge.merged
    rules.check_pair((survivor.id, State(survivor.state)), (merged.id, State(merged.state)))
    merge.state_before = merged.state
    take_values(merge)
    moved: dict[str, Any] = {"names": keep_other_name(merge)}
    moved["members"] = move_members(merged, survivor)
    moved |= {name: each.move(actor, merged, survivor) for name, each in followers().items()}
    merge.moved = moved
    write_to(actor, case, "merged", Outcome.CONSENTED, survivor, merged, merge.ground)
    enter_state(actor, merged, State.MERGED, act="merge", note=merge.ground, office=office(actor))
    touch(actor, survivor, "take_in", {name: merge.given[name] for name in merge.given}, merge)
    close(actor, merge, case, Outcome.CONSENTED)


@action
def decline(actor: Person, merge: Merge, version: int, opinion: str) -> None:
    """Refuse a merge with words. Raises as `consent`."""
    case = check_decidable(actor, merge, version)
    check_decline(opinion)
    merge.opinion = opinion.strip()
    write_down(actor, "decline_merge", merge, note=merge.opinion)
    survivor, merged = merge.survivor, merge.merged
    for record, other in ((survivor, merged), (merged, survivor)):
        write_to(actor, case, "merge_declined", Outcome.DECLINED, record, other, "")
    close(actor, merge, case, Outcome.DECLINED)


@action
def withdraw(actor: Person, merge: Merge) -> None:
    """Take one's own proposal back. Raises NotAllowed, Refused once decided."""
    if merge.asked_by_id != actor.id:
        raise NotAllowed(_("Only the officer who asked for this may take it back"))
    check_open(merge)
    write_down(actor, "withdraw_merge", merge)
    close(actor, merge, get_case(merge), Outcome.WITHDRAWN)


@action
def undo(actor: Person, merge: Merge, version: int, ground: str) -> list[str]:
    """Part the records again and return a sentence for each thing that stays as it is.

    What the survivor or its rows were changed to meanwhile is kept. Raises NotAllowed for who
    proposed it, Refused after thirty days, when the survivor has left the registry or the code
    was taken by another.
    """
    survivor, merged = merge.survivor, merge.merged
    check_undoable(actor, merge, version, ground)
    kept = restore_values(merge)
    forget_names(merge)
    kept += restore_members(merged, survivor, merge.moved["members"])
    for name, each in followers().items():
        kept += each.restore(actor, merged, survivor, merge.moved.get(name))
    merge.undone_at, merge.undone_by_id = clock.now(), actor.id
    merge.undone_ground, merge.kept = ground.strip(), kept
    enter_state(
        actor,
        merged,
        State(merge.state_before),
        act="undo_merge",
        note=merge.undone_ground,
        office=office(actor),
    )
    touch(actor, survivor, "undo_merge", dict(merge.before), merge)
    case = last_case(Matter.MERGE, Merge.__tablename__, merge.id)
    assert case is not None  # the merge was decided in it
    for record, other in ((survivor, merged), (merged, survivor)):
        write_to(actor, case, "merge_undone", "undone", record, other, merge.undone_ground)
    return kept


def write_to(
    actor: Person,
    case: Case,
    template: str,
    outcome: str,
    record: Enterprise,
    other: Enterprise,
    ground: str,
) -> None:
    """Write the letter of a decision about two records to those of one, and tell them."""
    about = {"name": other.name, "uscc": other.uscc}
    to = Addressee(record.name, record.id)
    letter = write_letter(actor, case, Contents(outcome, ground, about), to)
    tell_members(record, template, other=other.name, code=other.uscc, letter=letter.id)


def check_undoable(actor: Person, merge: Merge, version: int, ground: str) -> None:
    """Raise unless the actor may undo the merge now."""
    for record in (merge.survivor, merge.merged):
        check_reviewer(actor, record)
    if merge.asked_by_id == actor.id:
        raise NotAllowed(_("You proposed this merge yourself: another officer undoes it"))
    if merge.version != version:
        raise ChangedSinceOpened(_("This merge was changed since you opened it: open it again"))
    if merge.outcome != Outcome.CONSENTED or merge.undone_at or merge.decided_at is None:
        raise Refused(_("This merge is not in force"))
    merged_on = merge.decided_at.astimezone(clock.city_zone()).date()
    rules.check_undo(merged_on, clock.today(), ground)
    rules.check_survivor_unchanged(State(merge.survivor.state))
    if find_taken(merge.merged.uscc) is not None:
        raise Refused(_("Another enterprise is registered under the code of the merged record"))


def touch(
    actor: Person, survivor: Enterprise, act: str, changes: dict[str, Any], merge: Merge
) -> None:
    """Write the change of the survivor into its trail, search and public pages."""
    version = survivor.version
    survivor.sort_key = sort_key(survivor.name)
    survivor.updated_at = clock.now()
    lines: dict[str, Any] = {name: (None, value) for name, value in changes.items()}
    lines |= {"merged": (None, merge.merged_id), "version": (version, version + 1)}
    audit.record(actor, act, survivor, lines, note=merge.ground, office=office(actor))
    announce(survivor)


def check_decidable(actor: Person, merge: Merge, version: int) -> Case:
    """Return the merge's case; raise unless the actor, who did not propose it, may decide it."""
    check_open(merge)
    case = get_case(merge)
    check_may_decide(actor, case)
    for record in (merge.survivor, merge.merged):
        check_reviewer(actor, record)
    if merge.version != version:
        raise ChangedSinceOpened(_("This merge was changed since you opened it: open it again"))
    return case


def check_open(merge: Merge) -> None:
    """Raise Refused once a merge is decided."""
    if not merge.is_open:
        raise Refused(_("This has been decided already: open the record to see how"))


def get_case(merge: Merge) -> Case:
    """Return the open case of a merge; raises NotFound."""
    return get_case_about(Matter.MERGE, merge)


def close(actor: Person, merge: Merge, case: Case, outcome: Outcome) -> None:
    """Write down what became of a proposal."""
    merge.outcome, merge.decided_at = outcome, clock.now()
    merge.decided_by_id, merge.decided_for = actor.id, office(actor)
    close_case(actor, case, outcome)


def write_down(actor: Person, act: str, merge: Merge, *, note: str = "") -> None:
    """Add a line to the trail of both records."""
    for record, other in ((merge.survivor, merge.merged_id), (merge.merged, merge.survivor_id)):
        audit.record(actor, act, record, {"other": (None, other)}, note=note, office=office(actor))


@conflict_rule
def check_not_proposed_by(actor: Person, case: Case) -> None:
    """Raise NotAllowed for whoever proposed the merge the case is about."""
    if case.subject_kind != Merge.__tablename__:
        return
    merge = db.session.get(Merge, case.subject_id)
    if merge is not None and merge.asked_by_id == actor.id:
        raise NotAllowed(_("You asked for this yourself: a second officer decides on it"))
