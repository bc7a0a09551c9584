"""Forms by which an enterprise applies."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.web.forms import (
    ChoiceField,
    CleanedTextField,
    Form,
    Required,
    TickField,
    UploadField,
    VersionedForm,
)


class StartForm(Form):
    """Which enterprise applies."""

    enterprise = ChoiceField(_l("Enterprise"), [Required(_l("Choose the enterprise"))])


class StatementForm(VersionedForm):
    """What speaks for the recognition."""

    statement = CleanedTextField(
        _l("What speaks for the recognition"),
        longest=3000,
        description=_l(
            "Features of the new economy, core property rights, use in the market; at most 3000"
            " characters"
        ),
    )


class DocumentForm(Form):
    """One document of the call."""

    document = ChoiceField(
        _l("Document of the call"), [Required(_l("Choose which document of the call it is"))]
    )
    proof = UploadField(
        _l("File"),
        [Required(_l("Choose a file"))],
        description=_l("PDF, JPG or PNG, at most 20 MB"),
    )


class SubmitForm(VersionedForm):
    """The declaration, and handing in."""

    declared = TickField(
        _l(
            "We declare that the facts and documents are true and complete, and know that a"
            " recognition given on false ones is revoked"
        )
    )


class RemoveForm(VersionedForm):
    """Takes a document back."""


class WithdrawForm(VersionedForm):
    """Takes the application back."""
