"""The base of all forms: CSRF, one message per field, business refusals at their field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import Optional, StopValidation, ValidationError

from portal.errors import Refused
from portal.web.choices import ChoiceField, ChoicesField, RadioField, TickField
from portal.web.fields import (
    AddressField,
    CleanedStringField,
    CleanedTextField,
    CodeField,
    DateField,
    MailField,
    MoneyField,
    PastedField,
    PlainHiddenField,
    SecretField,
    SignedNumberField,
    VersionField,
    WholeNumberField,
)
from portal.web.file_fields import UploadField, UploadsField

__all__ = [
    "AddressField",
    "ChoiceField",
    "ChoicesField",
    "CleanedStringField",
    "CleanedTextField",
    "CodeField",
    "DateField",
    "Form",
    "MailField",
    "MoneyField",
    "Optional",
    "PastedField",
    "PlainHiddenField",
    "RadioField",
    "Required",
    "SecretField",
    "SignedNumberField",
    "TickField",
    "UploadField",
    "UploadsField",
    "ValidationError",
    "VersionField",
    "VersionedForm",
    "WholeNumberField",
]


class Required:
    """Something must be filled in or chosen; `message` says what: “Enter the name”."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        empty = field.data is None or field.data is False or field.data in ("", [])
        if empty and not field.errors:
            raise StopValidation(str(self.message))


class Form(FlaskForm):  # type: ignore[misc]
    """Base of all forms. Fields come from portal.web.fields, labels and hints are lazy texts."""

    form_errors: list[str]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; each keeps its first message only, so that one thing is said."""
        good = bool(super().validate(extra_validators))
        for field in self:
            field.errors = [str(error) for error in field.errors][:1]
        return good

    def refuse(self, refusal: Refused) -> None:
        """Show a business refusal: at its field when the form has it, else in the summary."""
        if refusal.field and refusal.field in self:
            self[refusal.field].errors = [refusal.message]
        else:
            self.form_errors = [*self.form_errors, refusal.message]

    @property
    def wrong_fields(self) -> list[Any]:
        """Fields with a message, hidden ones left out: nobody can correct those."""
        return [field for field in self if field.errors and not is_hidden(field)]

    @property
    def wrong_count(self) -> int:
        """How many messages the summary shows."""
        return len(self.wrong_fields) + len(self.form_errors)


def attempt(form: Form, act: Callable[[], object]) -> bool:
    """Validate a form and do one act; a refusal is kept in the form to be shown."""
    if not form.validate():
        return False
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


class VersionedForm(Form):
    """A form that carries the version of the row it was opened on."""

    version = VersionField()

    def validate_version(self, field: Any) -> None:
        if field.data is None:
            self.form_errors = [_("This form is out of date. Open the page again and repeat.")]
            raise ValidationError(self.form_errors[0])


def is_hidden(field: Any) -> bool:
    return getattr(field.widget, "input_type", "") == "hidden"
