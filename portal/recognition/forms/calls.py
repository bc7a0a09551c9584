"""Forms by which officers make calls known, extend and close them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    Required,
    TickField,
    VersionedForm,
    WholeNumberField,
)


class CallForm(Form):
    """A new call."""

    kind = ChoiceField(_l("Title granted"), [Required(_l("Choose the title to grant"))])
    title_zh = CleanedStringField(
        _l("Title of the call, Chinese"), [Required(_l("Enter the title of the call"))], longest=120
    )
    title_en = CleanedStringField(_l("Title of the call, English"), [Optional()], longest=200)
    document_no = CleanedStringField(
        _l("Document number"), [Required(_l("Enter the document number"))], longest=80
    )
    opens_on = DateField(_l("First day"), [Required(_l("Enter the first day"))])
    closes_on = DateField(
        _l("Last day"),
        [Required(_l("Enter the last day"))],
        description=_l("Applications are taken up to the end of this day"),
    )
    guidance_zh = CleanedTextField(
        _l("Guidance, Chinese"), [Required(_l("Write the guidance"))], longest=6000
    )
    guidance_en = CleanedTextField(_l("Guidance, English"), [Optional()], longest=8000)
    required = CleanedTextField(
        _l("Documents to hand in"),
        [Required(_l("Name at least one document that is to be handed in"))],
        description=_l("One a line: Chinese, then a slash and English"),
    )
    optional = CleanedTextField(
        _l("Documents that may be handed in"), [Optional()], description=_l("One a line, likewise")
    )
    rule_version = ChoiceField(
        _l("Rules for the pre-check and the sheet"), [Required(_l("Choose the rules"))]
    )
    renewals_only = TickField(
        _l("Only for renewals: from holders of the title in the last 180 days of its validity")
    )
    bodies = ChoicesField(_l("Bodies whose opinion is asked"), [Optional()])
    scores_needed = WholeNumberField(
        _l("Officers who score"), [Required(_l("Enter how many officers give a score"))]
    )
    notice_days = WholeNumberField(
        _l("Days of public notice"),
        [Required(_l("Enter how many working days the notice runs"))],
        description=_l("Working days; holidays and make-up days are counted by the calendar"),
    )
    contact_zh = CleanedStringField(
        _l("Office to ask, Chinese"), [Required(_l("Enter the office to ask"))], longest=120
    )
    contact_en = CleanedStringField(_l("Office to ask, English"), [Optional()], longest=160)
    phone = CleanedStringField(
        _l("Landline"), [Required(_l("Enter the landline of the office"))], longest=40
    )


class WhyFields(VersionedForm):
    """Why a call is changed."""

    words_zh = CleanedStringField(
        _l("Reason, Chinese"),
        [Required(_l("Say why: the public reads it on the page of the call"))],
        longest=500,
    )
    words_en = CleanedStringField(_l("Reason, English"), [Optional()], longest=800)


class ExtendForm(WhyFields):
    """A later last day."""

    closes_on = DateField(_l("New last day"), [Required(_l("Enter the last day"))])


class CloseForm(WhyFields):
    """Ends the window today."""
