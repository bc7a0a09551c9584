"""Inviting somebody, accepting, and offering the ownership."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.forms.members import ROLE_CHOICES
from portal.web.forms import CleanedStringField, Form, RadioField, Required


class InvitationForm(Form):
    """Whom to invite to which role."""

    address = CleanedStringField(
        _l("Mail address or mobile number"),
        [Required(_l("Enter the mail address or mobile number of the person"))],
        longest=254,
        description=_l("A link is sent there; it can be accepted with any account"),
        render_kw={"autocomplete": "off"},
    )
    role = RadioField(_l("Role"), [Required(_l("Choose a role"))], choices=ROLE_CHOICES)


class AnswerForm(Form):
    """One act without input: its page says what it does."""
