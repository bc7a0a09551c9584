"""Editions, calls, document number, schedule."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, Regexp

from portal.lists.terms.kinds import KIND_NAMES, Kind
from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    RadioField,
    Required,
    UploadField,
    VersionedForm,
    WholeNumberField,
)

TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class EditionForm(Form):
    """A list of a year, with the bodies that sign it in their order."""

    year = WholeNumberField(_l("Year"), [Required(_l("Enter the year"))])
    kind = RadioField(
        _l("Kind of list"),
        [Required(_l("Choose the kind of list"))],
        choices=[(str(kind), KIND_NAMES[kind]) for kind in Kind],
    )
    title_zh = CleanedStringField(
        _l("Title in Chinese"), [Required(_l("Enter the Chinese title"))], longest=120
    )
    title_en = CleanedStringField(
        _l("Title in English"), [Required(_l("Enter the English title"))], longest=200
    )
    foreword_zh = CleanedTextField(_l("Foreword in Chinese"), [Optional()], longest=2000)
    foreword_en = CleanedTextField(_l("Foreword in English"), [Optional()], longest=3000)
    first = ChoiceField(_l("Lead body that signs first"), [Required(_l("Choose a lead body"))])
    second = ChoiceField(_l("Lead body that signs second"), [Optional()])
    third = ChoiceField(_l("Lead body that signs third"), [Optional()])
    cooperating = ChoicesField(_l("Cooperating bodies"), [Optional()])


class CallForm(VersionedForm):
    """The days between which entries may be sent in."""

    opens_on = DateField(_l("Call opens on"), [Required(_l("Enter the day the call opens"))])
    closes_on = DateField(
        _l("Call closes on"),
        [Optional()],
        description=_l("The last day counts; without one the call stays open until it is closed"),
    )


class DescriptionForm(VersionedForm):
    """What the issued document says about itself."""

    document_no = CleanedStringField(_l("Document number"), [Optional()], longest=80)
    dated_on = DateField(_l("Date of issue"), [Optional()])


class DocumentForm(VersionedForm):
    """The scan of the document a release was issued with."""

    document = UploadField(
        _l("Scanned document"),
        [Required(_l("Choose the scanned document"))],
        description=_l("PDF, JPG or PNG, at most 20 MB; public with the release"),
    )


class ScheduleForm(VersionedForm):
    """When a signed release becomes public by itself, in the city's time."""

    on = DateField(_l("Day of publication"), [Required(_l("Enter the day of publication"))])
    time = CleanedStringField(
        _l("Time of publication"),
        [
            Required(_l("Enter the time of publication")),
            Regexp(TIME, message=_l("Enter the time as hours and minutes, such as 09:30")),
        ],
        longest=5,
        description=_l("Hours and minutes in the city’s time, such as 09:30"),
    )
