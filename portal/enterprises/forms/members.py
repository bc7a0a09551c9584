"""Changing a member's role, removing a member, leaving."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.rules.roles import ROLE_DUTIES
from portal.web.forms import Form, RadioField, Required, VersionedForm

ROLE_CHOICES = [(str(role), words) for role, words in ROLE_DUTIES.items()]


class RoleForm(VersionedForm):
    """A member's role."""

    role = RadioField(_l("Role"), [Required(_l("Choose a role"))], choices=ROLE_CHOICES)


class RemovalForm(VersionedForm):
    """Removes a member."""


class LeaveForm(Form):
    """Leaves an enterprise."""
