"""The notice on personal information: its versions, and who accepted which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal import audit, clock
from portal.accounts.models import Consent, ConsentText, Person
from portal.database import action, put
from portal.errors import Refused
from portal.extensions import db


def current_text() -> ConsentText | None:
    """Return the version of the notice in force today, None where none is loaded."""
    return db.session.scalar(
        select(ConsentText)
        .where(ConsentText.effective_on <= clock.today())
        .order_by(ConsentText.version.desc())
        .limit(1)
    )


def consents_of(person: Person) -> Sequence[Consent]:
    """Return what a person accepted, oldest first."""
    return db.session.scalars(
        select(Consent).where(Consent.person_id == person.id).order_by(Consent.version)
    ).all()


@action
def put_consent_text(version: int, **facts: Any) -> ConsentText:
    """Add a version of the notice; loading the same again changes nothing.

    Raises Refused for other words under a version somebody has accepted: they get a new version.
    """
    known = db.session.get(ConsentText, version)
    changed = known is not None and any(getattr(known, key) != facts[key] for key in facts)
    if changed and db.session.scalar(select(Consent.id).where(Consent.version == version).limit(1)):
        raise Refused(_("This version of the notice was accepted already: add a new version"))
    return put(ConsentText, {"version": version}, **facts)


@action
def accept_consent(actor: Person, version: int) -> None:
    """Keep that a person accepted the notice in force; accepting twice keeps the first date.

    Raises Refused when another version came into force meanwhile.
    """
    text = current_text()
    if text is None or text.version != version:
        raise Refused(_("The notice has changed meanwhile: read the new version"))
    if actor.consented_to >= version:
        return
    db.session.add(Consent(person_id=actor.id, version=version, accepted_at=clock.now()))
    audit.record(actor, "accept_consent", actor, {"version": (actor.consented_to, version)})
    actor.consented_to = version


def accept_current(person: Person) -> None:
    """Accept the notice in force, where one is, for somebody of the demonstration."""
    text = current_text()
    if text is not None:
        accept_consent(person, text.version)
