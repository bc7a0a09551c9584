"""Form fields that offer a list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from flask_babel import gettext as _
from wtforms import widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


class _Choices:
    """Takes choices as (value, label) pairs, as people write them."""

    label: Any
    data: Any
    choices: Any
    iter_choices: Any
    shape = "select"
    unit: object = None

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        choices: Iterable[tuple[str, object]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, choices=list(map(as_choice, choices)), **kwargs)  # type: ignore[call-arg]

    def offer(self, choices: Iterable[tuple[str, object]]) -> None:
        """Set the choices of this one form, such as those read from the database."""
        self.choices = list(map(as_choice, choices))

    def pre_validate(self, form: Any) -> None:
        chosen = self.data if isinstance(self.data, list) else [self.data]
        offered = {choice.value for choice in self.iter_choices()}
        if not set(filter(None, chosen)) <= offered:
            raise wtforms.validators.StopValidation(
                _("Choose from the list for %(label)s.", label=self.label.text)
            )


def as_choice(choice: tuple[str, object]) -> SelectChoice:
    value, label = choice
    return SelectChoice(value=value, label=label)


class ChoiceField(_Choices, wtforms.SelectField):
    """One of a list, as a select; a first choice with the value "" stands for none."""


class RadioField(_Choices, wtforms.SelectField):
    """One of a few, all shown."""

    shape = "choices"
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.RadioInput()


class ChoicesField(_Choices, wtforms.SelectMultipleField):
    """Any number of a list, as check boxes; `data` is a list of values."""

    shape = "choices"
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class TickField(wtforms.BooleanField):
    """One box to tick."""

    shape = "tick"
    unit: object = None
