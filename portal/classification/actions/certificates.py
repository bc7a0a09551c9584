"""Certificates of the city's own titles: issued with the decision, issued again after a change,
made by the worker."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from portal import audit, clock, files, outbox
from portal.accounts.models import Person
from portal.audit import SYSTEM, Actor
from portal.classification.models.certificates import TitleCertificate
from portal.classification.models.titles import Title
from portal.classification.permits import check_recorder, office_of
from portal.classification.queries.certificates import (
    certificates_of,
    get_certificate,
    holder_of,
    is_demonstration,
)
from portal.classification.queries.titles import held_now
from portal.classification.rules import certificates as rules
from portal.classification.terms.certificates import OWNER_KIND
from portal.classification.words.certificates import file_name, page_data
from portal.database import action
from portal.enterprises.actions.telling import tell_members
from portal.enterprises.models import Enterprise
from portal.errors import Refused
from portal.extensions import db
from portal.files import ContentType, Received
from portal.typesetting import Composed

TOPIC = "certificates"
LARGEST = 5 * 1024 * 1024  # bytes; one has some tens of thousands
Compose = Callable[[dict[str, Any], datetime], Composed]


@action
def issue(actor: Actor, title: Title, ground: str = "") -> TitleCertificate:
    """Issue a title's certificate as its record stands now and owe the worker its file.

    Callers have checked that the actor may.
    """
    before = certificates_of(title)
    certificate = TitleCertificate(
        title=title,
        issue=len(before) + 1,
        statement=statement_of(title),
        ground=ground.strip(),
        issued_at=clock.now(),
        issued_by_id=actor.actor_id,
        issued_for=office_of(title.kind),
    )
    db.session.add(certificate)
    db.session.flush()
    outbox.send(TOPIC, certificate=certificate.id)
    audit.record(
        actor,
        "issue_certificate",
        title,
        {"issue": (before[0].issue if before else None, certificate.issue)},
        note=certificate.ground,
        office=certificate.issued_for,
    )
    return certificate


@action
def issue_again(actor: Person, title: Title, seen: int, ground: str) -> TitleCertificate:
    """Issue a certificate that says what the record says now; those before it stay as they are.

    `seen` is how many there were when the page was opened. Raises NotAllowed, Refused for titles
    granted elsewhere or not in force, where nothing has changed, and for another without a ground.
    """
    check_recorder(actor, title.enterprise, title.kind)
    check_certified(title)
    before = certificates_of(title)
    if len(before) != seen:
        raise Refused(_("A certificate was issued since you opened the page: look at it first"))
    check_issuable(title, before)
    if before:
        rules.check_ground(ground)
    return issue(actor, title, ground)


def check_certified(title: Title) -> None:
    """Raise Refused for titles whose certificate is not the city's to issue."""
    if not title.kind.granted_here or title.superseded_at is not None:
        raise Refused(_("The city issues certificates for the titles it grants itself only"))


def check_issuable(title: Title, before: Sequence[TitleCertificate]) -> None:
    """Raise Refused where a title's certificate cannot be issued, or is good as it is."""
    rules.check_in_force(held_now(title).standing)
    if before:
        rules.check_another(bool(before[0].made_at), changes_since(before[0], title))


def why_not(title: Title, before: Sequence[TitleCertificate]) -> str:
    """Return why no certificate can be issued now, or ''."""
    try:
        check_issuable(title, before)
    except Refused as refusal:
        return refusal.message
    return ""


def changes_since(certificate: TitleCertificate, title: Title) -> tuple[str, ...]:
    """Return the names of what the record says otherwise than a certificate."""
    return rules.differences(certificate.statement, statement_of(title))


def statement_of(title: Title) -> dict[str, Any]:
    """Return what a certificate issued now would state, days in ISO form."""
    enterprise, kind = title.enterprise, title.kind
    lead = kind.lead_department
    return {
        "name": enterprise.name,
        "uscc": enterprise.uscc,
        "title": kind.name_zh,
        "level": title.level,
        "number": title.number,
        "basis": title.source_number or f"《{title.source_title}》",
        "granted_on": title.granted_on.isoformat(),
        "valid_from": title.valid_from.isoformat(),
        "valid_until": title.valid_until.isoformat() if title.valid_until else None,
        "department": lead.full_name_zh if lead else kind.grantor_zh,
        "sample": bool(enterprise.is_sample or is_demonstration()),
    }


def make(certificate_id: int, address: str, compose: Compose, folder: Path) -> None:
    """Make a certificate's file and keep it below the folder of files; once, whoever repeats it.

    It is composed as of the moment of issue: made again, it is the same byte for byte.
    Raises what `compose` raises, Refused on a full disk: nothing half is left then.
    """
    certificate = get_certificate(certificate_id)
    if certificate.made_at is not None:
        return
    data, name = page_data(certificate, address), file_name(certificate)
    composed = compose(data, certificate.issued_at)
    db.session.rollback()  # nothing is held while the file is written
    with files.receiving(
        folder,
        io.BytesIO(composed.content),
        name,
        field="certificate",
        allowed=frozenset({ContentType.PDF}),
        largest=LARGEST,
    ) as received:
        keep_made(certificate_id, address, received, composed.missing)


@action
def keep_made(
    certificate_id: int, address: str, received: Received, missing: tuple[str, ...]
) -> None:
    """Keep a certificate's file and tell the members; where another process did, do nothing."""
    certificate = get_certificate(certificate_id)
    if certificate.made_at is not None:
        return
    file = files.keep(SYSTEM, received, OWNER_KIND, certificate.id)
    certificate.made_at, certificate.address = clock.now(), address
    certificate.file_name, certificate.digest = file.name, file.digest
    certificate.missing = list(missing)
    title = certificate.title
    audit.record(
        SYSTEM,
        "make_certificate",
        title,
        {"issue": (None, certificate.issue), "sha256": (None, file.digest)},
        note=" ".join(missing),
        office=certificate.issued_for,
    )
    tell_members(
        db.session.get_one(Enterprise, holder_of(certificate)),
        "certificate",
        title_zh=title.kind.name_zh,
        title_en=title.kind.name_en,
        number=title.number,
    )
