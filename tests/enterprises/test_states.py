"""Whatever members and officers do in whatever order, the record stays consistent."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from portal import audit
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.enterprises.actions import registration, review
from portal.enterprises.models import (
    Claim,
    Enterprise,
    EnterprisePeriod,
    Membership,
    Submission,
    enterprise_pillar,
)
from portal.enterprises.rules.record import NEXT_STATE
from portal.enterprises.terms.record import TAKES_THE_CODE, Decision, State, Step
from portal.errors import PortalError
from portal.extensions import db
from tests.factories import make_claim, make_draft, make_officer, make_person

ACTS = ("submit", "save", "admit", "return", "refuse", "second", "claim")
FOLLOWS = {
    State.DRAFT: {State.DRAFT, State.SUBMITTED},
    State.RETURNED: {State.RETURNED, State.SUBMITTED},
    State.SUBMITTED: {State.SUBMITTED, *NEXT_STATE.values()},
    State.ACTIVE: {State.ACTIVE},
    State.REFUSED: {State.REFUSED},
}


@dataclass
class Cast:
    """Two members with a draft of the same enterprise each, and an officer."""

    owner: Person
    rival: Person
    officer: Person
    record: Enterprise
    second: Enterprise


def clear() -> None:
    """Empty the registry's tables between examples."""
    for table in (
        enterprise_pillar,
        *(model.__table__ for model in (EnterprisePeriod, Claim, Submission, Membership)),
        Enterprise.__table__,
    ):
        db.session.execute(delete(table))
    db.session.commit()


def act(cast: Cast, name: str, number: int) -> None:
    """Do one thing; a refusal is an answer."""
    with suppress(PortalError):
        if name == "submit":
            registration.submit(cast.owner, cast.record, cast.record.version)
        elif name == "second":
            registration.submit(cast.rival, cast.second, cast.second.version)
        elif name == "claim":
            make_claim(cast.rival, cast.record)
        elif name == "save":
            values = {"products": f"产品{number}", "introduction": "简介", "website": ""}
            version = cast.record.version
            registration.save_step(cast.owner, cast.record, Step.PROFILE, values, version)
        else:
            review.decide(
                cast.officer,
                cast.record,
                cast.record.version,
                Decision(name),
                reasons={"products": "示例"},
                ground="示例",
            )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(st.lists(st.sampled_from(ACTS), max_size=8))
def test_every_order_of_acts_keeps_the_rules(app: Flask, acts: list[str]) -> None:
    cast = cast_of_people()
    for number, name in enumerate(acts):
        before, sent = State(cast.record.state), submissions()
        act(cast, name, number)
        db.session.rollback()
        assert State(cast.record.state) in FOLLOWS[before]
        assert submissions() >= sent
        check(cast)
    assert audit.verify() is None
    clear()


def cast_of_people() -> Cast:
    """Return the people, made once per test, and two fresh drafts."""
    people = db.session.scalars(select(Person).order_by(Person.id)).all()
    if not people:
        people = [make_person("o@example.com"), make_person("r@example.com")]
        people.append(make_officer(Right.REVIEW_ENTERPRISES))
    owner, rival, officer = people
    return Cast(owner, rival, officer, make_draft(owner), make_draft(rival))


def submissions() -> int:
    return db.session.scalar(select(func.count()).select_from(Submission)) or 0


def check(cast: Cast) -> None:
    """Check what holds at every moment."""
    holding = [row for row in (cast.record, cast.second) if row.state in TAKES_THE_CODE]
    assert len(holding) <= 1, "one record holds the code"
    open_periods = db.session.scalars(select(EnterprisePeriod.enterprise_id)).all()
    assert sorted(open_periods) == sorted(row.id for row in holding if row.is_public)
    undecided = db.session.scalars(
        select(Submission.enterprise_id).where(Submission.decision.is_(None))
    ).all()
    waiting = [row.id for row in (cast.record, cast.second) if row.state == State.SUBMITTED]
    assert sorted(undecided) == sorted(waiting), "each waiting record has one open submission"
