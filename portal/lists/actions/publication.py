"""Publishing what the lead bodies signed: at once, or at a set moment."""

from __future__ import annotations

import logging
from datetime import datetime

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.database import action
from portal.errors import Refused
from portal.lists import content
from portal.lists.actions.continuing import settle_continued
from portal.lists.actions.editions import change_state, check_release_version
from portal.lists.actions.entries import announce
from portal.lists.actions.versions import add_version
from portal.lists.models import Release
from portal.lists.permits import check_curator
from portal.lists.queries.content import present_content
from portal.lists.queries.editions import due_releases, get_release, lead_ids
from portal.lists.queries.entries import accepted_entries
from portal.lists.queries.ledger import check_ended
from portal.lists.queries.reviews import check_reviewed
from portal.lists.queries.sign_offs import bodies_in_force
from portal.lists.rules.releases import check_none_closes_before, check_step
from portal.lists.terms.editions import EditionState
from portal.lists.terms.ledger import Purpose

logger = logging.getLogger(__name__)


@action
def schedule(actor: Person, release: Release, version: int, at: datetime) -> None:
    """Have a signed release published by itself at a moment to come."""
    if at <= clock.now():
        raise Refused(_("The moment of publication has passed: choose one to come"), "at")
    entries = accepted_entries(release)
    closing = {e.title: e.closes_on for e in entries if e.closes_on and not e.standing}
    on = at.astimezone(clock.city_zone()).date()
    check_none_closes_before(closing, on, clock.today())
    check_signed(release)
    check_ended(release, Purpose.PUBLISH)
    change_state(actor, release, version, EditionState.SCHEDULED, "schedule_release")
    release.scheduled_for = at
    for entry in entries:
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
    check_step(release.state, EditionState.PUBLISHED)
    check_signed(release)
    check_ended(release, Purpose.PUBLISH)
    put_out(actor, release)


def publish_due() -> int:
    """Publish every scheduled release whose moment has come; return how many were.

    For the worker. Each is one action that looks again under the write lock, so that it is
    published exactly once, also after downtime and by two workers.
    """
    return sum(publish_scheduled(release_id) for release_id in due_releases())


@action
def publish_scheduled(release_id: int) -> bool:
    """Publish one due release; one that no longer agrees with its signatures is held back."""
    release = get_release(release_id)
    due = release.scheduled_for
    if release.state != EditionState.SCHEDULED or due is None or due > clock.now():
        return False
    try:
        check_signed(release)
        check_ended(release, Purpose.PUBLISH)
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
    """Raise Refused unless every lead body consents to exactly the present content, and the review
    sheet stands for it."""
    leads, in_force = lead_ids(release.edition), bodies_in_force(release)
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
    check_reviewed(release)


def put_out(actor: audit.Actor, release: Release) -> None:
    """Make a release public: entries keep their snapshots as signed."""
    snapshots = content.snapshots(release.content or "")
    for entry in accepted_entries(release):
        entry.snapshot = snapshots[str(entry.number)]
        announce(entry)
        settle_continued(actor, entry)
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
    add_version(release)
