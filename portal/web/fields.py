"""Form fields that clean what people type and say clearly what they cannot take.

Use only these in forms: each knows its `shape`, by which the field macro draws it. A field takes
the first value of its name; text is cleaned before it is checked and shown cleaned again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import widgets

from portal.web.cleaning import (
    TURNING,
    UNREADABLE,
    UNSEEN,
    clean_address,
    clean_code,
    clean_line,
    clean_text,
    is_address,
)

SMALLEST_MONEY = Decimal("0.000001")  # one 分 in 万元
LARGEST_MONEY = Decimal(10) ** 10
LONGEST_HIDDEN = 2000
YEARS = range(1900, 2201)


class CleanedStringField(wtforms.StringField):
    """One line of text of at most `longest` characters; `was_cleaned` says it was changed."""

    data: Any
    shape = "text"
    unit: object = None
    was_cleaned = False

    def __init__(self, label: Any = None, *args: Any, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(label, *args, **kwargs)
        self.longest = longest

    def clean(self, text: str) -> str:
        return clean_line(text)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            self.data = self.data or ""
            return
        typed = str(valuelist[0])
        if UNREADABLE.search(typed):
            self.data = UNREADABLE.sub("", typed)[: self.longest]
            raise ValueError(
                _(
                    "%(label)s holds characters that cannot be stored. Type it again.",
                    label=self.label.text,
                )
            )
        if TURNING.search(typed):
            self.data = self.clean(TURNING.sub("", typed))[: self.longest]
            raise ValueError(
                _(
                    "%(label)s held invisible characters that turn the direction of reading."
                    " They are taken out: check the text and send it again.",
                    label=self.label.text,
                )
            )
        self.data = self.clean(typed)
        self.was_cleaned = self.data != typed
        if len(self.data) > self.longest:
            raise ValueError(
                _(
                    "%(label)s has %(length)d characters and may have at most %(longest)d."
                    " Shorten it.",
                    label=self.label.text,
                    length=len(self.data),
                    longest=self.longest,
                )
            )


class CleanedTextField(CleanedStringField):
    """Several lines of text."""

    shape = "textarea"
    widget = widgets.TextArea()

    def __init__(self, label: Any = None, *args: Any, longest: int = 2000, **kwargs: Any) -> None:
        super().__init__(label, *args, longest=longest, **kwargs)

    def clean(self, text: str) -> str:
        return clean_text(text)


class CodeField(CleanedStringField):
    """A code: full-width forms, blanks and lower case are put right."""

    def clean(self, text: str) -> str:
        return clean_code(text).upper()


class MailField(CleanedStringField):
    """A mail address, in plain letters."""

    widget = widgets.EmailInput()

    def clean(self, text: str) -> str:
        return unicodedata.normalize("NFKC", text).translate(UNSEEN).strip()

    def pre_validate(self, form: Any) -> None:
        if self.data and not re.fullmatch(r"[^@\s<>,;]{1,64}@[^@\s.]+(\.[^@\s.]+)+", self.data):
            raise wtforms.validators.StopValidation(
                _("Check the mail address: it should look like name@example.com.")
            )


class AddressField(CleanedStringField):
    """A web address; http:// is put before a bare host."""

    widget = widgets.URLInput()

    def clean(self, text: str) -> str:
        return clean_address(text)

    def pre_validate(self, form: Any) -> None:
        if self.data and not is_address(self.data):
            raise wtforms.validators.StopValidation(
                _("Check the web address: it should look like https://www.example.com/.")
            )


class SecretField(CleanedStringField):
    """A password: taken as typed, never shown again."""

    widget = widgets.PasswordInput(hide_value=True)

    def clean(self, text: str) -> str:
        return text


class _NumberField(CleanedStringField):
    """Base of fields for one number; `data` is None until a number could be read."""

    data: Any

    def parse(self, text: str) -> Any:
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return clean_code(UNREADABLE.sub("", str(self.raw_data[0])))[: self.longest]
        if isinstance(self.data, int):
            return str(self.data)
        return "" if self.data is None else f"{self.data:f}"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        super().process_formdata(valuelist)
        text, self.data = clean_code(self.data or ""), None
        if text:
            self.data = self.parse(text)


class WholeNumberField(_NumberField):
    """A whole number, zero or more."""

    shape = "whole"

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text):
            raise ValueError(
                _("%(label)s must be a whole number, such as 326.", label=self.label.text)
            )
        return int(text)


class _DecimalField(_NumberField):
    """Base of fields for one number with decimals, shown without idle zeros."""

    shape = "decimal"

    def _value(self) -> str:
        if self.raw_data or self.data is None:
            return super()._value()
        text = f"{self.data:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class MoneyField(_DecimalField):
    """An amount in 万元 (10,000 yuan) as Decimal, zero or more, exact to the 分."""

    unit = _l("CNY 10,000")

    def parse(self, text: str) -> Decimal:
        try:
            amount = Decimal(text) if re.fullmatch(r"[0-9]*\.?[0-9]*", text) else None
        except InvalidOperation:
            amount = None
        if amount is None:
            raise ValueError(
                _(
                    "%(label)s must be a number, such as 1200.5. Check the unit too.",
                    label=self.label.text,
                )
            )
        if amount > LARGEST_MONEY or amount != amount.quantize(SMALLEST_MONEY):
            raise ValueError(
                _(
                    "%(label)s is too large or too exact. Check the number and the unit.",
                    label=self.label.text,
                )
            )
        return amount


class SignedNumberField(_DecimalField):
    """A number with decimals, also below zero, as Decimal."""

    def parse(self, text: str) -> Decimal:
        plain = text.replace("\u2212", "-")
        if not re.fullmatch(r"[-+]?[0-9]{1,13}(\.[0-9]{0,8})?", plain):
            raise ValueError(
                _("%(label)s must be a number, such as 12.5 or -3.", label=self.label.text)
            )
        return Decimal(plain)


class PastedField(CleanedTextField):
    """Rows of a table as typed or copied from a spreadsheet: tabs part their cells and stay."""

    def clean(self, text: str) -> str:
        lines = ("\t".join(map(clean_line, line.split("\t"))) for line in text.splitlines())
        return "\n".join(lines)


class DateField(_NumberField):
    """A day: 2025-11-25, also typed 2025/11/25, 2025.11.25 or 2025年11月25日."""

    shape = "date"
    widget = widgets.DateInput()

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return super()._value()
        return self.data.isoformat() if self.data else ""

    def parse(self, text: str) -> date:
        found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise ValueError(
                _("%(label)s must be a real date, such as 2025-11-25.", label=self.label.text)
            )
        return day


class VersionField(wtforms.HiddenField):
    """The version of the row a form was opened on, a whole number; None when tampered with."""

    shape = "hidden"
    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.data = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


class PlainHiddenField(wtforms.HiddenField):
    """A hidden value of at most 2000 characters; a longer one counts as none."""

    shape = "hidden"

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        text = UNREADABLE.sub("", str(valuelist[0])) if valuelist else ""
        self.data = text if len(text) <= LONGEST_HIDDEN else ""
