"""What each role may do for an enterprise: one table, and the pure rules around it."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.enterprises.terms.record import Role
from portal.errors import Refused


class Doing(StrEnum):
    """What somebody may want to do for an enterprise."""

    READ = "read"
    EDIT = "edit"
    SUBMIT = "submit"
    MANAGE = "manage"


MAY: dict[Role, frozenset[Doing]] = {
    Role.VIEWER: frozenset({Doing.READ}),
    Role.EDITOR: frozenset({Doing.READ, Doing.EDIT, Doing.SUBMIT}),
    Role.OWNER: frozenset(Doing),
}
ROLE_NAMES = {
    Role.OWNER: _l("Owner"),
    Role.EDITOR: _l("Editor"),
    Role.VIEWER: _l("Viewer"),
}
ROLE_DUTIES = {
    Role.OWNER: _l("Owner: edits, submits, and manages the members"),
    Role.EDITOR: _l("Editor: edits and submits"),
    Role.VIEWER: _l("Viewer: reads only"),
}
LOST_WITH = {
    Role.OWNER: _l("managing its members"),
    Role.EDITOR: _l("editing and submitting its record and entries for the annual lists"),
    Role.VIEWER: _l("reading its record, figures, files and decisions"),
}


def may(role: str | None, doing: Doing) -> bool:
    """Say whether a role, None for no member, lets somebody do something."""
    return role is not None and doing in MAY[Role(role)]


def refusal_words(doing: Doing) -> str:
    """Return who may do what was refused, and whom to ask."""
    words = {
        Doing.READ: _("Only members of the enterprise may read its record"),
        Doing.EDIT: _(
            "Only owners and editors of the enterprise may change its record: ask an owner"
        ),
        Doing.SUBMIT: _(
            "Only owners and editors of the enterprise may submit for it: ask an owner"
        ),
        Doing.MANAGE: _("Only owners of the enterprise may manage its members: ask an owner"),
    }
    return words[doing]


def lost_with(role: str) -> list[object]:
    """Return what somebody can no longer do once the role is gone, the largest first."""
    order = [Role.OWNER, Role.EDITOR, Role.VIEWER]
    return [LOST_WITH[each] for each in order[order.index(Role(role)) :]]


def check_keeps_owner(role: str, owners: int) -> None:
    """Raise Refused when taking this role away would leave the enterprise without an owner."""
    if role == Role.OWNER and owners <= 1:
        raise Refused(
            _(
                "An enterprise keeps at least one owner: make another member an owner first,"
                " or offer the ownership to one"
            )
        )
