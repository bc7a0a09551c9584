"""Titles follow a merged record into the one that remains, and come back with an undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal import audit, clock
from portal.accounts.models import Person
from portal.classification.actions.carrying import carry_over
from portal.classification.actions.titles import supersede
from portal.classification.models.titles import Title
from portal.classification.permits import office_of
from portal.classification.queries.clocks import known
from portal.classification.queries.titles import WITH_KIND, same_title
from portal.classification.terms.titles import TITLE_FIELDS
from portal.enterprises.following import Follower
from portal.enterprises.models import Enterprise
from portal.extensions import db


def move(actor: Person, merged: Enterprise, survivor: Enterprise) -> list[list[int | None]]:
    """Record each title of the merged enterprise for the one that remains.

    Rows are superseded, so that counts as known before stay what they were. A title the other
    holds already, at one level for one subject with the same number, is not doubled.
    """
    moved: list[list[int | None]] = []
    for title in current_titles(merged.id):
        held = same_title(survivor, title.kind, title.level, title.subject)
        supersede(actor, title, _("Merged into %(name)s", name=survivor.name))
        if any((other.number, other.batch) == (title.number, title.batch) for other in held):
            moved.append([title.id, None])
        else:
            moved.append([title.id, copy(actor, title, survivor).id])
    return moved


def restore(
    actor: Person, merged: Enterprise, survivor: Enterprise, moved: list[list[int | None]]
) -> list[str]:
    """Record each title for its enterprise again; one corrected meanwhile stays and is named."""
    kept = []
    for old_id, new_id in moved or []:
        old = db.session.get_one(Title, old_id)
        new = db.session.get(Title, new_id) if new_id is not None else None
        if new is not None and new.superseded_at is not None:
            kept.append(
                _(
                    "Title no. %(number)s was corrected or withdrawn since and stays with %(name)s",
                    number=old.number or old.kind.name_zh,
                    name=survivor.name,
                )
            )
            continue
        if new is not None:
            supersede(actor, new, _("The merge was undone"))
        copy(actor, old, merged, stood=new)
    return kept


def current_titles(enterprise_id: int) -> Sequence[Title]:
    """Return every title on record for an enterprise, whatever its dates, oldest first."""
    return db.session.scalars(
        select(Title)
        .where(Title.enterprise_id == enterprise_id, known(Title, None))
        .options(WITH_KIND)
        .order_by(Title.id)
    ).all()


def copy(actor: Person, title: Title, enterprise: Enterprise, stood: Title | None = None) -> Title:
    """Record the same title for another enterprise, standing as it does or as `stood` does, the
    row by which it was on record in between."""
    facts: dict[str, Any] = {name: getattr(title, name) for name in TITLE_FIELDS}
    again = Title(
        enterprise=enterprise,
        kind=title.kind,
        recorded_at=clock.now(),
        recorded_by_id=actor.id,
        corrects_id=title.id,
        **facts,
    )
    db.session.add(again)
    db.session.flush()
    carry_over(stood or title, again)
    audit.record(
        actor,
        "move_title",
        again,
        {"enterprise": (title.enterprise_id, enterprise.id)},
        office=office_of(title.kind),
    )
    return again


FOLLOWER = Follower(move, restore)
