"""What bodies answer about a list, and how it is settled: what is a list's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.queries.people import has_right, office_of
from portal.accounts.terms import Right
from portal.casework import Matter
from portal.casework.actions import About
from portal.casework.opinions import ReplyKind, ReplyWay
from portal.casework.replies import Paper, Replies, give, record, register
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.lists.models import BodyOpinion, BodyReply, ConsultedBody, Edition
from portal.lists.permits import check_curator, check_impartial
from portal.lists.queries.editions import lead_ids
from portal.lists.queries.opinions import answers_for
from portal.lists.rules.opinions import check_grounds
from portal.lists.terms.editions import REVIEWED_STATES
from portal.lists.terms.steps import Settled


@dataclass(frozen=True)
class Said:
    """An answer: its kind, with grounds on the whole list and by entry."""

    kind: ReplyKind
    overall: str = ""
    by_entry: Mapping[int, str] = field(default_factory=dict)


@action
def reply(actor: Person, body: ConsultedBody, said: Said) -> BodyReply:
    """Answer for a body that was asked, once; also after the due day, until the signing.

    Raises NotAllowed unless the actor curates lists for it, Refused, ChangedSinceOpened.
    """
    check_body(actor, body)
    return give(actor, reply_of(body, said))


def check_body(actor: Person, body: ConsultedBody) -> None:
    """Raise NotAllowed unless the actor answers for the body that was asked."""
    if not answers_for(actor, body):
        raise NotAllowed(_("Only officers of %(body)s may answer for it", body=body.name))


@action
def record_paper_reply(actor: Person, body: ConsultedBody, said: Said, paper: Paper) -> BodyReply:
    """Record a body's reply on paper; it counts once a second officer confirms it.

    Call it inside `files.receiving`. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_curator(actor, body.round.release.edition)
    return record(actor, reply_of(body, said), paper)


def reply_of(body: ConsultedBody, said: Said) -> BodyReply:
    """Return an answer with its opinions; raises Refused, ChangedSinceOpened."""
    check_awaited(body)
    if body.reply is not None:
        raise ChangedSinceOpened(_("This body has answered already: open the page again"))
    grounds = check_grounds(said.kind, said.overall, said.by_entry)
    if any(entry is not None and entry not in body.round.entry_ids for entry, _text in grounds):
        raise Refused(_("That entry does not stand in the draft you were shown"))
    opinions = [BodyOpinion(entry_id=entry, ground=text) for entry, text in grounds]
    return BodyReply(body_id=body.id, kind=str(said.kind), opinions=opinions)


def check_awaited(body: ConsultedBody) -> None:
    """Raise Refused once an answer changes nothing: the round broken off, the content fixed."""
    if body.round.stop_reason or body.round.release.state not in REVIEWED_STATES:
        raise Refused(_("The opinion is no longer awaited: the list has moved on"))


class ListReplies(Replies[BodyReply]):
    """Curators of the lead bodies record and confirm; an opinion is told to all of them."""

    asks = Matter.LIST_OPINION
    confirms = Matter.LIST_OPINION_PAPER

    def question(self, reply: BodyReply) -> ConsultedBody:
        return reply.body

    def asked_at(self, reply: BodyReply) -> datetime:
        return reply.body.round.asked_at

    def label(self, reply: BodyReply) -> str:
        return f"{reply.body.name} · {reply.body.round.release.edition.title_zh}"

    def about(self, actor: Person, reply: BodyReply) -> About:
        return {"department_id": second_lead(actor, reply.body.round.release.edition)}

    def check_recorder(self, actor: Person, reply: BodyReply) -> None:
        check_curator(actor, reply.body.round.release.edition)

    def check_awaited(self, reply: BodyReply) -> None:
        check_awaited(reply.body)

    def note(self, actor: Person, act: str, reply: BodyReply, why: str = "") -> None:
        changes = {"reply": (None, reply.kind)}
        audit.record(actor, f"{act}_opinion", reply.body, changes, note=why)
        if act in ("reply", "record"):
            reply.body.round.release.changed_at = clock.now()

    def counts(self, reply: BodyReply) -> None:
        if reply.kind == ReplyKind.OPINION:
            tell_curators(reply)


def second_lead(actor: Person, edition: Edition) -> int:
    """Return the lead body whose officers are to confirm what the actor recorded: the actor's own
    where somebody else curates for it too, else one that has somebody."""
    leads = sorted(
        lead_ids(edition),
        key=lambda lead: not has_right(actor, Right.CURATE_LISTS, department_id=lead),
    )
    for lead in leads:
        if any(person.id != actor.id for person in holders_of(Right.CURATE_LISTS, lead)):
            return lead
    return leads[0]


def tell_curators(made: BodyReply) -> None:
    """Tell the curators that a body has opinions."""
    edition = made.body.round.release.edition
    for lead in lead_ids(edition):
        for person in holders_of(Right.CURATE_LISTS, lead):
            tell(
                person,
                "list_opinion",
                event="received",
                body=made.body_id,
                title_zh=edition.title_zh,
                title_en=edition.title_en,
                day=made.replied_on.isoformat(),
            )


@action
def settle(actor: Person, opinion: BodyOpinion, version: int, result: Settled, reason: str) -> None:
    """Say what becomes of an opinion, with the reason the body reads.

    Raises NotAllowed (no curator, one's own opinion or entry), Refused, ChangedSinceOpened.
    """
    made = opinion.reply
    release = made.body.round.release
    check_curator(actor, release.edition)
    if made.way == ReplyWay.SYSTEM and made.recorded_by_id == actor.id:
        raise NotAllowed(_("You gave this opinion: another officer settles it"))
    if opinion.entry is not None:
        check_impartial(actor, opinion.entry)
    if opinion.version != version or opinion.result:
        raise ChangedSinceOpened(_("This opinion was settled already: open the page again"))
    if not made.is_in_force or made.body.round.stop_reason:
        raise Refused(_("This opinion does not count: it waits for a second officer, or is void"))
    if release.state not in REVIEWED_STATES:
        raise Refused(_("The list has moved on: its content is fixed"))
    if not reason.strip():
        raise Refused(_("Give the reason; the body reads it"), "reason")
    office = office_of(actor, Right.CURATE_LISTS)
    opinion.result, opinion.reason = str(result), reason.strip()
    opinion.settled_at, opinion.settled_by_id = clock.now(), actor.id
    opinion.settled_for = office.name_zh if office else ""
    release.changed_at = clock.now()
    audit.record(actor, "settle_opinion", made.body, {"result": (None, str(result))})


register(BodyReply, ListReplies())
