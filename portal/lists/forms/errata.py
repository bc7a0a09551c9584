"""Correcting and withdrawing what was published, and consenting to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms.errata import CORRECTIONS, ERRATUM_KIND_NAMES, RELEASE_FIELD_NAMES
from portal.web.forms import (
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    RadioField,
    Required,
    TickField,
    VersionedForm,
)


class ErratumForm(Form):
    """What kind of correction it is, and why; the public reads both."""

    erratum_kind = RadioField(
        _l("Kind of correction"),
        [Required(_l("Choose the kind of correction"))],
        choices=[(str(kind), ERRATUM_KIND_NAMES[kind]) for kind in CORRECTIONS],
    )
    reason = CleanedTextField(
        _l("Reason"),
        [Required(_l("Give the reason; the public reads it"))],
        longest=500,
        description=_l("The public reads it with the version"),
    )


class ReleaseErratumForm(ErratumForm):
    """The words of the edition and what the issued document says about itself."""

    title_zh = CleanedStringField(
        RELEASE_FIELD_NAMES["title_zh"], [Required(_l("Enter the Chinese title"))], longest=120
    )
    title_en = CleanedStringField(
        RELEASE_FIELD_NAMES["title_en"], [Required(_l("Enter the English title"))], longest=200
    )
    foreword_zh = CleanedTextField(RELEASE_FIELD_NAMES["foreword_zh"], [Optional()], longest=2000)
    foreword_en = CleanedTextField(RELEASE_FIELD_NAMES["foreword_en"], [Optional()], longest=3000)
    document_no = CleanedStringField(RELEASE_FIELD_NAMES["document_no"], [Optional()], longest=80)
    dated_on = DateField(RELEASE_FIELD_NAMES["dated_on"], [Optional()])


class WithdrawForm(Form):
    """Why something is taken back from the public."""

    reason = CleanedTextField(
        _l("Reason"),
        [Required(_l("Give the reason; the public reads it"))],
        longest=500,
        description=_l("It stands in the place of what was withdrawn"),
    )


class IssueForm(VersionedForm):
    """A second officer consents to a change."""

    agreed = TickField(
        _l("I have compared the change with its reason and consent to it"),
        [Required(_l("Tick the box to consent"))],
    )


class RejectErratumForm(VersionedForm):
    """A second officer does not consent."""

    ground = CleanedTextField(
        _l("Why not"), [Required(_l("Say why you do not consent"))], longest=500
    )
