"""Places, what is made and needed, and named contacts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.terms.presence import WAY_NAMES, Way
from portal.web.cleaning import clean_code
from portal.web.forms import (
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    DateField,
    Form,
    RadioField,
    Required,
)


class SiteForm(Form):
    """A place; the kinds, districts and zones are offered by who fills it."""

    kind = RadioField(_l("Kind of place"), [Required(_l("Choose the kind of place"))])
    address = CleanedStringField(_l("Address"), [Required(_l("Enter the address"))], longest=200)
    district = ChoiceField(
        _l("District or county"), [Required(_l("Choose the district or county"))]
    )
    zones = ChoicesField(
        _l("Functional zones"),
        [Optional()],
        description=_l("All in which it lies; the registered place lies in one at most"),
    )
    since = DateField(_l("Began on"), [Optional()])
    until = DateField(_l("Ended on"), [Optional()])


class ItemForm(Form):
    """Something the enterprise makes or needs."""

    way = RadioField(
        _l("What it is"),
        [Required(_l("Choose whether it is made or needed"))],
        choices=[(str(way), WAY_NAMES[way]) for way in Way],
    )
    name = CleanedStringField(_l("Name"), [Required(_l("Enter what it is called"))], longest=120)
    node = ChoiceField(
        _l("Place in the chain"),
        [Optional()],
        description=_l("Puts it on the map of its chain"),
    )
    description = CleanedTextField(_l("Description"), [Optional()], longest=500)


class AddressOfPersonField(CleanedStringField):
    """A mobile number or mail address without blanks and separators."""

    def clean(self, text: str) -> str:
        return clean_code(text).removeprefix("+86")


class ContactPersonForm(Form):
    """A person to be named in public, who is asked first."""

    name = CleanedStringField(_l("Full name"), [Required(_l("Enter the name"))], longest=60)
    post = CleanedStringField(_l("Post"), [Optional()], longest=60)
    address = AddressOfPersonField(
        _l("Mobile number or mail address"),
        [Required(_l("Enter where the person is asked"))],
        longest=254,
        description=_l("The person gets a link there and decides; it is also what the public sees"),
    )
    purpose = CleanedStringField(
        _l("What for"),
        [Required(_l("Enter what the person is to be asked about"))],
        longest=60,
        description=_l("Such as: offers and demands, jobs"),
    )


class AnswerForm(Form):
    """The person's own yes or no."""


class ContactCodeForm(Form):
    """Number and code of somebody who was asked by SMS."""

    phone = AddressOfPersonField(
        _l("Mobile number"),
        [Required(_l("Enter the mobile number the SMS was sent to"))],
        longest=40,
        render_kw={"autocomplete": "tel-national", "inputmode": "tel"},
    )
    code = CleanedStringField(
        _l("Code"),
        [Required(_l("Enter the code"))],
        description=_l("The six figures in the SMS"),
        longest=40,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class ContactRemovalForm(Form):
    """Why an officer takes a named contact from a record."""

    ground = CleanedTextField(
        _l("Ground"),
        [Required(_l("Give the ground; the enterprise will read it"))],
        longest=500,
        description=_l("The enterprise reads it: write no personal data"),
    )
