"""Public notices of releases, and objections to what stands on them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.errors import NotFound
from portal.extensions import db
from portal.lists.models import Entry, NoticeObjection, Release, ReleaseNotice
from portal.lists.queries.editions import RELEASE_PARTS
from portal.lists.queries.steps import present_draft
from portal.lists.rules import notices as rules
from portal.lists.terms.editions import EditionState
from portal.lists.terms.entries import EntryState
from portal.lists.terms.steps import NoticeState, ObjectionResult

WITH_RELEASE = (
    joinedload(ReleaseNotice.release).options(*RELEASE_PARTS),
    joinedload(ReleaseNotice.department),
)


def state_of(notice: ReleaseNotice, today: date) -> NoticeState:
    """Return where a notice stands on a day."""
    return rules.state_on(notice.ends_on, notice.stopped_at is not None, today)


def notices_of(release: Release) -> Sequence[ReleaseNotice]:
    """Return the notices of a release, the newest first."""
    return db.session.scalars(
        select(ReleaseNotice)
        .where(ReleaseNotice.release_id == release.id)
        .options(joinedload(ReleaseNotice.department))
        .order_by(ReleaseNotice.id.desc())
    ).all()


def last_notice(release: Release) -> ReleaseNotice | None:
    """Return the newest notice of a release, or None."""
    return next(iter(notices_of(release)), None)


def get_notice(notice_id: int) -> ReleaseNotice:
    """Return a notice with its release; raises NotFound."""
    found = db.session.get(ReleaseNotice, notice_id, options=WITH_RELEASE)
    if found is None:
        raise NotFound
    return found


def made_public() -> Select[ReleaseNotice]:
    """Select the notices, those that end last first."""
    return (
        select(ReleaseNotice)
        .join(ReleaseNotice.release)
        .join(Release.edition)
        .options(contains_eager(ReleaseNotice.release).contains_eager(Release.edition))
        .order_by(ReleaseNotice.ends_on.desc(), ReleaseNotice.id.desc())
    )


def public_notices(offset: int = 0, limit: int = 20) -> Sequence[ReleaseNotice]:
    """Return a page of the notices."""
    return db.session.scalars(made_public().offset(offset).limit(limit)).all()


def count_public_notices() -> int:
    """Return how many notices there are."""
    return db.session.scalar(select(func.count(ReleaseNotice.id))) or 0


def noticed_entries(notice: ReleaseNotice) -> list[tuple[int, dict[str, Any]]]:
    """Return what stands on a notice: the id of each entry with its facts as they were put up."""
    content = json.loads(notice.content)
    return list(zip(notice.entry_ids, content["entries"], strict=True))


def get_noticed(notice: ReleaseNotice, entry_id: int) -> Entry:
    """Return an entry that stands on a notice; raises NotFound."""
    entry = db.session.get(Entry, entry_id) if entry_id in notice.entry_ids else None
    if entry is None:
        raise NotFound
    return entry


def objections_to(notice: ReleaseNotice) -> Sequence[NoticeObjection]:
    """Return the objections to a notice, oldest first."""
    return db.session.scalars(
        select(NoticeObjection)
        .where(NoticeObjection.notice_id == notice.id)
        .options(joinedload(NoticeObjection.entry))
        .order_by(NoticeObjection.id)
    ).all()


def get_objection(objection_id: int) -> NoticeObjection:
    """Return an objection with its notice and release; raises NotFound."""
    found = db.session.get(
        NoticeObjection,
        objection_id,
        options=[
            joinedload(NoticeObjection.notice).options(*WITH_RELEASE),
            joinedload(NoticeObjection.entry),
        ],
    )
    if found is None:
        raise NotFound
    return found


def contested_ids(notice: ReleaseNotice) -> set[int | None]:
    """Return the entries of a notice with an open objection; None among them for the whole list."""
    return {one.entry_id for one in objections_to(notice) if not one.handled_at}


def struck_ids(notice: ReleaseNotice) -> set[int | None]:
    """Return the entries of a notice that an objection took off the list."""
    return {one.entry_id for one in objections_to(notice) if one.result == ObjectionResult.STRUCK}


def notice_facts(release: Release, notice: ReleaseNotice | None) -> rules.Noticed | None:
    """Return the last notice of a release as the rules read it."""
    if notice is None:
        return None
    found = objections_to(notice)
    return rules.Noticed(
        notice.ends_on,
        notice.stopped_at is not None,
        notice.content_code,
        notice.kept_code,
        contested=[named(one) for one in open_objections(release)],
        uncorrected=uncorrected(release, notice, found),
    )


def named(objection: NoticeObjection) -> str:
    """Return what an objection concerns: the entry by its title on the notice, or the list."""
    if objection.entry_id is not None:
        return str(dict(noticed_entries(objection.notice))[objection.entry_id]["title_zh"])
    return objection.notice.release.edition.title_zh


def open_objections(release: Release) -> Sequence[NoticeObjection]:
    """Return the open objections that hold a list up, to whichever of its notices: those to the
    whole list, and those to an entry still in it."""
    return db.session.scalars(
        select(NoticeObjection)
        .join(NoticeObjection.notice)
        .outerjoin(NoticeObjection.entry)
        .where(
            ReleaseNotice.release_id == release.id,
            NoticeObjection.handled_at.is_(None),
            or_(NoticeObjection.entry_id.is_(None), Entry.state == EntryState.ACCEPTED),
        )
        .options(contains_eager(NoticeObjection.notice))
        .order_by(NoticeObjection.id)
    ).all()


def uncorrected(
    release: Release, notice: ReleaseNotice, found: Collection[NoticeObjection]
) -> list[str]:
    """Return the titles of what is to be corrected after an objection and still reads the same."""
    due = [one for one in found if one.result == ObjectionResult.CORRECTED]
    if not due:
        return []
    now = present_draft(release)
    was = dict(noticed_entries(notice))
    is_now = dict(zip(now.ids, now.draft["entries"], strict=True))
    return [
        named(one)
        for one in due
        if (
            now.code == notice.content_code
            if one.entry_id is None
            else was[one.entry_id] == is_now.get(one.entry_id)
        )
    ]


def is_readable(notice: ReleaseNotice) -> bool:
    """Say whether the public reads the entries of a notice in full: until its list is public, which
    then says how they stand, and never once the notice was stopped or the list given up."""
    closed = {EditionState.CANCELLED, EditionState.WITHDRAWN}
    release = notice.release
    return notice.stopped_at is None and release.state not in closed and not release.is_public
