"""Asking to act for an enterprise, and the decision on it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.web.forms import (
    CleanedTextField,
    Form,
    RadioField,
    Required,
)


class ClaimForm(Form):
    statement = CleanedTextField(
        _l("Your position and who authorised you"),
        [Required(_l("Say what you do in the enterprise and who authorised you"))],
        longest=500,
    )


class ClaimDecisionForm(Form):
    """An officer's decision on a claim."""

    accepted = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[
            ("yes", _l("Let this person act for the enterprise")),
            ("no", _l("Refuse the request")),
        ],
    )
    ground = CleanedTextField(_l("Ground"), [Optional()], longest=500)
