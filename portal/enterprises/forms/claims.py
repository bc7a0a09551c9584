"""Asking to act for an enterprise, and the decision on it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.forms.common_reasons import WithCommon
from portal.enterprises.forms.members import ROLE_CHOICES
from portal.web.forms import CleanedTextField, Form, RadioField, Required, UploadField


class ClaimForm(Form):
    """A request with its letter."""

    statement = CleanedTextField(
        _l("Your name, your position and who authorised you"),
        [Required(_l("Say what you do in the enterprise and who authorised you"))],
        longest=500,
        description=_l("Read only by those who decide"),
    )
    letter = UploadField(
        _l("Letter of authorisation"),
        [Required(_l("Choose the letter of authorisation"))],
        description=_l(
            "Signed or stamped by the enterprise; PDF, JPG or PNG, at most 20 MB. Cover the number"
            " of an identity card."
        ),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )


class ClaimDecisionForm(WithCommon, Form):
    """The decision on a request, with the role it gives."""

    accepted = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[
            ("yes", _l("Let this person act for the enterprise")),
            ("no", _l("Refuse the request")),
        ],
    )
    role = RadioField(_l("Role, if accepted"), [Optional()], choices=ROLE_CHOICES)
    ground = CleanedTextField(
        _l("Ground, if refused"), [Optional()], longest=500, description=_l("The person reads it")
    )
