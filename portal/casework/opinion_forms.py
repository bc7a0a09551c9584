"""The forms by which a body answers, and by which its answer on paper is recorded."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.casework.opinions import REPLY_NAMES
from portal.web.forms import (
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    RadioField,
    Required,
    UploadField,
    VersionedForm,
)


class AnswerForm(Form):
    """What a body answers."""

    reply = RadioField(
        _l("Answer"),
        [Required(_l("Choose an answer"))],
        choices=[(str(kind), name) for kind, name in REPLY_NAMES.items()],
    )


class ReplyForm(AnswerForm, VersionedForm):
    """A body's answer with its ground."""

    ground = CleanedTextField(
        _l("Ground of the opinion"),
        [Optional()],
        longest=1000,
        description=_l("Needed with an opinion; the department in charge reads it"),
    )


class PaperReplyForm(ReplyForm):
    """A body's answer on paper."""

    replied_on = DateField(_l("Dated"), [Required(_l("Enter the date of the reply"))])
    reference = CleanedStringField(
        _l("Document number"), [Required(_l("Enter the document number"))], longest=120
    )
    scan = UploadField(
        _l("Scan of the reply"),
        [Required(_l("Choose the scan"))],
        description=_l("PDF, JPG or PNG, at most 20 MB"),
    )
