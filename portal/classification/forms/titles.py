"""What officers fill in from a source document, and why they change it later."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.classification.terms.titles import TITLE_FIELDS
from portal.web.forms import (
    AddressField,
    ChoiceField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    Required,
    UploadField,
    VersionedForm,
)


class TitleForm(Form):
    """A title as its source document states it."""

    level = ChoiceField(TITLE_FIELDS["level"], [Required(_l("Choose the level"))])
    number = CleanedStringField(
        TITLE_FIELDS["number"], [Required(_l("Enter the number"))], longest=60
    )
    batch = CleanedStringField(
        TITLE_FIELDS["batch"],
        [Optional()],
        longest=60,
        description=_l("The year and batch of the list, when the number is a place on it"),
    )
    subject = CleanedStringField(
        TITLE_FIELDS["subject"],
        [Optional()],
        longest=120,
        description=_l("When the title names one, such as the product of a champion"),
    )
    granted_on = DateField(
        TITLE_FIELDS["granted_on"], [Required(_l("Enter the date on which it was granted"))]
    )
    valid_from = DateField(
        TITLE_FIELDS["valid_from"],
        [Optional()],
        description=_l("Leave empty when validity begins on the day of granting"),
    )
    valid_until = DateField(TITLE_FIELDS["valid_until"], [Optional()])
    source_title = CleanedStringField(
        TITLE_FIELDS["source_title"],
        [Required(_l("Enter the title of the source document"))],
        longest=200,
        description=_l("The announcement or list in which the enterprise is named"),
    )
    source_number = CleanedStringField(TITLE_FIELDS["source_number"], [Optional()], longest=80)
    source_date = DateField(
        TITLE_FIELDS["source_date"], [Required(_l("Enter the date of the source document"))]
    )
    source_url = AddressField(
        TITLE_FIELDS["source_url"],
        [Optional()],
        longest=300,
        description=_l("Where the grantor published it"),
    )


class CorrectionForm(TitleForm, VersionedForm):
    """The same, with the ground for changing it."""

    ground = CleanedTextField(
        _l("Ground for the correction"),
        [Required(_l("Say why, with what the correction rests on"))],
        longest=500,
    )


class WithdrawalForm(VersionedForm):
    """Takes back what was recorded in error."""

    ground = CleanedTextField(
        _l("Ground for the withdrawal"),
        [Required(_l("Say why, with what the withdrawal rests on"))],
        longest=500,
    )


class RefusalForm(VersionedForm):
    """Says why a claimed title is not borne out."""

    ground = CleanedTextField(
        _l("Ground"),
        [Required(_l("Say why, with what the refusal rests on"))],
        longest=500,
        description=_l("A member who claimed the title reads it"),
    )


class VerificationForm(TitleForm, VersionedForm):
    """A claimed title as the officer finds it in its source."""


class TitleClaimForm(TitleForm):
    """A title as a member claims it, with the certificate or the page of the list."""

    proof = UploadField(
        _l("Certificate, or the page of the list that names the enterprise"),
        [Required(_l("Choose the file that proves the title"))],
        description=_l("PDF, JPG or PNG, at most 20 MB; read by members and by the officers only"),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )
