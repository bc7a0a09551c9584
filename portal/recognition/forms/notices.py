"""Forms of notices, objections and the decision."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.recognition.terms.notices import RESULT_NAMES
from portal.web.forms import (
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    PlainHiddenField,
    RadioField,
    Required,
    UploadField,
    UploadsField,
    VersionedForm,
)

MOST_PROOFS = 3


class NoticeForm(Form):
    """Which of the proposed enterprises are noticed, under which number."""

    applications = ChoicesField(
        _l("Enterprises proposed"), [Required(_l("Choose at least one enterprise"))]
    )
    document_no = CleanedStringField(_l("Document number"), [Optional()], longest=80)


class ObjectionForm(Form):
    """An objection by a named person."""

    name = CleanedStringField(
        _l("Your name"),
        [Required(_l("Enter your name: an objection is raised by a named person"))],
        longest=60,
        description=_l("Sealed: only the officers who examine the objection may have it shown"),
    )
    contact = CleanedStringField(
        _l("Phone or mail to reach you"),
        [Required(_l("Enter how to reach you"))],
        longest=120,
        description=_l("Sealed likewise"),
    )
    statement = CleanedTextField(
        _l("What you object to, and on what facts"),
        [Required(_l("Write what you object to"))],
        longest=3000,
    )
    proof: UploadField = UploadsField(
        _l("Files"),
        [Optional()],
        most=MOST_PROOFS,
        description=_l("PDF, JPG or PNG, at most 20 MB each; up to three, chosen together"),
    )


class PaperObjectionForm(ObjectionForm):
    """An objection that came in on paper."""

    name = CleanedStringField(
        _l("Name under the letter"),
        [Required(_l("Enter the name: an objection is raised by a named person"))],
        longest=60,
        description=_l("Sealed: only the officers who examine the objection may have it shown"),
    )
    contact = CleanedStringField(
        _l("Phone, mail or address to answer to"),
        [Required(_l("Enter where the answer goes to"))],
        longest=120,
        description=_l("Sealed likewise"),
    )
    received_on = DateField(_l("Came in on"), [Required(_l("Enter the day the letter came in"))])
    proof = UploadField(
        _l("Scan of the letter"),
        [Required(_l("Choose the scan"))],
        description=_l("PDF, JPG or PNG, at most 20 MB; sealed with the name"),
    )


class HandleForm(VersionedForm):
    """What became of an objection."""

    result = RadioField(
        _l("Result"),
        [Required(_l("Choose the result"))],
        choices=[(str(one), name) for one, name in RESULT_NAMES.items()],
    )
    answer = CleanedTextField(
        _l("Answer"),
        [Required(_l("Write the answer: who raised the objection reads it"))],
        longest=1000,
    )


class AfterNoticeForm(VersionedForm):
    """The decision after the notice."""

    seen = PlainHiddenField()
    verdict = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[
            ("recognise", _l("Recognise or renew: the title is granted and public at once")),
            ("refuse", _l("Do not recognise or renew")),
        ],
    )
    document_no = CleanedStringField(
        _l("Document number of the decision"), [Optional()], longest=80
    )
    decided_on = DateField(_l("Date of the decision"), [Optional()])
    ground = CleanedTextField(
        _l("Ground"),
        [Optional()],
        longest=1000,
        description=_l("Needed when it is refused; the enterprise reads it"),
    )
