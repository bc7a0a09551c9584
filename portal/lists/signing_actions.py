"""What the lead bodies do: sign in the system or on paper; and publishing what they signed."""

from __future__ import annotations

import logging
from datetime import date, datetime

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action, mark_public_change
from portal.errors import ChangedSinceOpened, NotAllowed, Refused
from portal.extensions import db
from portal.lists import content, queries, rules
from portal.lists.actions import announce
from portal.lists.curation_actions import present_content
from portal.lists.edition_actions import change_state, check_release_version
from portal.lists.models import Release, SignOff
from portal.lists.permits import check_curator, check_recorder, check_sent_none, check_signer
from portal.lists.sign_offs import bodies_in_force, find_sign_off
from portal.lists.terms import EditionState, SignWay
from portal.taxonomy.models import Department

logger = logging.getLogger(__name__)


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
    *,
    signer_name: str,
    signer_post: str,
    signed_on: date,
    reference: str,
) -> SignOff:
    """Record what a lead body signed on paper; it holds once a second officer confirms it.

    The reference says where the paper is kept. Raises NotAllowed, Refused, ChangedSinceOpened.
    """
    check_recorder(actor, release, department)
    check_turn(release, department, seen_code)
    assert release.frozen_at is not None
    frozen_on = release.frozen_at.astimezone(clock.city_zone()).date()
    rules.check_paper_date(signed_on, frozen_on, clock.today())
    sign_off = add_sign_off(
        actor,
        release,
        department,
        SignWay.PAPER,
        signed_on=signed_on,
        signer_name=signer_name.strip(),
        signer_post=signer_post.strip(),
        reference=reference.strip(),
    )
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
    rules.check_turn(department.id, queries.lead_ids(release.edition), bodies_in_force(release))
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


@action
def schedule(actor: Person, release: Release, version: int, at: datetime) -> None:
    """Have a signed release published by itself at a moment to come."""
    if at <= clock.now():
        raise Refused(_("The moment of publication has passed: choose one to come"), "at")
    check_signed(release)
    change_state(actor, release, version, EditionState.SCHEDULED, "schedule_release")
    release.scheduled_for = at
    for entry in queries.accepted_entries(release):
        announce(entry)


@action
def unschedule(actor: Person, release: Release, version: int) -> None:
    """Take a release back from the schedule; its sign-offs go on holding."""
    if release.state != EditionState.SCHEDULED:
        raise Refused(_("This release is not scheduled"))
    change_state(actor, release, version, EditionState.COSIGN, "unschedule_release")
    release.scheduled_for = None


@action
def publish(actor: Person, release: Release, version: int) -> None:
    """Publish what every lead body signed; doing it twice changes nothing.

    Raises NotAllowed, Refused (a signature missing, the content changed), ChangedSinceOpened.
    """
    check_curator(actor, release.edition)
    if release.is_public:
        return
    check_release_version(release, version)
    rules.check_step(release.state, EditionState.PUBLISHED)
    check_signed(release)
    put_out(actor, release)


def publish_due() -> int:
    """Publish every scheduled release whose moment has come; return how many were.

    For the worker. Each is one action that looks again under the write lock, so that it is
    published exactly once, also after downtime and by two workers.
    """
    return sum(publish_scheduled(release_id) for release_id in queries.due_releases())


@action
def publish_scheduled(release_id: int) -> bool:
    """Publish one due release; one that no longer agrees with its signatures is held back."""
    release = queries.get_release(release_id)
    due = release.scheduled_for
    if release.state != EditionState.SCHEDULED or due is None or due > clock.now():
        return False
    try:
        check_signed(release)
    except Refused as refusal:
        hold_back(release, refusal)
        return False
    put_out(audit.SYSTEM, release)
    return True


def hold_back(release: Release, refusal: Refused) -> None:
    """Take a release off the schedule, saying why in its trail."""
    logger.warning("release %s was due and is held back", release.id)
    changes = {"state": (release.state, EditionState.COSIGN)}
    audit.record(audit.SYSTEM, "hold_release", release, changes, note=refusal.message)
    release.state, release.scheduled_for = EditionState.COSIGN, None
    release.changed_at = clock.now()


def check_signed(release: Release) -> None:
    """Raise Refused unless every lead body consents to exactly the present content."""
    leads, in_force = queries.lead_ids(release.edition), bodies_in_force(release)
    for body in release.edition.bodies:
        if body.department_id in leads and body.department_id not in in_force:
            raise Refused(_("%(body)s has not signed yet", body=body.department.name_zh))
    codes = {sign_off.check_code for sign_off in release.sign_offs if sign_off.is_in_force}
    codes |= {
        str(release.check_code),
        content.check_code(release.content or ""),
        content.check_code(content.canonical(present_content(release))),
    }
    if len(codes) != 1:
        raise Refused(
            _("The content is not what was signed: reopen the release and have it signed again")
        )


def put_out(actor: audit.Actor, release: Release) -> None:
    """Make a release public: entries keep their snapshots as signed."""
    snapshots = content.snapshots(release.content or "")
    for entry in queries.accepted_entries(release):
        entry.snapshot = snapshots[str(entry.number)]
        announce(entry)
    audit.record(
        actor,
        "publish_release",
        release,
        {
            "state": (release.state, EditionState.PUBLISHED),
            "check_code": (release.check_code, release.check_code),
        },
    )
    release.state = EditionState.PUBLISHED
    release.published_at = release.changed_at = clock.now()
    mark_public_change()
