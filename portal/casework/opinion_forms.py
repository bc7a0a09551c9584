"""The forms by which a body answers, and by which its answer on paper is recorded."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.casework.opinions import REPLY_NAMES
from portal.web.forms import (
    CleanedStringField,
    DateField,
    Form,
    Optional,
    RadioField,
    Required,
    TickField,
    UploadField,
)


class AnswerForm(Form):
    """What a body answers."""

    reply = RadioField(
        _l("Answer"),
        [Required(_l("Choose an answer"))],
        choices=[(str(kind), name) for kind, name in REPLY_NAMES.items()],
    )


class PaperReplyForm(AnswerForm):
    """What a body's answer on paper says of itself."""

    signer_name = CleanedStringField(
        _l("Who signed"), [Required(_l("Enter who signed"))], longest=60
    )
    signer_post = CleanedStringField(_l("Post"), [Required(_l("Enter the post"))], longest=80)
    replied_on = DateField(_l("Dated"), [Required(_l("Enter the date of the reply"))])
    reference = CleanedStringField(_l("Document number"), [Optional()], longest=120)
    scan = UploadField(
        _l("Scan of the reply"),
        [Required(_l("Choose the scan"))],
        description=_l("PDF, JPG or PNG, at most 20 MB"),
    )


class ConfirmReplyForm(Form):
    """A second officer has seen the paper."""

    agreed = TickField(
        _l("I have compared this with the reply on paper"),
        [Required(_l("Tick the box to confirm"))],
    )


class RejectForm(Form):
    """What is recorded does not agree with the paper."""

    reason = CleanedStringField(
        _l("What does not agree"), [Required(_l("Say what does not agree"))], longest=300
    )
