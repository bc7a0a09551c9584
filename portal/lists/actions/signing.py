"""What the lead bodies do: sign in the system or on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal import audit, clock, files
from portal.accounts.models import Person
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.files import Received
from portal.lists.models import Release, SignOff
from portal.lists.permits import check_recorder, check_sent_none, check_signer
from portal.lists.queries.editions import lead_ids
from portal.lists.queries.sign_offs import SIGNED_PAPER, bodies_in_force, find_sign_off
from portal.lists.rules import signing as signing_rules
from portal.lists.rules.signing import check_paper_date
from portal.lists.terms.editions import EditionState, SignWay
from portal.taxonomy.models import Department


@dataclass(frozen=True)
class Paper:
    """What a signed paper says; the reference says where it is kept, the scan is what the second
    officer compares."""

    signer_name: str
    signer_post: str
    signed_on: date
    reference: str
    scan: Received | None


@action
def sign(actor: Person, release: Release, department: Department, seen_code: str) -> SignOff:
    """Sign a release for a lead body; `seen_code` is the check code the signer was shown.

    Raises NotAllowed, Refused (not this body's turn), ChangedSinceOpened (other content).
    """
    check_signer(actor, release, department)
    check_turn(release, department, seen_code)
    moment = clock.now()
    sign_off = add_sign_off(actor, release, department, SignWay.SYSTEM, signed_on=clock.today())
    sign_off.confirmed_at, sign_off.confirmed_by_id = moment, actor.id
    note(actor, "sign_release", release, department)
    return sign_off


@action
def record_paper_sign_off(
    actor: Person,
    release: Release,
    department: Department,
    seen_code: str,
    paper: Paper,
) -> SignOff:
    """Record what a lead body signed on paper; it holds once a second officer confirms it.

    Call it inside `files.receiving`. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_recorder(actor, release, department)
    if paper.scan is None:
        raise Refused(_("Choose the scan of the signed paper: PDF, JPG or PNG"), "scan")
    check_turn(release, department, seen_code)
    assert release.frozen_at is not None
    frozen_on = release.frozen_at.astimezone(clock.city_zone()).date()
    check_paper_date(paper.signed_on, frozen_on, clock.today())
    sign_off = add_sign_off(
        actor,
        release,
        department,
        SignWay.PAPER,
        signed_on=paper.signed_on,
        signer_name=paper.signer_name.strip(),
        signer_post=paper.signer_post.strip(),
        reference=paper.reference.strip(),
    )
    db.session.flush()
    files.keep(actor, paper.scan, SIGNED_PAPER, sign_off.id, purpose="scan")
    note(actor, "record_paper_sign_off", release, department)
    return sign_off


def check_turn(release: Release, department: Department, seen_code: str) -> None:
    """Raise Refused unless the release is being signed and it is this body's turn, and
    ChangedSinceOpened when the signer saw other content."""
    if release.state != EditionState.COSIGN:
        raise Refused(_("This release is not open for signing: open its page again"))
    if seen_code != release.check_code:
        raise ChangedSinceOpened(
            _("The content was changed since you opened it: read it again before signing")
        )
    signing_rules.check_turn(department.id, lead_ids(release.edition), bodies_in_force(release))
    if find_sign_off(release, department) is not None:
        raise Refused(_("A paper sign-off of this body is recorded: a second officer confirms it"))


def add_sign_off(
    actor: Person,
    release: Release,
    department: Department,
    way: SignWay,
    *,
    signed_on: date,
    **paper: str,
) -> SignOff:
    """Add a sign-off to the content frozen now and return it."""
    sign_off = SignOff(
        release=release,
        department=department,
        way=str(way),
        check_code=release.check_code,
        signed_on=signed_on,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
        **paper,
    )
    db.session.add(sign_off)
    return sign_off


def note(actor: Person, act: str, release: Release, department: Department) -> None:
    """Write the trail of a signature; the name of who signed on paper stays out of it."""
    changes = {"body": (None, department.slug), "check_code": (None, release.check_code)}
    audit.record(actor, act, release, changes, office=department.name_zh)


@action
def confirm_sign_off(actor: Person, sign_off: SignOff) -> None:
    """Confirm a paper sign-off against the paper, as a second officer; it holds from now on."""
    check_second_officer(actor, sign_off)
    if sign_off.is_in_force:
        raise Refused(_("This sign-off has been confirmed already"))
    release = sign_off.release
    if release.state != EditionState.COSIGN or sign_off.check_code != release.check_code:
        raise Refused(_("The content was changed since this was signed: it cannot be confirmed"))
    sign_off.confirmed_at, sign_off.confirmed_by_id = clock.now(), actor.id
    note(actor, "confirm_sign_off", release, sign_off.department)


@action
def reject_sign_off(actor: Person, sign_off: SignOff, reason: str) -> None:
    """Void a recorded paper sign-off that does not agree with the paper."""
    check_second_officer(actor, sign_off)
    if sign_off.confirmed_at is not None:
        raise Refused(_("This sign-off has been confirmed already"))
    if not reason.strip():
        raise Refused(_("Say what does not agree with the paper"), "reason")
    sign_off.voided_at, sign_off.void_reason = clock.now(), reason.strip()[:300]
    note(actor, "reject_sign_off", sign_off.release, sign_off.department)


def check_second_officer(actor: Person, sign_off: SignOff) -> None:
    """Raise NotAllowed for the recorder, Refused for a void or electronic sign-off."""
    check_recorder(actor, sign_off.release, sign_off.department)
    if sign_off.voided_at is not None:
        raise Refused(_("This sign-off is void: %(reason)s", reason=sign_off.void_reason))
    if sign_off.recorded_by_id == actor.id:
        raise NotAllowed(_("You recorded this sign-off: a second officer confirms it"))
    check_sent_none(actor, sign_off.release)
