"""Uploading evidence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import ChoiceField, Form, Required, TickField, UploadField

LIMITS = _l("PDF, JPG or PNG, at most 20 MB")


class ProofForm(Form):
    """One file in the place of another."""

    proof = UploadField(_l("File"), [Required(_l("Choose a file"))], description=LIMITS)


class EvidenceForm(ProofForm):
    """A file and the field or figure it belongs to."""

    purpose = ChoiceField(_l("What it proves"), [Required(_l("Choose what the file proves"))])


class IdentityPaperForm(ProofForm):
    """A scan of an identity paper, its number covered."""

    covered = TickField(
        _l("The number is covered on the scan"),
        [Required(_l("Cover the number first, then confirm it here"))],
    )
