"""What a published entry has come to; questions and answers; going on without every outcome."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.rules.questions import LONGEST_ANSWER, LONGEST_QUESTION
from portal.lists.terms.entries import LIFE_NAMES, Life
from portal.lists.terms.ledger import BY_CURATOR, BY_PUBLISHER, PURPOSE_NAMES, Purpose
from portal.web.forms import (
    CleanedTextField,
    Form,
    MoneyField,
    RadioField,
    Required,
    TickField,
    VersionedForm,
)


def choices(lives: Iterable[Life]) -> list[tuple[str, object]]:
    """Return states as a form offers them."""
    return [(str(life), LIFE_NAMES[life]) for life in lives]


class LifeForm(VersionedForm):
    """What a published entry has come to, as the bureau notes it."""

    life = RadioField(_l("State"), [Required(_l("Choose the state"))], choices=choices(BY_CURATOR))
    outcome = CleanedTextField(
        _l("Public outcome"), [Optional()], longest=500, description=_l("The public reads it")
    )
    amount = MoneyField(
        _l("Amount agreed"),
        [Optional()],
        description=_l("Leave empty when there is none to be told; the public reads it"),
    )


class OwnLifeForm(LifeForm):
    """What a published entry has come to, as its publisher notes it."""

    life = RadioField(
        _l("State"), [Required(_l("Choose the state"))], choices=choices(BY_PUBLISHER)
    )


class WaiverForm(Form):
    """Why a list goes on although entries have no outcome."""

    purpose = RadioField(
        _l("What for"),
        [Required(_l("Choose what for"))],
        choices=[(str(purpose), PURPOSE_NAMES[purpose]) for purpose in Purpose],
    )
    reason = CleanedTextField(
        _l("Reason"),
        [Required(_l("Give the reason; the public reads it"))],
        longest=500,
        description=_l("A second officer consents to it; the public reads it"),
    )


class QuestionForm(Form):
    """A question about an entry."""

    question = CleanedTextField(
        _l("Your question"),
        [Required(_l("Write your question"))],
        longest=LONGEST_QUESTION,
        description=_l("Answered once for all. Nobody is shown who asked: name no person in it"),
    )


class AnswerForm(VersionedForm):
    """The answer to a question."""

    answer = CleanedTextField(
        _l("Answer"),
        [Required(_l("Write the answer, or why there is none"))],
        longest=LONGEST_ANSWER,
        description=_l("The public reads question and answer"),
    )
    declined = TickField(_l("No public answer: only who asked reads this"), [Optional()])
