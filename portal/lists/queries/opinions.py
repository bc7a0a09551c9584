"""Rounds of opinions on a release, the bodies asked and what they answered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import Person
from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import (
    BodyOpinion,
    BodyReply,
    ConsultationRound,
    ConsultedBody,
    Entry,
    Release,
)
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.own import may_enter_for
from portal.lists.rules import opinions as rules
from portal.lists.terms.editions import EditionState

REPLY = "body_reply"  # whose files the scans of paper replies are
ANSWERS = selectinload(ConsultationRound.bodies).options(
    joinedload(ConsultedBody.department),
    selectinload(ConsultedBody.replies).options(
        joinedload(BodyReply.recorded_by),
        selectinload(BodyReply.opinions)
        .joinedload(BodyOpinion.entry)
        .load_only(Entry.id, Entry.title),
    ),
)
WITH_ROUND = joinedload(ConsultedBody.round).options(
    joinedload(ConsultationRound.release).options(*RELEASE_PARTS), ANSWERS
)


def rounds_of(release: Release) -> Sequence[ConsultationRound]:
    """Return the rounds of a release with their answers, the newest first."""
    return db.session.scalars(
        select(ConsultationRound)
        .where(ConsultationRound.release_id == release.id)
        .options(ANSWERS)
        .order_by(ConsultationRound.id.desc())
    ).all()


def last_round(release: Release) -> ConsultationRound | None:
    """Return the newest round of a release, or None."""
    return next(iter(rounds_of(release)), None)


def round_facts(found: ConsultationRound) -> rules.Round:
    """Return a round as the rules read it."""
    answers = [answer(body) for body in found.bodies]
    return rules.Round(found.due_on, answers, bool(found.stop_reason))


def last_round_facts(release: Release) -> rules.Round | None:
    """Return the newest round of a release as the rules read it, or None."""
    found = last_round(release)
    return round_facts(found) if found is not None else None


def answer(body: ConsultedBody) -> rules.Answer:
    """Return how a body stands."""
    reply = body.reply
    if reply is None:
        return rules.Answer(body.name, False, False, 0)
    unsettled = sum(not one.result for one in reply.opinions) if reply.is_in_force else 0
    return rules.Answer(body.name, True, reply.is_in_force, unsettled)


def get_body(body_id: int) -> ConsultedBody:
    """Return a body asked, with its round, release and answers; raises NotFound."""
    found = db.session.get(ConsultedBody, body_id, options=[WITH_ROUND])
    if found is None:
        raise NotFound
    return found


def get_reply(reply_id: int) -> BodyReply:
    """Return an answer with its body, round and release; raises NotFound."""
    found = db.session.get(
        BodyReply, reply_id, options=[joinedload(BodyReply.body).options(WITH_ROUND)]
    )
    if found is None:
        raise NotFound
    return found


def get_opinion(opinion_id: int) -> BodyOpinion:
    """Return an opinion with its answer, round and release; raises NotFound."""
    with_reply = joinedload(BodyOpinion.reply).joinedload(BodyReply.body).options(WITH_ROUND)
    found = db.session.get(BodyOpinion, opinion_id, options=[with_reply])
    if found is None:
        raise NotFound
    return found


def awaited() -> Sequence[ConsultedBody]:
    """Return the bodies that have not answered, of the lists others are asked about now."""
    answered = select(BodyReply.body_id).where(BodyReply.voided_at.is_(None))
    return db.session.scalars(
        select(ConsultedBody)
        .join(ConsultedBody.round)
        .join(ConsultationRound.release)
        .where(
            Release.state == EditionState.CONSULTING,
            ConsultationRound.ended_at.is_(None),
            ConsultedBody.id.not_in(answered),
        )
        .options(
            contains_eager(ConsultedBody.round)
            .contains_eager(ConsultationRound.release)
            .options(*RELEASE_PARTS),
            joinedload(ConsultedBody.department),
        )
        .order_by(ConsultedBody.id)
    ).all()


def answers_for(person: Person, body: ConsultedBody) -> bool:
    """Say whether the person answers for a body: an officer who curates lists for it, as long as
    its round was not broken off."""
    return not body.round.stop_reason and may_enter_for(person, body.department)
