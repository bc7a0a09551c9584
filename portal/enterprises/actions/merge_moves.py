"""What follows a merged record inside the registry: its members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from portal import clock
from portal.enterprises.models import Enterprise, Membership
from portal.enterprises.queries.members import find_membership, members_of
from portal.enterprises.terms.record import Role
from portal.extensions import db


def move_members(merged: Enterprise, survivor: Enterprise) -> list[dict[str, Any]]:
    """Let the members of a merged record act for the one that remains; return who.

    Who is a member there keeps their role; an owner becomes an editor where there is an owner.
    """
    has_owner = any(member.role == Role.OWNER for member in members_of(survivor.id))
    moved = []
    for member in members_of(merged.id):
        member.ended_at = clock.now()
        opened = None
        if find_membership(member.person, survivor.id) is None:
            demoted = member.role == Role.OWNER and has_owner
            opened = join(member, survivor, Role.EDITOR if demoted else Role(member.role))
        moved.append(
            {"person": member.person_id, "role": member.role, "opened": opened and opened.id}
        )
    return moved


def join(member: Membership, enterprise: Enterprise, role: Role) -> Membership:
    """Open a membership of the same person elsewhere."""
    opened = Membership(
        person_id=member.person_id, enterprise_id=enterprise.id, role=role, since=clock.now()
    )
    db.session.add(opened)
    db.session.flush()
    return opened


def restore_members(
    merged: Enterprise, survivor: Enterprise, moved: Sequence[dict[str, Any]]
) -> list[str]:
    """Let the members act for the parted record again; say who has another role meanwhile."""
    kept = []
    for item in moved:
        opened = db.session.get(Membership, item["opened"]) if item["opened"] else None
        if opened is not None and opened.ended_at is None:
            if opened.role in (item["role"], Role.EDITOR):
                opened.ended_at = clock.now()
            else:
                kept.append(
                    _("A member's role in %(name)s was changed since and stays", name=survivor.name)
                )
        db.session.add(
            Membership(
                person_id=item["person"],
                enterprise_id=merged.id,
                role=item["role"],
                since=clock.now(),
            )
        )
    db.session.flush()
    return kept
