"""Proposing a merge field by field, deciding on it, undoing it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.forms.common_reasons import WithCommon, WrittenOrCommon
from portal.enterprises.forms.registration import CreditCodeField
from portal.enterprises.forms.standing import SecondOfficerForm
from portal.enterprises.rules.merges import CHOOSABLE
from portal.enterprises.terms.record import FIELD_NAMES
from portal.web.forms import (
    CleanedTextField,
    Form,
    RadioField,
    Required,
    TickField,
    VersionedForm,
)

SURVIVOR, MERGED = "survivor", "merged"


class OtherForm(Form):
    """Names the duplicate; sent as a question in the address."""

    class Meta:
        csrf = False

    other = CreditCodeField(
        _l("Credit code of the duplicate"),
        [Required(_l("Enter the credit code of the record to be merged into this one"))],
        longest=40,
    )


class ProposalForm(WithCommon, VersionedForm):
    """Which record gives which value."""

    ground = CleanedTextField(
        _l("Ground"),
        [WrittenOrCommon(_l("Give the ground; the enterprise will read it"))],
        longest=500,
    )
    frees_code = TickField(
        _l("The code of the duplicate was entered by mistake and belongs to another enterprise")
    )


class MergeDecisionForm(WithCommon, SecondOfficerForm):
    """A second officer's decision on a merge."""

    consents = _l("Consent: the records are merged at once")
    declines = _l("Decline: both records stay as they are")


class UndoForm(VersionedForm):
    """Parts two records again."""

    ground = CleanedTextField(
        _l("Ground"), [Required(_l("Give the ground for undoing the merge"))], longest=500
    )


def add_choices(form: type[ProposalForm]) -> None:
    """Give the proposal one choice per field."""
    for name in CHOOSABLE:
        choices = [(SURVIVOR, _l("The remaining record")), (MERGED, _l("The duplicate"))]
        field = RadioField(FIELD_NAMES[name], [Optional()], choices=choices, default=SURVIVOR)
        setattr(form, f"take_{name}", field)


add_choices(ProposalForm)
