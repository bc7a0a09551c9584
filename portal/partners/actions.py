"""Registering, editing and looking at partner organisations."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import update

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.queries.people import has_right, office_of
from portal.accounts.terms import Right
from portal.database import action
from portal.enterprises.queries.records import find_taken
from portal.enterprises.rules import uscc
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.partners import queries
from portal.partners.models import Partner, PartnerMember
from portal.partners.terms import EDITABLE, FIELDS, MOST_PARTNERS, Standing


class InRegistry(Refused):
    """The code belongs to a record of this city's registry: the person asks to act for that."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("This enterprise is in this city’s registry: ask to act for it instead"), "uscc"
        )
        self.uscc = code


@action
def register_partner(
    actor: Person, facts: Mapping[str, str], *, is_sample: bool = False
) -> Partner:
    """Keep an organisation from outside the registry; the actor acts for it from now on.

    Raises Refused at `uscc` for a wrong or taken code, InRegistry for one of this city's registry.
    """
    if len(queries.partners_of(actor)) >= MOST_PARTNERS:
        raise Refused(_("You act for %(count)d organisations already", count=MOST_PARTNERS))
    check_code(facts["uscc"])
    made = Partner(
        **{name: facts[name] for name in FIELDS},
        is_sample=is_sample,
        created_by_id=actor.id,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(PartnerMember(person_id=actor.id, partner_id=made.id, since=clock.now()))
    audit.record(actor, "register_partner", made, {name: (None, facts[name]) for name in FIELDS})
    return made


def check_code(code: str) -> None:
    """Raise Refused for a wrong code, one in the registry, or one another partner has."""
    uscc.check(code)
    if find_taken(code) is not None:
        raise InRegistry(code)
    if queries.find_by_code(code) is not None:
        raise Refused(
            _("This organisation is registered already: ask the person who acts for it"), "uscc"
        )


@action
def edit_partner(actor: Person, partner: Partner, facts: Mapping[str, str], version: int) -> None:
    """Change everything but the code; the bureau looks at it again.

    Raises NotAllowed unless the actor acts for it, ChangedSinceOpened.
    """
    if not queries.acts_for(actor, partner.id):
        raise NotAllowed(_("Only somebody who acts for the organisation may change it"))
    check_version(partner, version)
    changes = {
        name: (getattr(partner, name), facts[name])
        for name in EDITABLE
        if getattr(partner, name) != facts[name]
    }
    if not changes:
        return
    for name, (_old, new) in changes.items():
        setattr(partner, name, new)
    audit.record(
        actor, "edit_partner", partner, changes | {"standing": (partner.standing, Standing.UNSEEN)}
    )
    partner.standing, partner.ground, partner.updated_at = Standing.UNSEEN, "", clock.now()


def check_version(partner: Partner, version: int) -> None:
    """Raise ChangedSinceOpened when the form was opened on another version."""
    if partner.version != version:
        raise ChangedSinceOpened(
            _("This organisation was changed since you opened it: compare and save again")
        )


@action
def look_at(actor: Person, partner: Partner, standing: Standing, ground: str, version: int) -> None:
    """Mark a partner organisation as checked or doubtful, with a ground for the latter.

    Raises NotAllowed without `review_enterprises` in the whole city or for one's own organisation,
    Refused without a ground, ChangedSinceOpened.
    """
    check_looker(actor)
    if queries.acts_for(actor, partner.id):
        raise NotAllowed(_("You act for this organisation: another officer looks at it"))
    check_version(partner, version)
    if standing == Standing.FLAGGED and not ground.strip():
        raise Refused(_("Say what is doubtful; the organisation reads it"), "ground")
    office = office_of(actor, Right.REVIEW_ENTERPRISES)
    partner.looked_for = office.name_zh if office else ""
    act = "verify_partner" if standing == Standing.VERIFIED else "flag_partner"
    audit.record(
        actor,
        act,
        partner,
        {"standing": (partner.standing, standing)},
        note=ground.strip(),
        office=partner.looked_for,
    )
    partner.standing, partner.ground = standing, ground.strip()
    partner.looked_at, partner.looked_by_id = clock.now(), actor.id


def check_looker(actor: Person) -> None:
    """Raise NotAllowed without `review_enterprises` in the whole city: no district has partners."""
    if not has_right(actor, Right.REVIEW_ENTERPRISES):
        raise NotAllowed(
            _(
                "Only officers who review enterprises in the whole city look at organisations from"
                " outside"
            )
        )


@action
def forget_member(person: Person) -> None:
    """End what a person acts for; part of deleting an account."""
    db.session.execute(
        update(PartnerMember)
        .where(PartnerMember.person_id == person.id, PartnerMember.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
