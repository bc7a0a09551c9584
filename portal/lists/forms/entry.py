"""The form of an entry, made from the fields of its subtype."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.rules.details import label_of, longest, missing
from portal.lists.terms.fields import DETAIL_PREFIX, FIELD_NAMES, LONGEST, REQUIRED, FieldType
from portal.web.forms import (
    AddressField,
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    MoneyField,
    Required,
    TickField,
    VersionedForm,
    WholeNumberField,
)

ENGLISH = _l("For the English pages")


HINTS = {
    "title": _l("Up to 40 characters are read at a glance; at most 120"),
    "title_en": ENGLISH,
    "summary": _l("One or two sentences, shown in the list"),
    "summary_en": ENGLISH,
    "district": _l("Leave empty when it concerns the whole city"),
    "zone": _l("Leave empty when it is in none"),
    "office": _l("The public sees the office and its landline, never a person"),
    "basis": _l("The document and clause this entry rests on"),
    "quote": _l("Word for word from that document"),
}


class EntryForm(VersionedForm):
    """One entry; saving for later forgives what is still empty, never what is wrong."""

    def forgive_empty(self) -> None:
        """Take empty fields as they are."""
        for field in self:
            field.validators = [v for v in field.validators if not isinstance(v, Required)]


def validators(name: str) -> list[Any]:
    """Return what a common field requires."""
    return [Required(REQUIRED[name])] if name in REQUIRED else [Optional()]


def text(name: str) -> Any:
    """Return one line of text."""
    return CleanedStringField(
        FIELD_NAMES[name],
        validators(name),
        longest=LONGEST[name],
        description=HINTS.get(name, ""),
        render_kw={"inputmode": "tel"} if name == "landline" else None,
    )


def long_text(name: str) -> Any:
    """Return several lines of text."""
    return CleanedTextField(
        FIELD_NAMES[name],
        validators(name),
        longest=LONGEST[name],
        description=HINTS.get(name, ""),
        render_kw={"rows": 3},
    )


def choice(name: str) -> Any:
    """Return a select, whose choices are offered when the form is filled."""
    return ChoiceField(FIELD_NAMES[name], validators(name), description=HINTS.get(name, ""))


OWN_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "title": text,
    "title_en": text,
    "summary": long_text,
    "summary_en": long_text,
    "field": choice,
    "district": choice,
    "zone": choice,
    "standing": lambda name: TickField(_l("Standing: it has no closing date"), [Optional()]),
    "opens_on": lambda name: DateField(FIELD_NAMES[name], [Optional()]),
    "closes_on": lambda name: DateField(FIELD_NAMES[name], [Optional()]),
    "office": text,
    "landline": text,
    "provider_name": text,
    "provider_name_en": text,
    "leads": lambda name: ChoicesField(FIELD_NAMES[name], [Optional()]),
    "cooperating": lambda name: ChoicesField(FIELD_NAMES[name], [Optional()]),
    "basis": text,
    "quote": long_text,
}


def detail_field(described: Mapping[str, Any]) -> Any:
    """Return the form field for one field description of a subtype."""
    required = [Required(missing(described))] if described.get("required") else [Optional()]
    kind = FieldType(described["type"])
    common: dict[str, Any] = {"description": label_of(described, "hint")}
    if kind in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL):
        common["longest"] = longest(described)
    if kind in (FieldType.LIST, FieldType.LONG_TEXT):
        common["render_kw"] = {"rows": 4 if kind == FieldType.LIST else 6}
    if kind == FieldType.CHOICE:
        choices = [(one["value"], label_of(one)) for one in described["choices"]]
        common["choices"] = [("", _l("Choose")), *choices]
    return DETAIL_FIELDS[kind](label_of(described), required, **common)


DETAIL_FIELDS: Mapping[FieldType, Callable[..., Any]] = {
    FieldType.TEXT: CleanedStringField,
    FieldType.LONG_TEXT: CleanedTextField,
    FieldType.NUMBER: WholeNumberField,
    FieldType.MONEY: MoneyField,
    FieldType.DATE: DateField,
    FieldType.CHOICE: ChoiceField,
    FieldType.URL: AddressField,
    FieldType.LIST: CleanedTextField,
}


def entry_form(names: Sequence[str], fields: Sequence[Mapping[str, Any]]) -> type[EntryForm]:
    """Return the form for these own and detail fields, in the order of `names`."""
    described = {DETAIL_PREFIX + field["key"]: field for field in fields}
    made = {
        name: detail_field(described[name]) if name in described else OWN_FIELDS[name](name)
        for name in names
    }
    return type("FilledEntryForm", (EntryForm,), made)
