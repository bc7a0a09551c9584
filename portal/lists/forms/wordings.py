"""Proposing a public wording, answering it, deciding on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.forms.entry import EntryForm, entry_form
from portal.web.forms import CleanedTextField, RadioField, Required, VersionedForm

CONSENT, OBJECT = "consent", "object"
DECIDE, DROP = "decide", "drop"


def wording_form(names: Sequence[str], fields: Sequence[Mapping[str, Any]]) -> type[EntryForm]:
    """Return the form of an entry's texts, with a note to the submitter."""
    note = CleanedTextField(
        _l("Note to the submitter"),
        [Optional()],
        longest=500,
        description=_l("Why the wording should change"),
        render_kw={"rows": 2},
    )
    return type("WordingForm", (entry_form(names, fields),), {"note": note})


class WordingAnswerForm(VersionedForm):
    """The submitter consents, or objects with words."""

    answer = RadioField(
        _l("Answer"),
        [Required(_l("Choose an answer"))],
        choices=[
            (CONSENT, _l("I consent to this wording")),
            (OBJECT, _l("I object; the wording sent in should stand")),
        ],
    )
    objection = CleanedTextField(
        _l("What speaks against it"),
        [Optional()],
        longest=1000,
        description=_l("With an objection"),
    )


class WordingDecisionForm(VersionedForm):
    """The curator decides without consent, or gives the wording up."""

    act = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[
            (DECIDE, _l("Let this wording stand without consent")),
            (DROP, _l("Give it up: the wording sent in stands")),
        ],
    )
    ground = CleanedTextField(
        _l("Ground"), [Optional()], longest=1000, description=_l("The submitter reads it")
    )
