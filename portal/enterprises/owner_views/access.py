"""Which member may see and do what: read once for a page, for its view and its template."""

from __future__ import annotations

from flask import request
from flask_login import current_user

from portal.accounts.access import person
from portal.enterprises.models import Enterprise
from portal.enterprises.owner_views.frame import blueprint
from portal.enterprises.queries.members import find_membership
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.rules import roles
from portal.enterprises.rules.roles import Doing
from portal.errors import NotAllowed, NotFound


def get_for(enterprise_id: int, doing: Doing) -> Enterprise:
    """Return a record of the signed-in member for what they want to do.

    Raises NotFound for everybody else, so that ids reveal nothing, and NotAllowed, saying who
    may, for a member whose role does not let them.
    """
    role = role_in(enterprise_id)
    if role is None:
        raise NotFound
    if not roles.may(role, doing):
        raise NotAllowed(roles.refusal_words(doing))
    return get_enterprise(enterprise_id)


def role_in(enterprise_id: int) -> str | None:
    """Return the signed-in person's role in an enterprise, read once a request."""
    known: dict[int, str | None] = request.environ.setdefault("portal.roles", {})
    if enterprise_id not in known:
        membership = find_membership(person(), enterprise_id)
        known[enterprise_id] = membership.role if membership else None
    return known[enterprise_id]


def may_do(enterprise: Enterprise, doing: str) -> bool:
    """Say whether the reader of the page may do something, so that it is offered only then."""
    return current_user.is_authenticated and roles.may(role_in(enterprise.id), Doing(doing))


@blueprint.context_processor
def member_rights() -> dict[str, object]:
    """Give a member's pages `may_do(enterprise, 'edit')`."""
    return {"may_do": may_do}
