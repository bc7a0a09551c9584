"""What a call says, its extension, a supplement, an attachment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms.kinds import PUBLISHER_KIND_NAMES
from portal.web.forms import (
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Required,
    UploadField,
    VersionedForm,
)


class CallWordsForm(VersionedForm):
    """The notice of a call."""

    document_no = CleanedStringField(_l("Document number"), [Optional()], longest=80)
    audience = ChoicesField(
        _l("Whom it addresses"),
        [Optional()],
        choices=[(str(kind), name) for kind, name in PUBLISHER_KIND_NAMES.items()],
        description=_l("None ticked: everybody"),
    )
    guidance_zh = CleanedTextField(
        _l("Guidance in Chinese"),
        [Required(_l("Write what entries should hold"))],
        longest=6000,
        description=_l("What is sought, what makes an entry good, how it goes on"),
        render_kw={"rows": 10},
    )
    guidance_en = CleanedTextField(
        _l("Guidance in English"), [Optional()], longest=9000, render_kw={"rows": 6}
    )


class SaidForm(VersionedForm):
    """Why, or what is added; the public reads it."""

    words_zh = CleanedTextField(
        _l("Words for the public, Chinese"), [Optional()], longest=500, render_kw={"rows": 3}
    )
    words_en = CleanedTextField(
        _l("Words for the public, English"), [Optional()], longest=800, render_kw={"rows": 3}
    )


class ExtensionForm(SaidForm):
    """A later last day."""

    closes_on = DateField(_l("New last day"), [Required(_l("Enter the new last day"))])


class ClosingForm(SaidForm):
    """Why the call ends before its day."""


class CallFileForm(Form):
    """An attachment of a call."""

    file = UploadField(
        _l("Attachment"),
        [Required(_l("Choose a file"))],
        description=_l("PDF, JPG, PNG, XLSX or DOCX, at most 20 MB"),
    )
