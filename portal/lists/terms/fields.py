"""The fields of an entry: types, names, limits."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class FieldType(StrEnum):
    """The types of a subtype's fields."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    URL = "url"
    LIST = "list"
    TABLE = "table"
    FILE = "file"


COLUMN_TYPES = frozenset(
    {FieldType.TEXT, FieldType.NUMBER, FieldType.DECIMAL, FieldType.MONEY, FieldType.DATE}
)
UNIT_TYPES = frozenset({FieldType.NUMBER, FieldType.DECIMAL, FieldType.MONEY})
CODED = UNIT_TYPES | {FieldType.CHOICE}  # read otherwise than they are kept


TERM_FIELDS = ("field", "node", "district", "zone")


TIME_FIELDS = ("standing", "opens_on", "closes_on")


ABOUT_FIELDS = ("title", "title_en", "summary", "summary_en")


CONTACT_FIELDS = ("office", "landline", "anonymous")


COMMON_FIELDS = (*ABOUT_FIELDS, *TERM_FIELDS, *TIME_FIELDS, *CONTACT_FIELDS)


OFFICER_FIELDS = (
    "provider_name",
    "provider_name_en",
    "leads",
    "cooperating",
    "basis",
    "quote",
)


SECTION_NAMES = {
    "about": _l("Title and summary"),
    "place": _l("Field, place and time"),
    "contact": _l("Public contact"),
    "basis": _l("Bodies and basis"),
}


DETAIL_PREFIX = "details_"


FIELD_NAMES = {
    "title": _l("Title"),
    "title_en": _l("English title"),
    "summary": _l("Summary"),
    "summary_en": _l("English summary"),
    "field": _l("Field"),
    "node": _l("Place in the chain"),
    "district": _l("District or county"),
    "zone": _l("Functional zone"),
    "standing": _l("Standing"),
    "opens_on": _l("Open from"),
    "closes_on": _l("Closing date"),
    "office": _l("Public contact: office"),
    "landline": _l("Public contact: landline"),
    "anonymous": _l("Publish without our name"),
    "provider_name": _l("Institution, where it is not the department itself"),
    "provider_name_en": _l("English name of the institution"),
    "leads": _l("Lead bodies"),
    "cooperating": _l("Cooperating bodies"),
    "basis": _l("Basis"),
    "quote": _l("Words of the basis"),
}


REQUIRED = {
    "title": _l("Enter the title"),
    "summary": _l("Enter a summary"),
    "field": _l("Choose the field"),
    "office": _l("Enter the office the public may call"),
    "landline": _l("Enter the landline of that office"),
}


LONGEST = {
    "title": 120,
    "title_en": 240,
    "summary": 500,
    "summary_en": 1000,
    "office": 60,
    "landline": 40,
    "provider_name": 120,
    "provider_name_en": 200,
    "basis": 300,
    "quote": 2000,
}
