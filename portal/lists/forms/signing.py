"""Signing in the system and on paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    CleanedStringField,
    DateField,
    Form,
    PlainHiddenField,
    Required,
    TickField,
    UploadField,
)


class SignForm(Form):
    """A signature in the system, on the content whose check code was shown."""

    seen_code = PlainHiddenField()
    agreed = TickField(
        _l("I have read the content and sign it for this body"),
        [Required(_l("Tick the box to sign"))],
    )


class PaperForm(Form):
    """What a signed paper says."""

    seen_code = PlainHiddenField()
    signer_name = CleanedStringField(
        _l("Who signed"), [Required(_l("Enter who signed"))], longest=60
    )
    signer_post = CleanedStringField(
        _l("Post"), [Required(_l("Enter the post of who signed"))], longest=80
    )
    signed_on = DateField(_l("Signed on"), [Required(_l("Enter the date of signing"))])
    reference = CleanedStringField(
        _l("Reference"),
        [Required(_l("Enter where the paper is kept"))],
        longest=120,
        description=_l("Number of the paper or of the item in the office system"),
    )
    scan = UploadField(
        _l("Scan of the signed paper"),
        [Required(_l("Choose the scan of the signed paper"))],
        description=_l("PDF, JPG or PNG, at most 20 MB"),
    )


class ConfirmForm(Form):
    """A second officer has seen the paper."""

    agreed = TickField(
        _l("I have compared this with the signed paper; the check code on it is the same"),
        [Required(_l("Tick the box to confirm"))],
    )
