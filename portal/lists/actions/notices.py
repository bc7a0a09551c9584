"""Putting a list to public notice, extending the notice, and keeping it after a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.models import Person
from portal.casework.clocks import due_after
from portal.database import action
from portal.errors import ChangedSinceOpened, Refused
from portal.extensions import db
from portal.lists.actions.editions import change_state
from portal.lists.actions.opinions import end_round
from portal.lists.actions.readiness import check_complete
from portal.lists.actions.telling import tell_publisher
from portal.lists.models import Release, ReleaseNotice
from portal.lists.permits import check_curator
from portal.lists.queries.before_signing import check_consulted
from portal.lists.queries.entries import accepted_entries
from portal.lists.queries.steps import Draft, present_draft
from portal.lists.rules import notices as rules
from portal.lists.rules.steps import check_days
from portal.lists.terms.editions import SHOWN_STATES, EditionState
from portal.taxonomy.models import Department
from portal.taxonomy.queries import calendar
from portal.taxonomy.working_days import Due


@dataclass(frozen=True)
class NoticeWords:
    """What a notice says: for how many working days, under which number, what may be objected,
    which body handles objections, and where it is reached."""

    days: int | None
    document_no: str
    scope: str
    department: Department
    address: str
    office: str
    phone: str


@action
def publish_notice(
    actor: Person, release: Release, version: int, said: NoticeWords
) -> ReleaseNotice:
    """Put the list as it is now to public notice from today; nothing else of it is public.

    Raises NotAllowed, ChangedSinceOpened, Refused.
    """
    check_curator(actor, release.edition)
    if not release.notice_days:
        raise Refused(_("This list asks for no public notice: set that on its board first"))
    days = check_days(said.days)
    rules.check_length(days, release.notice_days)
    check_complete(release)
    check_consulted(release)
    if release.state == EditionState.CONSULTING:
        end_round(actor, release)
    draft, last = present_draft(release), due_after(days)
    change_state(actor, release, version, EditionState.NOTICED, "publish_notice")
    notice = written(release, said, draft, last)
    notice.days, notice.published_by_id = days, actor.id
    db.session.add(notice)
    db.session.flush()
    audit.record(actor, "publish_list_notice", notice, {"ends_on": (None, last.on)})
    for entry in accepted_entries(release):
        tell_publisher(
            entry, "entry_noticed", event="noticed", notice=notice.id, day=last.on.isoformat()
        )
    return notice


def written(release: Release, said: NoticeWords, draft: Draft, last: Due) -> ReleaseNotice:
    """Return a notice of a draft from today to its last day."""
    return ReleaseNotice(
        release=release,
        department=said.department,
        content=draft.text,
        content_code=draft.code,
        entry_ids=draft.ids,
        document_no=said.document_no.strip(),
        starts_on=clock.today(),
        ends_on=last.on,
        provisional=last.provisional,
        scope=said.scope.strip(),
        address=said.address.strip(),
        office=said.office.strip(),
        phone=said.phone.strip(),
        published_at=clock.now(),
    )


@action
def extend_notice(
    actor: Person, notice: ReleaseNotice, version: int, days: int | None, reason: str
) -> None:
    """Let a running notice run for so many working days more; its page says why."""
    check_curator(actor, notice.release.edition)
    check_notice_version(notice, version)
    rules.check_extendable(notice.ends_on, notice.stopped_at is not None, clock.today())
    if not reason.strip():
        raise Refused(_("Say why; it stands on the notice"), "reason")
    more = check_days(days)
    before = notice.ends_on
    known = calendar(before, before + timedelta(days=more * 3 + 30))
    last = known.add(before, more)
    notice.ends_on, notice.days = last.on, notice.days + more
    notice.provisional = notice.provisional or last.provisional
    told = [before.isoformat(), last.on.isoformat(), reason.strip()]
    notice.extensions = [*notice.extensions, told]
    changes = {"ends_on": (before, last.on)}
    audit.record(actor, "extend_notice", notice, changes, note=reason.strip())


@action
def keep_notice(actor: Person, notice: ReleaseNotice, version: int, code: str, ground: str) -> None:
    """Record why the content of this code, which is not the one that was on notice, needs no new
    one. Raises NotAllowed, ChangedSinceOpened, Refused."""
    release = notice.release
    check_curator(actor, release.edition)
    check_notice_version(notice, version)
    if release.state not in {*SHOWN_STATES, EditionState.CURATING}:
        raise Refused(_("The list has moved on: its content is fixed"))
    if present_draft(release).code != code:
        raise ChangedSinceOpened(
            _("The content was changed since you opened it: look at it again and repeat")
        )
    stopped = notice.stopped_at is not None
    rules.check_kept(code, notice.content_code, notice.kept_code, stopped)
    if not ground.strip():
        raise Refused(_("Give the ground; it stands in the review sheet"), "ground")
    audit.record(
        actor,
        "keep_notice",
        notice,
        {"check_code": (notice.content_code, code)},
        note=ground.strip(),
    )
    notice.kept_code, notice.kept_ground = code, ground.strip()
    notice.kept_at, notice.kept_by_id = clock.now(), actor.id


def check_notice_version(notice: ReleaseNotice, version: int) -> None:
    """Raise ChangedSinceOpened when the form shows an older state of the notice."""
    if notice.version != version:
        raise ChangedSinceOpened(_("The notice was changed since you opened it: open it again"))
