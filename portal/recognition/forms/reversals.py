"""Forms by which officers reverse a decision."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.enterprises.forms.standing import SecondOfficerForm
from portal.web.forms import CleanedTextField, Required, VersionedForm


class AskForm(VersionedForm):
    """Why a decision is to be reversed."""

    ground = CleanedTextField(
        _l("Ground"),
        [Required(_l("Give the ground: the enterprise reads it"))],
        longest=500,
        description=_l("With the facts or the document it rests on; the enterprise reads it"),
    )


class ConsentForm(SecondOfficerForm):
    """The second officer's decision on a reversal."""

    consents = _l("Consent: the decision is reversed at once")
    declines = _l("Decline: the decision stands")
