"""What bodies answer: in the portal, or on paper and confirmed; and how it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.accounts.queries.officers import holders_of
from portal.accounts.queries.people import office_of
from portal.accounts.terms import Right
from portal.casework import Matter, close_case, find_case
from portal.casework.opinions import ReplyKind, check_paper_day
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received
from portal.lists.models import BodyOpinion, BodyReply, ConsultedBody
from portal.lists.permits import check_curator, check_impartial
from portal.lists.queries.editions import lead_ids
from portal.lists.queries.opinions import REPLY, answers_for
from portal.lists.rules.opinions import check_grounds
from portal.lists.terms.editions import REVIEWED_STATES, SignWay
from portal.lists.terms.steps import Settled


@dataclass(frozen=True)
class Said:
    """An answer: its kind, with grounds on the whole list and by entry."""

    kind: ReplyKind
    overall: str = ""
    by_entry: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """What a reply on paper says of itself; the scan is what the second officer compares."""

    signer_name: str
    signer_post: str
    replied_on: date
    reference: str
    scan: Received | None


@action
def reply(actor: Person, body: ConsultedBody, said: Said) -> BodyReply:
    """Answer for a body that was asked, once; also after the due day, until the signing.

    Raises NotAllowed unless the actor curates lists for it, Refused, ChangedSinceOpened.
    """
    check_body(actor, body)
    made = enter_reply(actor, body, said, SignWay.SYSTEM, clock.today())
    made.confirmed_at, made.confirmed_by_id = clock.now(), actor.id
    note(actor, "reply_opinion", made)
    received(actor, made)
    return made


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
    if paper.scan is None:
        raise Refused(_("Choose the scan of the reply: PDF, JPG or PNG"), "scan")
    asked_on = body.round.asked_at.astimezone(clock.city_zone()).date()
    check_paper_day(paper.replied_on, asked_on, clock.today())
    made = enter_reply(actor, body, said, SignWay.PAPER, paper.replied_on)
    made.signer_name, made.signer_post = paper.signer_name.strip(), paper.signer_post.strip()
    made.reference = paper.reference.strip()
    files.keep(actor, paper.scan, REPLY, made.id, purpose="scan")
    note(actor, "record_opinion", made)
    return made


def enter_reply(
    actor: Person, body: ConsultedBody, said: Said, way: SignWay, day: date
) -> BodyReply:
    """Keep an answer with its opinions; raises Refused, ChangedSinceOpened."""
    release = body.round.release
    if body.round.stop_reason or release.state not in REVIEWED_STATES:
        raise Refused(_("The opinion is no longer awaited: the list has moved on"))
    if body.reply is not None:
        raise ChangedSinceOpened(_("This body has answered already: open the page again"))
    grounds = check_grounds(said.kind, said.overall, said.by_entry)
    if any(entry is not None and entry not in body.round.entry_ids for entry, _text in grounds):
        raise Refused(_("That entry does not stand in the draft you were shown"))
    made = BodyReply(
        body=body,
        kind=str(said.kind),
        way=str(way),
        replied_on=day,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
        opinions=[BodyOpinion(entry_id=entry, ground=text) for entry, text in grounds],
    )
    db.session.add(made)
    release.changed_at = clock.now()
    db.session.flush()
    return made


def received(actor: Person, made: BodyReply) -> None:
    """Close the case of an answer that counts, and tell the curators of one with opinions."""
    body = made.body
    case = find_case(Matter.LIST_OPINION, ConsultedBody.__tablename__, body.id)
    if case is not None:
        close_case(actor, case, made.kind)
    if made.kind != ReplyKind.OPINION:
        return
    edition = body.round.release.edition
    for lead in lead_ids(edition):
        for person in holders_of(Right.CURATE_LISTS, lead):
            tell(
                person,
                "list_opinion",
                event="received",
                body=body.id,
                title_zh=edition.title_zh,
                title_en=edition.title_en,
                day=made.replied_on.isoformat(),
            )


def note(actor: Person, act: str, made: BodyReply, why: str = "") -> None:
    """Write the trail of an answer; the name of who signed on paper stays out of it."""
    audit.record(actor, act, made.body, {"reply": (None, made.kind)}, note=why)


@action
def confirm_reply(actor: Person, found: BodyReply) -> None:
    """Confirm a recorded reply against the paper, as a second officer; it counts from now on."""
    check_second(actor, found)
    if found.body.round.release.state not in REVIEWED_STATES:
        raise Refused(_("The opinion is no longer awaited: the list has moved on"))
    found.confirmed_at, found.confirmed_by_id = clock.now(), actor.id
    note(actor, "confirm_opinion", found)
    received(actor, found)


@action
def reject_reply(actor: Person, found: BodyReply, reason: str) -> None:
    """Void a recorded reply that does not agree with the paper; the body is awaited again."""
    check_second(actor, found)
    if not reason.strip():
        raise Refused(_("Say what does not agree with the paper"), "reason")
    found.voided_at, found.void_reason = clock.now(), reason.strip()[:300]
    note(actor, "reject_opinion", found, found.void_reason)


def check_second(actor: Person, found: BodyReply) -> None:
    """Raise NotAllowed for the recorder, Refused for a reply that is void or counts already."""
    check_curator(actor, found.body.round.release.edition)
    if found.voided_at is not None:
        raise Refused(_("This record is void: %(reason)s", reason=found.void_reason))
    if found.confirmed_at is not None:
        raise Refused(_("This reply has been confirmed already"))
    if found.recorded_by_id == actor.id:
        raise NotAllowed(_("You recorded this reply: a second officer confirms it"))


@action
def settle(actor: Person, opinion: BodyOpinion, version: int, result: Settled, reason: str) -> None:
    """Say what becomes of an opinion, with the reason the body reads.

    Raises NotAllowed (no curator, one's own opinion or entry), Refused, ChangedSinceOpened.
    """
    made = opinion.reply
    release = made.body.round.release
    check_curator(actor, release.edition)
    if made.way == SignWay.SYSTEM and made.recorded_by_id == actor.id:
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
