"""An officer's decision on a submission."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.forms.common_reasons import WithCommon
from portal.enterprises.terms.record import (
    DECISION_NAMES,
    FIELD_NAMES,
    Decision,
)
from portal.web.forms import (
    CleanedStringField,
    CleanedTextField,
    DateField,
    RadioField,
    Required,
    VersionedForm,
)


class DecisionForm(WithCommon, VersionedForm):
    """An officer's decision on a submission."""

    canned: Mapping[str, list[str]] = MappingProxyType({})  # sentences to choose from, by field

    decision = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[(str(decision), DECISION_NAMES[decision]) for decision in Decision],
    )
    ground = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=2000,
        description=_l("The enterprise reads it under the name of the office"),
    )
    answer_by = DateField(
        _l("To be corrected by"),
        [Optional()],
        description=_l("For a return; the letter names the day"),
    )


def add_reasons(form: type[DecisionForm]) -> None:
    """Give the decision one optional reason per field; a reason marks the field to correct."""
    for name, label in FIELD_NAMES.items():
        setattr(form, f"reason_{name}", CleanedStringField(label, [Optional()], longest=300))


add_reasons(DecisionForm)
