"""Objections to a list on notice, or to one of its entries: what is their own here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal import clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.actions import About
from portal.casework.objections import Objections, raise_objection, record_letter, register
from portal.casework.objectors import Objector, Paper
from portal.database import action
from portal.errors import NotAllowed, Refused
from portal.files import Received
from portal.lists.actions.curation import keep_decision, tell_sender
from portal.lists.actions.entries import change_entry
from portal.lists.actions.telling import tell_publisher
from portal.lists.models import Entry, NoticeObjection, ReleaseNotice
from portal.lists.permits import check_handler, check_impartial, is_publisher
from portal.lists.queries.notices import named
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.entries import Decision, EntryState
from portal.lists.terms.steps import ObjectionResult


@action
def object_to(
    actor: Person,
    notice: ReleaseNotice,
    entry: Entry | None,
    who: Objector,
    statement: str,
    proofs: Sequence[Received] = (),
) -> NoticeObjection:
    """Object to an entry on a notice, or with None to the whole list, while the notice runs.

    Raises NotAllowed for who published the entry, Refused.
    """
    if entry is not None and is_publisher(actor, entry):
        raise NotAllowed(_("You act for who published this entry: an objection is for others"))
    return raise_objection(actor, objection_to(notice, entry, statement), who, proofs)


@action
def record_objection(
    actor: Person,
    notice: ReleaseNotice,
    entry: Entry | None,
    who: Objector,
    statement: str,
    paper: Paper,
) -> NoticeObjection:
    """Record an objection that came in on paper while the notice ran; another examines it.

    Raises NotAllowed, Refused at the day it came in.
    """
    check_handler(actor, notice)
    return record_letter(actor, objection_to(notice, entry, statement), who, paper)


def objection_to(notice: ReleaseNotice, entry: Entry | None, statement: str) -> NoticeObjection:
    """Return an objection; raises Refused once the notice was stopped, the content is fixed or
    the entry is off the list."""
    if notice.stopped_at is not None:
        raise Refused(_("The notice was stopped: nothing of it goes on to be signed"))
    if notice.release.state not in REVIEWED_STATES:
        raise Refused(_("The list has moved on: its content is fixed"))
    if entry is not None and entry.state != EntryState.ACCEPTED:
        raise Refused(_("This entry is no longer on the list"))
    return NoticeObjection(notice=notice, entry=entry, statement=statement)


class ListObjections(Objections[NoticeObjection]):
    """Examined by the body the notice names; one that holds takes its entry off the list."""

    matter = Matter.LIST_OBJECTION
    seal = "list-objection"
    letter = "list_objection"

    def days(self, objection: NoticeObjection) -> tuple[date, date]:
        return objection.notice.starts_on, objection.notice.ends_on

    def label(self, objection: NoticeObjection) -> str:
        return named(objection)

    def about(self, objection: NoticeObjection) -> About:
        return {"department_id": objection.notice.department_id}

    def check_examiner(self, actor: Person, objection: NoticeObjection) -> None:
        check_handler(actor, objection.notice)

    def check_impartial(self, actor: Person, objection: NoticeObjection) -> None:
        if objection.entry is not None:
            check_impartial(actor, objection.entry)

    def check_result(self, objection: NoticeObjection, result: str) -> None:
        if result == ObjectionResult.STRUCK and objection.entry is None:
            said = _("The whole list cannot be taken off itself: have it corrected")
            raise Refused(said, "result")

    def office(self, actor: Person) -> str:
        office = office_of(actor, Right.CURATE_LISTS)
        return office.name_zh if office else ""

    def received(self, objection: NoticeObjection) -> None:
        for person in holders_of(Right.CURATE_LISTS, objection.notice.department_id):
            name = named(objection)
            tell(person, self.letter, event="to_examine", name=name, objection=objection.id)
        tell_whose_entry(objection, "contested")

    def decided(self, actor: Person, objection: NoticeObjection) -> None:
        if objection.result == ObjectionResult.STRUCK:
            strike(actor, objection)
        else:
            tell_whose_entry(objection, objection.result)


def tell_whose_entry(objection: NoticeObjection, event: str) -> None:
    """Owe whose entry an objection concerns a letter."""
    if objection.entry is not None:
        notice = objection.notice_id
        tell_publisher(objection.entry, "entry_noticed", event=event, notice=notice, day="")


def strike(actor: Person, objection: NoticeObjection) -> None:
    """Take the entry of an objection that holds off its list."""
    entry = objection.entry
    assert entry is not None
    if entry.state != EntryState.ACCEPTED or entry.release.state not in REVIEWED_STATES:
        return
    decided = keep_decision(actor, entry, Decision.DECLINE, {}, objection.answer)
    entry.position = 0
    change_entry(
        actor,
        entry,
        EntryState.NOT_SELECTED,
        Decision.DECLINE,
        decided.ground,
        decided.decided_for,
    )
    entry.release.changed_at = clock.now()
    tell_sender(entry, decided)


register(NoticeObjection, ListObjections())
