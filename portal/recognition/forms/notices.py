"""Forms of notices, objections and the decision."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

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
    VersionedForm,
)


class NoticeForm(Form):
    """Which of the proposed enterprises are noticed, under which number."""

    applications = ChoicesField(
        _l("Enterprises proposed"), [Required(_l("Choose at least one enterprise"))]
    )
    document_no = CleanedStringField(_l("Document number"), [Optional()], longest=80)


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
