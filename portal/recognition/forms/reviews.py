"""Forms by which officers review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.casework.opinion_forms import AnswerForm, PaperReplyForm
from portal.recognition.terms.applications import STEP_NAMES, Step
from portal.web.filters import in_language
from portal.web.forms import (
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Optional,
    PlainHiddenField,
    RadioField,
    Required,
    VersionedForm,
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


class ReplyForm(AnswerForm):
    """A body's answer with its ground."""

    ground = CleanedTextField(
        _l("Ground of the opinion"),
        [Optional()],
        longest=1000,
        description=_l("Needed with an opinion; the department in charge reads it"),
    )


class PaperConsultationForm(ReplyForm, PaperReplyForm):
    """A body's answer on paper, as the paper says it."""

    reference = CleanedStringField(
        _l("Document number"), [Required(_l("Enter the document number"))], longest=120
    )
