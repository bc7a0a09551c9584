"""Forms of the lists: beginning an entry, decisions, calls, signatures, publication."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.terms import (
    DECISION_NAMES,
    KIND_NAMES,
    LIFE_NAMES,
    Decision,
    Kind,
    Life,
)
from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    PlainHiddenField,
    RadioField,
    Required,
    TickField,
    VersionedForm,
    WholeNumberField,
)

HALF_HOURS = [f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30)]


class StartEntryForm(Form):
    """Which kind of entry, and whose."""

    subtype = RadioField(_l("What kind of entry is it"), [Required(_l("Choose the kind of entry"))])
    publisher = ChoiceField(_l("Publisher"), [Required(_l("Choose the publisher"))])


class ActForm(VersionedForm):
    """One act on what was seen; needs nothing else."""


class ReasonForm(VersionedForm):
    """An act that is explained to those it concerns."""

    reason = CleanedTextField(_l("Reason"), [Required(_l("Give the reason"))], longest=300)


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


class SignForm(Form):
    """A signature in the system, on the content whose check code was shown."""

    seen_code = PlainHiddenField()
    agreed = TickField(
        _l("I have read the content and sign it for this body"),
        [Required(_l("Tick the box to sign"))],
    )


class PaperForm(Form):
    """What a signed paper says."""

    seen_code = PlainHiddenField()
    signer_name = CleanedStringField(
        _l("Who signed"), [Required(_l("Enter who signed"))], longest=60
    )
    signer_post = CleanedStringField(
        _l("Post"), [Required(_l("Enter the post of who signed"))], longest=80
    )
    signed_on = DateField(_l("Signed on"), [Required(_l("Enter the date of signing"))])
    reference = CleanedStringField(
        _l("Reference"),
        [Required(_l("Enter where the paper is kept"))],
        longest=120,
        description=_l("Number of the paper or of the item in the office system"),
    )


class ConfirmForm(Form):
    """A second officer has seen the paper."""

    agreed = TickField(
        _l("I have compared this with the signed paper; the check code on it is the same"),
        [Required(_l("Tick the box to confirm"))],
    )


class RejectForm(Form):
    """What is recorded does not agree with the paper."""

    reason = CleanedStringField(
        _l("What does not agree"), [Required(_l("Say what does not agree"))], longest=300
    )


class ScheduleForm(VersionedForm):
    """When a signed release becomes public by itself, in the city's time."""

    on = DateField(_l("Day of publication"), [Required(_l("Enter the day of publication"))])
    time = ChoiceField(
        _l("Time of publication"),
        [Required(_l("Choose the time"))],
        choices=[(time, time) for time in HALF_HOURS],
    )


class LifeForm(VersionedForm):
    """What a published entry has come to."""

    life = RadioField(
        _l("State"),
        [Required(_l("Choose the state"))],
        choices=[(str(life), LIFE_NAMES[life]) for life in Life if life != Life.EXPIRED],
    )
    outcome = CleanedTextField(
        _l("Public outcome"), [Optional()], longest=500, description=_l("The public reads it")
    )
