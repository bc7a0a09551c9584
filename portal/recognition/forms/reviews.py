"""Forms by which officers review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.recognition.rules.reviews import MET, UNMET
from portal.recognition.terms.applications import REPLY_NAMES, STEP_NAMES, Step
from portal.recognition.terms.calls import SheetKind
from portal.web.filters import in_language
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
    VersionedForm,
    WholeNumberField,
)


class DecisionForm(VersionedForm):
    """What an officer decides in a review."""

    seen = PlainHiddenField()
    decision = RadioField(_l("Decision"), [Required(_l("Choose a decision"))])
    opinion = CleanedTextField(
        _l("Opinion"),
        [Optional()],
        longest=1000,
        description=_l("The enterprise reads it when the application is returned or declined"),
    )
    correct_by = DateField(
        _l("Correct until"), [Optional()], description=_l("Only when it is returned")
    )
    bodies = ChoicesField(_l("Bodies to ask"), [Optional()])
    due_on = DateField(
        _l("Answer until"), [Optional()], description=_l("Only when bodies are asked")
    )

    def offer(self, steps: Sequence[Step], bodies: Sequence[Any]) -> None:
        """Offer the steps of the state; leave out what none of them needs."""
        self.decision.offer([(str(step), STEP_NAMES[step]) for step in steps])
        if Step.ASK_BODIES in steps:
            self.bodies.offer([(body.slug, in_language(body)) for body in bodies])
        else:
            del self.bodies, self.due_on

    def offer_again(self, steps: Sequence[Step]) -> None:
        """Offer what the state allows by now, after a refusal."""
        self.decision.offer([(str(step), STEP_NAMES[step]) for step in steps])

    @property
    def seen_line(self) -> int:
        """The line of the trail the page was opened on; 0 when it was tampered with."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def score_form(sheet: Sequence[dict[str, Any]]) -> type[VersionedForm]:
    """Return the form of a sheet: points or a verdict for each line, and an opinion."""
    fields: dict[str, Any] = {}
    for line in sheet:
        label = in_language({"name_zh": line["zh"], "name_en": line["en"]})
        needed = [Required(_l("Give an answer for every line of the sheet"))]
        if line["kind"] == SheetKind.POINTS:
            hint = _l("0 to %(most)s points", most=line["max"])
            fields[line["id"]] = WholeNumberField(label, needed, description=hint)
        else:
            choices = [(MET, _l("Met")), (UNMET, _l("Not met"))]
            fields[line["id"]] = RadioField(label, needed, choices=choices)
    fields["remarks"] = CleanedTextField(
        _l("Opinion on the application"), [Optional()], longest=1000
    )
    return type("ScoreForm", (VersionedForm,), fields)


class ConflictForm(Form):
    """Declares a conflict of interest."""

    ground = CleanedStringField(
        _l("What the conflict is"),
        [Required(_l("Say in a few words what the conflict is"))],
        longest=300,
    )


class ReplyForm(VersionedForm):
    """A body's answer."""

    reply = RadioField(
        _l("Answer"),
        [Required(_l("Choose an answer"))],
        choices=[(str(kind), name) for kind, name in REPLY_NAMES.items()],
    )
    ground = CleanedTextField(
        _l("Ground of the opinion"),
        [Optional()],
        longest=1000,
        description=_l("Needed with an opinion; the department in charge reads it"),
    )


class PaperReplyForm(ReplyForm):
    """A body's answer on paper."""

    replied_on = DateField(_l("Dated"), [Required(_l("Enter the date of the reply"))])
    reference = CleanedStringField(
        _l("Document number"), [Required(_l("Enter the document number"))], longest=120
    )
    scan = UploadField(
        _l("Scan of the reply"),
        [Required(_l("Choose the scan"))],
        description=_l("PDF, JPG or PNG, at most 20 MB"),
    )
