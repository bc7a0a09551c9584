"""Reporting a change of verified facts, noting one, and deciding on a report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.forms.common_reasons import WithCommon
from portal.enterprises.rules.changes import REPORTED
from portal.enterprises.terms.changes import (
    ADDRESS,
    ITEM_NAMES,
    REASON_NAMES,
    VERDICT_NAMES,
    Reason,
    Verdict,
)
from portal.enterprises.terms.record import FIELD_NAMES
from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    MoneyField,
    RadioField,
    Required,
    UploadField,
    VersionedForm,
)

REASONS = [("", _l("Choose")), *((str(reason), REASON_NAMES[reason]) for reason in Reason)]
EFFECTIVE = _l("The day on which the registration authority entered it")


class ReportForm(VersionedForm):
    """The record as it is to be; what is left as it was is no part of the change."""

    reason = ChoiceField(
        _l("Kind of change"),
        [Required(_l("Choose what kind of change it is"))],
        choices=REASONS,
    )
    effective_on = DateField(
        _l("In effect since"),
        [Required(_l("Enter the day on which the change took effect"))],
        description=EFFECTIVE,
    )
    name = CleanedStringField(FIELD_NAMES["name"], [Optional()], longest=120)
    name_en = CleanedStringField(FIELD_NAMES["name_en"], [Optional()], longest=200)
    established_on = DateField(FIELD_NAMES["established_on"], [Optional()])
    registered_capital = MoneyField(FIELD_NAMES["registered_capital"], [Optional()])
    district = ChoiceField(FIELD_NAMES["district"], [Optional()])
    zone = ChoiceField(FIELD_NAMES["zone"], [Optional()])
    registered_address = CleanedStringField(
        ITEM_NAMES[ADDRESS],
        [Optional()],
        longest=200,
        description=_l("As on the business licence; a new one when the enterprise has moved"),
    )
    industry = ChoiceField(FIELD_NAMES["industry"], [Optional()])
    key_industry = ChoiceField(FIELD_NAMES["key_industry"], [Optional()])
    node = ChoiceField(FIELD_NAMES["node"], [Optional()])
    pillars = ChoicesField(FIELD_NAMES["pillars"], [Optional()])
    explanation = CleanedTextField(_l("Explanation"), [Optional()], longest=1000)
    proves = ChoiceField(
        _l("What the file proves"),
        [Optional()],
        choices=[
            ("", _l("The whole change")),
            *((name, ITEM_NAMES[name]) for name in REPORTED),
        ],
        description=_l("To send several files, add one at a time with “Keep, report later”"),
    )
    evidence = UploadField(
        _l("Evidence"),
        [Optional()],
        description=_l("PDF, JPG or PNG, at most 20 MB: the new licence or the notice of change"),
    )


class NoteForm(VersionedForm):
    """A change an officer read of."""

    reason = ChoiceField(
        _l("Kind of change"),
        [Required(_l("Choose what kind of change it is"))],
        choices=REASONS,
    )
    effective_on = DateField(
        _l("In effect since"),
        [Required(_l("Enter the day on which the change took effect"))],
        description=EFFECTIVE,
    )
    hint = CleanedTextField(
        _l("What changed, and where you read it"),
        [Required(_l("Say what changed and where you read it"))],
        longest=500,
        description=_l("The enterprise reads it with the day until which it is to report"),
    )


class VerdictForm(WithCommon, VersionedForm):
    """An officer's decision on a report."""

    canned: Mapping[str, list[str]] = MappingProxyType({})  # sentences to choose from, by field

    verdict = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[(str(verdict), VERDICT_NAMES[verdict]) for verdict in Verdict],
    )
    ground = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=2000,
        description=_l("The enterprise reads it under the name of the office"),
    )


class ChangeWithdrawalForm(VersionedForm):
    """Takes a report back."""


def add_reasons(form: type[VerdictForm]) -> None:
    """Give the decision one optional reason per field; a reason marks the field to correct."""
    for name in REPORTED:
        setattr(
            form,
            f"reason_{name}",
            CleanedStringField(ITEM_NAMES[name], [Optional()], longest=300),
        )


add_reasons(VerdictForm)
