"""The steps of the registration."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from portal.enterprises.rules import uscc
from portal.enterprises.terms.record import (
    FIELD_NAMES,
    Step,
)
from portal.web.forms import (
    AddressField,
    ChoiceField,
    ChoicesField,
    CleanedStringField,
    CleanedTextField,
    CodeField,
    DateField,
    Form,
    MoneyField,
    Required,
    VersionedForm,
)


class CreditCodeField(CodeField):
    """A credit code in its one written form."""

    def clean(self, text: str) -> str:
        return uscc.clean(text)


class StepForm(VersionedForm):
    """One step; saving for later forgives what is still empty, never what is wrong."""

    def forgive_empty(self) -> None:
        """Take empty fields as they are."""
        for field in self:
            field.validators = [v for v in field.validators if not isinstance(v, Required)]


class IdentityForm(StepForm):
    uscc = CreditCodeField(
        FIELD_NAMES["uscc"],
        [Required(_l("Enter the unified social credit code"))],
        longest=40,
        description=_l("The 18 characters on the business licence"),
        render_kw={"autocomplete": "off"},
    )
    name = CleanedStringField(
        FIELD_NAMES["name"],
        [Required(_l("Enter the name of the enterprise"))],
        longest=120,
        description=_l("In full, as on the business licence"),
        render_kw={"autocomplete": "organization"},
    )
    name_en = CleanedStringField(FIELD_NAMES["name_en"], [Optional()], longest=200)
    established_on = DateField(
        FIELD_NAMES["established_on"], [Required(_l("Enter the date of establishment"))]
    )
    registered_capital = MoneyField(
        FIELD_NAMES["registered_capital"],
        [Required(_l("Enter the registered capital; 0 if there is none"))],
    )


class PlaceForm(StepForm):
    district = ChoiceField(
        FIELD_NAMES["district"],
        [Required(_l("Choose the district or county"))],
        description=_l("Where the enterprise is, whatever its credit code says"),
    )
    zone = ChoiceField(
        FIELD_NAMES["zone"],
        [Optional()],
        description=_l("Leave empty when it is in none"),
    )


class IndustryForm(StepForm):
    industry = ChoiceField(
        FIELD_NAMES["industry"],
        [Required(_l("Choose the industry division"))],
        description=_l("Division of GB/T 4754-2017 of the main business"),
    )
    key_industry = ChoiceField(FIELD_NAMES["key_industry"], [Optional()])
    node = ChoiceField(FIELD_NAMES["node"], [Optional()])
    pillars = ChoicesField(
        FIELD_NAMES["pillars"], [Required(_l("Choose at least one of the four new"))]
    )


class ProfileForm(StepForm):
    products = CleanedStringField(
        FIELD_NAMES["products"],
        [Required(_l("Enter the main products"))],
        longest=300,
        description=_l("Separate them with 、"),
    )
    introduction = CleanedTextField(
        FIELD_NAMES["introduction"],
        [Required(_l("Enter an introduction"))],
        longest=2000,
        description=_l("What the enterprise does, for whom and with which results"),
    )
    website = AddressField(FIELD_NAMES["website"], [Optional()])


class ContactForm(StepForm):
    office = CleanedStringField(
        FIELD_NAMES["office"],
        [Required(_l("Enter the office the public may call"))],
        longest=60,
        description=_l("The public sees the office and its landline, never a person"),
    )
    landline = CleanedStringField(
        FIELD_NAMES["landline"],
        [Required(_l("Enter the landline of that office"))],
        longest=40,
        render_kw={"inputmode": "tel"},
    )
    contact_name = CleanedStringField(
        FIELD_NAMES["contact_name"],
        [Required(_l("Enter the contact person"))],
        longest=60,
        description=_l("Seen by the reviewing officers only"),
        render_kw={"autocomplete": "name"},
    )
    contact_phone = CleanedStringField(
        FIELD_NAMES["contact_phone"],
        [Required(_l("Enter the contact phone"))],
        longest=40,
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )


STEP_FORMS: dict[Step, type[StepForm]] = {
    Step.IDENTITY: IdentityForm,
    Step.PLACE: PlaceForm,
    Step.INDUSTRY: IndustryForm,
    Step.PROFILE: ProfileForm,
    Step.CONTACT: ContactForm,
}


class SubmitForm(VersionedForm):
    """Sends what was checked."""


class StartForm(Form):
    """Opens a draft."""
