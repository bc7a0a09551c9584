"""Beginning an entry, deciding on one, saying what it came to."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms.entries import DECISION_NAMES, Decision
from portal.web.forms import (
    ChoiceField,
    CleanedStringField,
    CleanedTextField,
    Form,
    RadioField,
    Required,
    VersionedForm,
)


class StartEntryForm(Form):
    """Which kind of entry, and whose."""

    subtype = RadioField(_l("What kind of entry is it"), [Required(_l("Choose the kind of entry"))])
    publisher = ChoiceField(_l("Publisher"), [Required(_l("Choose the publisher"))])


class EntryDecisionForm(VersionedForm):
    """A curator's decision; a reason beside a field marks it as one to correct."""

    decision = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[(str(decision), DECISION_NAMES[decision]) for decision in Decision],
    )
    ground = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=1000,
        description=_l("The submitter reads it under the name of the office"),
    )


def decision_form(labels: Mapping[str, str]) -> type[EntryDecisionForm]:
    """Return the decision form with one optional reason for each field of the entry."""
    reasons = {
        f"reason_{name}": CleanedStringField(label, [Optional()], longest=300)
        for name, label in labels.items()
    }
    return type("FilledDecisionForm", (EntryDecisionForm,), reasons)
