"""The form of an entry, made from the fields of its subtype."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.lists.rules.details import missing
from portal.lists.rules.tables import MOST_ROWS
from portal.lists.rules.values import head_of, label_of, longest
from portal.lists.terms.fields import DETAIL_PREFIX, FIELD_NAMES, LONGEST, REQUIRED, FieldType
from portal.web.forms import (
    AddressField,
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    MoneyField,
    PastedField,
    Required,
    SignedNumberField,
    TickField,
    UploadField,
    VersionedForm,
    WholeNumberField,
)

ENGLISH = _l("For the English pages")


SHEET_PREFIX = "sheet_"
DROP_PREFIX = "drop_"
LONGEST_TABLE = 150_000  # characters: 500 rows of eight filled cells


HINTS = {
    "title": _l("Up to 40 characters are read at a glance; at most 120"),
    "title_en": ENGLISH,
    "summary": _l("One or two sentences, shown in the list"),
    "summary_en": ENGLISH,
    "node": _l("The chain and its node; leave empty when it stands in none"),
    "district": _l("Leave empty when it concerns the whole city"),
    "zone": _l("Leave empty when it is in none"),
    "office": _l("The public sees the office and its landline, never a person"),
    "anonymous": _l(
        "Everywhere the public reads, also in files and in the search, the publisher is hidden;"
        " officers see it. The lead body’s office is shown instead of yours."
    ),
    "basis": _l("The document and clause this entry rests on"),
    "quote": _l("Word for word from that document"),
}


class EntryForm(VersionedForm):
    """One entry; saving for later forgives what is still empty, never what is wrong."""

    def forgive_empty(self) -> None:
        """Take empty fields as they are."""
        for field in self:
            self.forgive(field.name)

    def forgive(self, name: str) -> None:
        """Take one field as it is when it is empty."""
        field = self[name]
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
    "node": choice,
    "district": choice,
    "zone": choice,
    "standing": lambda name: TickField(_l("Standing: it has no closing date"), [Optional()]),
    "opens_on": lambda name: DateField(FIELD_NAMES[name], [Optional()]),
    "closes_on": lambda name: DateField(FIELD_NAMES[name], [Optional()]),
    "office": text,
    "landline": text,
    "anonymous": lambda name: TickField(FIELD_NAMES[name], [Optional()], description=HINTS[name]),
    "provider_name": text,
    "provider_name_en": text,
    "leads": lambda name: ChoicesField(FIELD_NAMES[name], [Optional()]),
    "cooperating": lambda name: ChoicesField(FIELD_NAMES[name], [Optional()]),
    "basis": text,
    "quote": long_text,
}


def detail_fields(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form fields for one field description: one, for tables and files also where to
    upload a sheet, and how to drop what is kept."""
    name, kind = DETAIL_PREFIX + described["key"], FieldType(described["type"])
    made = {name: detail_field(described, kind)}
    if kind == FieldType.TABLE:
        made[SHEET_PREFIX + described["key"]] = UploadField(
            _l("or upload the rows (XLSX, CSV)"),
            [Optional()],
            description=_l("The first sheet; its rows take the place of those above"),
        )
    if kind == FieldType.FILE:
        made[DROP_PREFIX + described["key"]] = TickField(_l("Remove the file"), [Optional()])
    return made


def detail_field(described: Mapping[str, Any], kind: FieldType) -> Any:
    """Return the form field that takes the value of one field description."""
    required = [Required(missing(described))] if described.get("required") else [Optional()]
    common: dict[str, Any] = {"description": label_of(described, "hint")}
    if kind in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL):
        common["longest"] = longest(described)
    if kind in ROWS:
        common["render_kw"] = {"rows": ROWS[kind]}
    if kind == FieldType.TABLE:
        common |= {"longest": LONGEST_TABLE, "description": table_hint(described)}
    if kind == FieldType.FILE:
        common["description"] = file_hint(described)
    if kind == FieldType.CHOICE:
        choices = [(one["value"], label_of(one)) for one in described["choices"]]
        common["choices"] = [("", _l("Choose")), *choices]
    return DETAIL_FIELDS[kind](label_of(described), required, **common)


def table_hint(described: Mapping[str, Any]) -> str:
    """Return how a table is written: its columns, and what parts cells and rows."""
    said = _(
        "One row a line, at most %(most)d: %(columns)s. Copy the cells from a spreadsheet, or type"
        " them parted by |",
        most=MOST_ROWS,
        columns=" | ".join(head_of(column) for column in described["columns"]),
    )
    return _("; ").join(filter(None, [label_of(described, "hint"), said]))


def file_hint(described: Mapping[str, Any]) -> str:
    """Return who will see a file and what may be uploaded."""
    said = _("PDF, JPG, PNG, XLSX or DOCX, at most 20 MB")
    return _("; ").join(filter(None, [label_of(described, "hint"), said]))


DETAIL_FIELDS: Mapping[FieldType, Callable[..., Any]] = {
    FieldType.TEXT: CleanedStringField,
    FieldType.LONG_TEXT: CleanedTextField,
    FieldType.NUMBER: WholeNumberField,
    FieldType.DECIMAL: SignedNumberField,
    FieldType.MONEY: MoneyField,
    FieldType.DATE: DateField,
    FieldType.CHOICE: ChoiceField,
    FieldType.URL: AddressField,
    FieldType.LIST: CleanedTextField,
    FieldType.TABLE: PastedField,
    FieldType.FILE: UploadField,
}
ROWS = {FieldType.LIST: 4, FieldType.LONG_TEXT: 6, FieldType.TABLE: 8}


def entry_form(names: Sequence[str], fields: Sequence[Mapping[str, Any]]) -> type[EntryForm]:
    """Return the form for these own and detail fields, in the order of `names`."""
    described = {DETAIL_PREFIX + field["key"]: field for field in fields}
    made: dict[str, Any] = {}
    for name in names:
        if name in described:
            made |= detail_fields(described[name])
        else:
            made[name] = OWN_FIELDS[name](name)
    return type("FilledEntryForm", (EntryForm,), made)
