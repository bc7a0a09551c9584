"""Writing a version of the rules, proposing it and deciding on it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.classification.criteria.reading import LARGEST
from portal.web.forms import (
    ChoiceField,
    CleanedTextField,
    DateField,
    Form,
    Optional,
    RadioField,
    Required,
    TickField,
    UploadField,
    VersionedForm,
)

PUT_IN_FORCE, REJECT = "put_in_force", "reject"


class RuleTextField(CleanedTextField):
    """A rule file as it is typed: its indentation is part of it."""

    def clean(self, text: str) -> str:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff").rstrip()
        return f"{lines}\n" if lines else ""


class RulesForm(Form):
    """The text of a version, typed or in a file."""

    file = UploadField(
        _l("Rule file"),
        [Optional()],
        description=_l("A .yaml file; it takes the place of the text below"),
    )
    text = RuleTextField(
        _l("Text of the rules"),
        [Required(_l("Enter the text of the rules, or choose a file"))],
        longest=LARGEST,
        render_kw={"rows": 40, "spellcheck": "false", "lang": "zh-CN"},
        description=_l(
            "Begin with the text of another version: give it an id of its own, its first day, its"
            " source, and change what has changed"
        ),
    )


class SavedRulesForm(RulesForm, VersionedForm):
    """The same, for a draft that is kept."""


class ProposalForm(VersionedForm):
    """Hands a draft to a second officer."""

    words = CleanedTextField(
        _l("What has changed and why"),
        [Required(_l("Say what has changed, with the document it rests on"))],
        longest=500,
        description=_l("The second officer reads it; it stays in the trail"),
    )


class DecisionForm(VersionedForm):
    """A second officer's decision."""

    decision = RadioField(
        _l("Decision"),
        [Required(_l("Choose a decision"))],
        choices=[
            (PUT_IN_FORCE, _l("Put in force from its first day on")),
            (REJECT, _l("Reject: who wrote it may correct it")),
        ],
    )
    in_the_past = TickField(
        _l("Its first day has come already: applications since then are judged by it from now on")
    )
    ground = CleanedTextField(
        _l("Ground"),
        [Optional()],
        longest=500,
        description=_l("Needed when you reject; who wrote it reads it"),
    )


class TrialForm(Form):
    """Has a version tried on the registry."""

    against = ChoiceField(_l("Compared with"), [Required(_l("Choose the version to compare with"))])
    on_day = DateField(
        _l("As if applied for on"),
        [Required(_l("Enter the day of the application"))],
        description=_l("Last year’s figures are those of the year before this day"),
    )
